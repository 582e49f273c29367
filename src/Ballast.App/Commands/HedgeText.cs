using System.Text;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.App.Commands;

/// <summary>A hedge for people: what is off, what to trade, what it costs, and what it leaves.</summary>
internal static class HedgeText
{
    public static string Of(Hedged hedged)
    {
        var text = new StringBuilder();
        if (hedged.Plan is not { } plan)
        {
            var refused = (Answer<HedgePlan>.Refused)hedged.Answer;
            return text.AppendLine($"No hedge: {refused.Reason} ({Words.Code(refused.Code)}).").ToString();
        }
        var (before, coin) = (plan.Before, plan.Before.Exposure.Underlying);
        text.AppendLine($"{hedged.Policy.Name} at {Words.Time(hedged.Desk.Chain.At)}, index {Words.Price(before.Exposure.Index)}, equity {Figures.Number(before.Exposure.Equity, 4)} {coin}");
        MarginText.Say(text, plan.Reason.StartsWith("delta", StringComparison.Ordinal) ? $"{Words.Sentence(plan.Reason)[..^1]} (counted in {before.Numeraire.ToString().ToLowerInvariant()})." : Words.Sentence(plan.Reason));
        Relief(text, plan);
        Trades(text, plan);
        Change(text, plan);
        Band(text, plan);
        foreach (var (rule, result) in plan.Answers) text.AppendLine($"  {(result.Fired ? "fired " : result.State == Triggers.TriggerState.Unknown ? "blind " : "quiet ")} {Words.Sentence(result.Reason)}");
        foreach (var note in plan.Notes) text.AppendLine(Words.Sentence(note));
        if (plan.LeftOut.Length > 0) text.AppendLine($"Not used: {string.Join(", ", plan.LeftOut.Select(l => $"{Figures.Count(l.Count, "contract")} {Said(l.Code)} ({l.Code})"))}.");
        text.AppendLine(hedged.Desk.Units);
        return text.AppendLine("Nothing was sent.").ToString();
    }

    private static void Trades(StringBuilder text, HedgePlan plan)
    {
        if (plan.Trades.IsEmpty) return;
        text.AppendLine("Trades, in this order");
        var table = new Table("", "", ">", "", ">", ">", "");
        foreach (var t in plan.Trades)
            table.Row(t.Number.ToString(), t.Buys ? "buy" : "sell", Quantity(t), t.Contract.Symbol, "at " + Words.Price(t.Limit), "cost " + Figures.Money(t.Cost), t.Reason);
        text.Append(table);
        text.AppendLine($"Expected: {Figures.Money(plan.Trades.Sum(t => t.Fee))} USD fee, {Figures.Money(plan.Trades.Sum(t => t.Slippage))} USD slippage.");
    }

    private static void Relief(StringBuilder text, HedgePlan plan)
    {
        if (plan.Relief.IsEmpty) return;
        text.AppendLine("Relieve margin first, the most freed for each unit of cost before the rest");
        var table = new Table(">", "", ">", "", ">", ">");
        foreach (var (step, i) in plan.Relief.Select((s, i) => (s, i + 1)))
            table.Row(i.ToString(), step.Quantity > 0 ? "buy" : "sell", Figures.Exact(Math.Abs(step.Quantity)), step.Contract.Symbol, $"margin then {MarginText.Share(step.Use)}", $"delta then {Figures.Signed(step.Delta)}");
        text.Append(table);
    }

    private static string Quantity(HedgeTrade t) => $"{Figures.Exact(t.Quantity)} {(t.Contract.AmountIn == AmountIn.Money ? t.Contract.Quote : t.Contract.Base)}";

    private static void Change(StringBuilder text, HedgePlan plan)
    {
        var (a, b) = (plan.Before.Exposure, plan.After.Exposure);
        var table = new Table("", ">before", ">after", ">wanted", "");
        var coin = a.Underlying.Code;
        table.Row("delta", Figures.Signed(a.Delta(plan.Before.Numeraire), 4), Figures.Signed(b.Delta(plan.Before.Numeraire), 4), Wanted(plan.Before, Greek.Delta), coin);
        table.Row("gamma", Figures.Signed(a.Greeks.GammaCoins, 4), Figures.Signed(b.Greeks.GammaCoins, 4), Wanted(plan.Before, Greek.Gamma), $"{coin} per 1 %");
        table.Row("vega", Figures.Signed(a.Greeks.VegaPoint, 0), Figures.Signed(b.Greeks.VegaPoint, 0), Wanted(plan.Before, Greek.Vega), "USD per point");
        table.Row("theta", Figures.Signed(a.Greeks.ThetaDay, 0), Figures.Signed(b.Greeks.ThetaDay, 0), "", "USD a day");
        if (plan.Before.MarginUse is { } use) table.Row("margin", Figures.Percent(use, 1), Figures.Percent(plan.After.MarginUse ?? use, 1), "", "of equity");
        text.Append(table);
        if (plan.Route?.Best is Answer<LegPath>.Found { Value: var path }) text.AppendLine($"Worst margin on the way {MarginText.Share(path.PeakMargin)}{(double.IsFinite(plan.Route.Limit) ? $" (limit {MarginText.Share(plan.Route.Limit)})" : "")}, at step {path.PeakStep}, also with partial fills.");
    }

    private static string Wanted(AccountLook account, Greek greek) => account.LevelOf(greek) is not { } level ? "free"
        : level.Low == level.High ? $"{Figures.Number(level.Low, 4).TrimEnd('0').TrimEnd('.')} {level.Unit}" : $"{level.Low:0.####}..{level.High:0.####} {level.Unit}";

    private static void Band(StringBuilder text, HedgePlan plan)
    {
        if (plan.Band is not { } band) return;
        text.AppendLine($"Band {Figures.Signed(band.Low, 4)} to {Figures.Signed(band.High, 4)} {plan.Before.Exposure.Underlying} ({band.Why}).");
        if (plan.Prices is not [var half, var whole, var twice]) return;
        text.AppendLine($"This band costs about {Figures.Money((decimal)whole.Cost, 0)} USD a day in hedging, looked at hourly, against {Figures.Money((decimal)whole.Risk, 0)} USD a day of risk it leaves (1 sigma);");
        text.AppendLine($"half the band would cost {Figures.Money((decimal)half.Cost, 0)}, twice the band would leave {Figures.Money((decimal)twice.Risk, 0)}.");
    }

    private static string Said(string code) => code switch
    {
        "ONE_SIDED" => "without both a bid and an ask",
        "LOT_UNKNOWN" => "of unknown lots",
        _ => "without a price",
    };
}
