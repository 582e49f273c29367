using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Margin;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary><c>ballast whatif</c>: gain and margin together, over prices, volatilities and days.</summary>
internal static class WhatIfCommand
{
    public static Command Create()
    {
        var asked = new MarginAsked();
        var spot = new Option<string>("--spot") { Description = "moves of all prices: FROM..TO:STEP or a list", DefaultValueFactory = _ => "-50%,-40%,-30%,-20%,-15%,-10%,-5%,-2%,0,2%,5%,10%,15%,20%,30%,50%", HelpName = "LIST" };
        var vol = new Option<string>("--vol") { Description = "relative changes of volatility at 30 days; nearer expiries move more, later ones less", DefaultValueFactory = _ => "-30%..30%:30%", HelpName = "LIST" };
        var days = new Option<string>("--days") { Description = "days from now; `expiry` is the next one of the book", DefaultValueFactory = _ => "0", HelpName = "LIST" };
        var command = new Command("whatif",
            """
            Gain and margin of a book at other prices, volatilities and days: the cells
            where margin exceeds equity are marked, because there the venue acts first.

            Examples:
              ballast whatif book.csv --chain chain.csv --preset deribit-pm
              ballast whatif book.csv --chain chain.csv --preset deribit-pm --spot -30%..30%:5% --days 0,expiry
              ballast whatif book.csv --chain chain.csv --preset deribit-pm --add BTC-25DEC26-80000-P=15
            """);
        asked.AddTo(command);
        foreach (Option option in (Option[])[spot, vol, days]) command.Add(option);
        command.SetAction(parsed =>
        {
            var question = asked.Read(parsed);
            if (question.After is not { } account) return MarginCommand.Refuse(question, parsed.GetValue(asked.Desk.AsJson));
            double[] moves = Steps(parsed.GetValue(spot)!, "--spot", -0.999, 100), vols = Steps(parsed.GetValue(vol)!, "--vol", -0.999, 100), ahead = Days(parsed.GetValue(days)!, account);
            WhatIfCell[] cells = [.. from d in ahead from v in vols from s in moves select WhatIfCell.Of(account, s, v, d)];
            Console.Write(parsed.GetValue(asked.Desk.AsJson) ? Json.Text(ToJson(question, cells)) + Environment.NewLine : Text(question, cells, moves, vols, ahead));
            return Outcome.Done;
        });
        return command;
    }

    /// <summary>Days as numbers; what expires then is worth what it is worth.</summary>
    private static double[] Days(string text, MarginAccount account)
    {
        var next = account.Parts.SelectMany(p => p.Account.Legs).Where(l => l.Leg.Years > 0).Select(l => 365 * l.Leg.Years).DefaultIfEmpty(0).Min();
        return Steps(text.Replace("expiry", next.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal), "--days", 0, 3650);
    }

    /// <summary><c>-30%..30%:5%</c>, or <c>0,1,7</c>.</summary>
    private static double[] Steps(string text, string option, double low, double high)
    {
        double[] steps = text.Split("..") is [var from, var rest] && rest.Split(':') is [var to, var step] ? Range(Number(from), Number(to), Number(step)) : [.. text.Split(',').Select(Number)];
        if (steps.Length is 0 or > 1000) throw new InvalidInputException($"{option}: `{text}` has {(steps.Length == 0 ? "no" : "more than 1000")} values; expected a list such as -30%..30%:5% or -10%,0,10%");
        return steps.All(s => s >= low && s <= high) ? steps : throw new InvalidInputException($"{option}: `{text}` goes beyond {low} to {high}");

        double Number(string part) => Options.Share(part.Trim(), option);
    }

    private static double[] Range(double from, double to, double step)
    {
        var count = Math.Floor((to - from) / step + 1e-9) + 1;
        return !(step > 0) || !(count is >= 1 and <= 1001) ? [] : [.. Enumerable.Range(0, (int)count).Select(i => Math.Round(from + i * step, 12))];
    }

