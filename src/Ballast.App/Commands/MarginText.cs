using System.Text;
using Ballast.App.Output;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Margin;

namespace Ballast.App.Commands;

/// <summary>Margin for people: the figure and what decides it first, then where it hurts, then who brings it.</summary>
internal static class MarginText
{
    private const int Width = 80;

    public static string Of(MarginAnswer answer)
    {
        var (text, figures) = (new StringBuilder(), answer.After);
        Head(text, answer);
        if (answer.Route is { } route) LegLines.Text(text, route, figures.Account);
        Liquidation(text, answer.Liquidation, figures.Account);
        foreach (var part in figures.Parts.Where(p => p.Book is not null && p.Unit.Positions.Length > 0)) Grid(text, part);
        Shares(text, figures);
        if (answer.Relief is { } relief) Relief(text, answer, relief);
        foreach (var note in (string[])[.. figures.Account.Notes, .. figures.Account.Preset.Notes]) Say(text, Words.Sentence(note));
        Say(text, Preset(figures.Account));
        Say(text, answer.Question.Desk.Units);
        return text.ToString();
    }

    private static void Head(StringBuilder text, MarginAnswer answer)
    {
        var (figures, account) = (answer.After, answer.After.Account);
        var indices = string.Join(", ", account.Parts.Select(p => $"{p.Underlying} {Figures.Number(p.Account.Index)}"));
        Say(text, $"{account.Unit} account at {Words.Time(account.At)}, {indices}, equity {Amount(account.Equity, account)}");
        if (!answer.Question.Legs.IsEmpty)
            Say(text, $"Initial margin {Share(answer.Before.Use)} → {Share(figures.Use)} of equity after all {Figures.Count(answer.Question.Legs.Length, "leg")}.");
        Say(text, $"Initial margin {Amount(figures.Margin.Initial, account)}, maintenance {Amount(figures.Margin.Maintenance, account)}: {Share(figures.Use)} and {Share(figures.MaintenanceUse)} of equity.");
        if (figures.Other is { } other)
            Say(text, other == figures.Margin ? "Both readings of the volatility floor give the same."
                : $"The other reading of the volatility floor: initial {Amount(other.Initial, account)}, maintenance {Amount(other.Maintenance, account)}; the larger decides.");
        foreach (var part in figures.Parts.Where(p => p.Scenario is not null && p.Margin.Initial > 0)) Worst(text, part, account);
        if (figures.Haircut > 0) Say(text, $"  haircut on collateral  {Amount(figures.Haircut, account)}");
        if (figures.Diversification > 0) Say(text, $"Position by position it would be {Amount(figures.Diversification, account)} more.");
    }

    private static void Worst(StringBuilder text, PartMargin part, MarginAccount account)
    {
        var (s, scenario) = (part.Scenario!, part.Book!.Rules.Scenarios[part.Scenario!.Worst]);
        Say(text, $"  {part.Unit.Underlying} worst of {s.Gains.Length}: {Move(scenario, part)}, volatility {Said(scenario.Volatility)}, loses {Amount(s.Scan, account)}");
        (string Name, double Charge)[] charges = [("roll", s.Roll), ("large delta", s.Liquidity), ("futures", s.Contingency), ("at least", s.Minimum)];
        var addOns = string.Join(", ", charges.Where(c => c.Charge > 0).Select(c => $"{c.Name} {Amount(c.Charge, account)}"));
        if (addOns.Length > 0) Say(text, $"  besides: {addOns}");
    }

    private static void Liquidation(StringBuilder text, MarginLiquidation found, MarginAccount account)
    {
        if (found.Price.Already)
        {
            Say(text, "IN LIQUIDATION: equity is below maintenance margin.");
            return;
        }
        string[] points = [.. new[] { found.Price.Below, found.Price.Above }.OfType<double>().Select(x => Point(x, found.Sigma, account))];
        Say(text, points.Length == 0 ? "No price from -99.5 % to +500 % liquidates it." : $"Liquidated at {string.Join(" or ", points)}.");
        if (found.Price.Intervals.Count > points.Length)
            Say(text, $"Beyond, it is safe again and not: {string.Join(", ", found.Price.Intervals.Select(i => $"{Percent(i.From)} to {Percent(i.To)}"))}.");
        if (found.Joint is { } joint)
            Say(text, $"Nearest shock of price and volatility together: price {Percent(joint.Move)}, volatilities x {Figures.Number(joint.Volatility)} ({Figures.Number(joint.Distance, 1)} daily sigmas).");
        text.AppendLine();
    }

    private static string Point(double move, double? sigma, MarginAccount account)
    {
        var price = account.Parts is [var only] ? Figures.Number(only.Account.Index * (1 + move), 0) + " " : "";
        var distance = sigma is { } σ ? $", {Figures.Number(Math.Abs(Math.Log(1 + move)) / σ, 1)} daily sigmas" : "";
        return $"{price}({Percent(move)}{distance})";
    }