    internal static JsonObject ToJson(MarginQuestion question, WhatIfCell[] cells)
    {
        var account = question.After!;
        return new()
        {
            ["at"] = Json.Time(account.At), ["preset"] = MarginJson.Preset(account.Preset, account.At), ["unit"] = account.Unit.Code, ["equity"] = Json.Estimate(account.Equity),
            ["now"] = MarginJson.Pair(MarginFigures.Decide(account)),
            ["grid"] = Json.Array(cells.Select(c => new JsonObject
            {
                ["spot"] = Json.Estimate(c.Move), ["vol"] = Json.Estimate(c.Volatility), ["days"] = Json.Estimate(c.Days), ["pnl"] = Json.Estimate(c.Gain), ["pnlMoney"] = Json.Estimate(c.GainMoney),
                ["equity"] = Json.Estimate(c.Equity), ["initial"] = Json.Estimate(c.Margin.Initial), ["maintenance"] = Json.Estimate(c.Margin.Maintenance), ["use"] = Json.Estimate(c.Use), ["liquidated"] = c.Liquidated,
            })),
            ["notes"] = Json.Texts([.. account.Notes, .. account.Preset.Notes]), ["warnings"] = Json.Texts(account.Preset.Stale(account.At) ? ["STALE_PRESET"] : []),
        };
    }

    private static string Text(MarginQuestion question, WhatIfCell[] cells, double[] moves, double[] vols, double[] ahead)
    {
        var (text, account) = (new StringBuilder(), question.After!);
        MarginText.Say(text, $"{account.Unit} account at {Words.Time(account.At)}, equity {MarginText.Amount(account.Equity, account)}, initial margin {MarginText.Share(WhatIfCell.Of(account, 0, 0, 0).Use)} of it. Gain in {account.Unit}, and initial margin as a share of the equity then:");
        foreach (var d in ahead)
        {
            text.AppendLine();
            if (ahead.Length > 1 || d != 0) text.AppendLine(d == 0 ? "now" : $"in {Figures.Number(d, d == Math.Floor(d) ? 0 : 2)} days");
            for (var from = 0; from < vols.Length; from += 3) Block(text, account, [.. cells.Where(c => c.Days == d)], moves, [.. vols.Skip(from).Take(3)]);
        }
        text.AppendLine("  ! initial margin exceeds equity   X liquidated");
        MarginText.Say(text, "A change of volatility is that of 30 days; nearer expiries move more, later ones less: by (30/days) to the power of 0.3 and 0.13.");
        foreach (var note in account.Notes) MarginText.Say(text, Words.Sentence(note));
        MarginText.Say(text, MarginText.Preset(account));
        MarginText.Say(text, question.Desk.Units);
        return text.ToString();
    }

    private static void Block(StringBuilder text, MarginAccount account, WhatIfCell[] cells, double[] moves, double[] vols)
    {
        var table = new Table([">price", .. vols.SelectMany(v => (string[])[$">vol {MarginText.Percent(v)}", ">margin"])]);
        foreach (var move in moves)
            table.Row([MarginText.Percent(move), .. vols.SelectMany(v => cells.First(c => c.Move == move && c.Volatility == v) is var cell
                ? (string[])[Figures.Signed(cell.Gain, MarginText.InCoin(account) ? 3 : 0), (cell.Liquidated ? "X " : cell.Use > 1 ? "! " : "") + (double.IsFinite(cell.Use) ? MarginText.Share(cell.Use) : "all")] : [])]);
        text.Append(table);
    }
}

/// <summary>One cell: what the account has gained there, and what it then needs.</summary>
/// <param name="Gain">In the account's unit.</param>
/// <param name="GainMoney">In money, coins held included.</param>
internal sealed record WhatIfCell(double Move, double Volatility, double Days, double Gain, double GainMoney, double Equity, Numerics.Margin.MarginPair Margin)
{
    public double Use => Margin.Initial <= 0 ? 0 : Equity > 0 ? Margin.Initial / Equity : double.PositiveInfinity;

    public bool Liquidated => Equity < Margin.Maintenance;

    public static WhatIfCell Of(MarginAccount account, double move, double volatility, double days) => Of(account, account.AfterByTerm(move, volatility, days), move, volatility, days, MarginFigures.Decide);

    /// <summary>The same with so much added to every volatility.</summary>
    public static WhatIfCell OfPoints(MarginAccount account, double move, double shift, double days) => Of(account, account.AfterByPoints(move, shift, days), move, shift, days, MarginFigures.Decide);

    /// <summary>The gains alone; nothing is said of margin.</summary>
    public static WhatIfCell Gains(MarginAccount account, double move, double volatility, double days) => Of(account, account.AfterByTerm(move, volatility, days), move, volatility, days, _ => default);

    private static WhatIfCell Of(MarginAccount account, MarginAccount after, double move, double volatility, double days, Func<MarginAccount, Numerics.Margin.MarginPair> margin) =>
        new(move, volatility, days, after.Equity - account.Equity, Money(after) - Money(account), after.Equity, margin(after));

    private static double Money(MarginAccount account) => account.Equity * (MarginText.InCoin(account) ? account.Parts[0].Account.Index : 1);
}