    /// <summary>Gains by price and volatility, where the scenarios are such a table; else one line each.</summary>
    private static void Grid(StringBuilder text, PartMargin part)
    {
        var scenarios = part.Book!.Rules.Scenarios;
        var table = new Table(">price", ">vol down", ">same", ">up", "");
        foreach (var move in scenarios.Select(s => s.Move).Distinct().Order())
        {
            string Cell(VolatilityState state) => Enumerable.Range(0, scenarios.Count).Where(i => scenarios[i].Move == move && scenarios[i].Volatility == state)
                .Select(i => Figures.Signed(part.Scenario!.Counted[i], Decimals(part)) + (i == part.Scenario.Worst ? "*" : " ")).FirstOrDefault() ?? "";
            table.Row(Move(scenarios.First(s => s.Move == move), part), Cell(VolatilityState.Down), Cell(VolatilityState.Same), Cell(VolatilityState.Up), scenarios.Any(s => s.Move == move && s.Far) ? "weighted, after the dampener" : "");
        }
        text.Append(table).AppendLine();
    }

    private static void Shares(StringBuilder text, MarginFigures figures)
    {
        var table = new Table("position", ">quantity", ">initial", ">of equity");
        foreach (var share in figures.Parts.SelectMany(p => p.Shares).OrderByDescending(s => s.Initial))
            table.Row(share.Position.Contract.Symbol, Figures.Exact(share.Position.Position.Quantity), Figures.Signed(share.Initial, InCoin(figures.Account) ? 4 : 2),
                figures.Account.Equity > 0 ? Percent(share.Initial / figures.Account.Equity) : "");
        text.Append(table).AppendLine();
    }

    private static void Relief(StringBuilder text, MarginAnswer answer, Answer<ImmutableArray<ReliefStep>> relief)
    {
        var (figures, target) = (answer.After, answer.Target!.Value);
        if (relief is Answer<ImmutableArray<ReliefStep>>.Refused refused) Say(text, $"Nothing to unwind by: {refused.Reason} ({Words.Code(refused.Code)}).");
        if (relief is not Answer<ImmutableArray<ReliefStep>>.Found { Value: var steps }) return;
        Say(text, figures.Use <= target ? $"Initial margin is at most {Share(target)} of equity already." : steps.IsEmpty ? "Nothing that can be closed frees margin." : $"To come from {Share(figures.Use)} to {Share(target)} of equity, the most margin for each cost of half a spread first:");
        var table = new Table(">", "", ">", "", ">cost", ">frees", ">margin then", ">delta then");
        foreach (var (step, i) in steps.Select((s, i) => (s, i + 1)))
            table.Row(i.ToString(), step.Quantity > 0 ? "buy" : "sell", Figures.Exact(Math.Abs(step.Quantity)), step.Contract.Symbol, Figures.Number(step.Cost, 4), Figures.Number(step.Released, 4), Share(step.Use), Figures.Signed(step.Delta));
        if (!steps.IsEmpty) text.Append(table);
        if (!steps.IsEmpty && steps[^1].Use > target + 1e-3) Say(text, "Nothing more that can be closed frees margin.");
        text.AppendLine();
    }

    public static string Preset(MarginAccount account)
    {
        var preset = account.Preset;
        var age = preset.Age(account.At) is { } days ? $", {Figures.Count(days, "day")} old{(preset.Stale(account.At) ? ": STALE_PRESET, the venue may ask for something else by now" : "")}" : ", without a date";
        return $"Preset {preset.Name}{(preset.AsOf is { } read ? $" of {read.ToString("d MMM uuuu", null)}" : "")} ({preset.Verified}){age}; the venue's own number was not asked.";
    }

    public static string Amount(double value, MarginAccount account) => $"{Figures.Number(value, InCoin(account) ? 4 : 2)} {account.Unit}";

    public static string Share(double use) => double.IsFinite(use) ? Figures.Number(100 * use, 1) + " %" : "more than all";

    public static string Percent(double share) => Figures.Signed(100 * share, 1) + " %";

    public static bool InCoin(MarginAccount account) => account.Parts is [{ Account.Unit: CountedIn.Coin }];

    /// <summary>A sentence in lines of at most 80 columns.</summary>
    public static void Say(StringBuilder text, string sentence)
    {
        var (line, indent) = (new StringBuilder(), sentence.Length - sentence.TrimStart().Length);
        foreach (var word in sentence.TrimStart().Split(' '))
        {
            if (line.Length > 0 && indent + line.Length + 1 + word.Length > Width)
            {
                text.Append(' ', indent).AppendLine(line.ToString());
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        text.Append(' ', indent).AppendLine(line.ToString());
    }

    private static int Decimals(PartMargin part) => part.Unit.Account.Unit == CountedIn.Coin ? 4 : 0;

    private static string Move(Scenario scenario, PartMargin part) => part.Book!.Rules.MovesInMoney ? Figures.Signed(scenario.Move) : Percent(scenario.Move);

    private static string Said(VolatilityState state) => state switch { VolatilityState.Up => "up", VolatilityState.Down => "down", _ => "the same" };
}
