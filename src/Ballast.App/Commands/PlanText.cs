using System.Text;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>A plan for people: the answer first, then why, then what it costs, then what is not done.</summary>
internal static class PlanText
{
    public static string Of(Planned planned)
    {
        var (policy, decision) = (planned.Now.Policy, planned.Decision);
        var text = new StringBuilder();
        text.AppendLine($"{policy.Name} at {Words.Time(planned.Now.Sight.At)}: {Figures.Money(decision.Portfolio.Value, policy.Base)} {policy.Base}");
        text.AppendLine(Words.Sentence(planned.Intent?.Reason ?? decision.Reason)).AppendLine();
        text.Append(HoldingLines.Table(HoldingLines.Of(planned.Now, decision), policy.Base));
        foreach (var from in decision.Targets?.From ?? []) text.AppendLine($"Targets: {from}.");
        if (planned.Refusal is { } refusal) return text.AppendLine($"No plan: {refusal.Reason} ({refusal.Code}).").ToString();
        if (planned.Plan is not { } plan)
        {
            NotTraded(text, planned);
            return text.AppendLine(Nothing(planned)).ToString();
        }
        Trades(text, plan);
        NotTraded(text, planned);
        return Closing(text, planned, plan).ToString();
    }

    private static string Nothing(Planned planned) => planned.Now.Policy.Rebalance.When.IsEmpty
        ? "No trades. `--now` plans to the targets all the same."
        : "No trades. `--now` plans to the targets all the same; `--cash N` puts new money to work.";

    private static void Trades(StringBuilder text, Plan plan)
    {
        if (plan.Trades.IsEmpty)
        {
            text.AppendLine("No trade is worth sending, or none is possible; see below.");
            return;
        }
        text.AppendLine("Trades, in this order");
        var table = new Table("", "", ">", "", ">", "", ">", "");
        foreach (var t in plan.Trades)
            table.Row(t.Number.ToString(), t.Side == Side.Buy ? "buy" : "sell", Figures.Quantity(t.Quantity), t.Instrument.Base.Code + Where(plan, t),
                Figures.Money(t.Value, plan.Base), plan.Base.Code, "cost " + Figures.Money(t.Cost, plan.Base), t.Reason);
        text.Append(table);
        Lots(text, plan);
    }

    private static string Where(Plan plan, PlannedTrade t) => plan.Trades.Any(x => x.Account != plan.Trades[0].Account) ? $" at {t.Account}" : "";

    private static void Lots(StringBuilder text, Plan plan)
    {
        var lots = plan.Trades.SelectMany(t => t.Lots.Select(l => (Trade: t, Lot: l))).ToArray();
        if (lots.Length == 0) return;
        text.AppendLine("Lots that the sales use");
        var table = new Table("", ">", "", "", ">", "", ">");
        foreach (var (trade, lot) in lots)
            table.Row($"of {trade.Number}", Figures.Quantity(lot.Quantity), trade.Instrument.Base.Code, $"of {Words.Date(lot.Acquired)} at {Words.Price(lot.UnitCost)}",
                $"gain {Figures.Money(lot.Gain, plan.Base)}", lot.Period.ToString().ToLowerInvariant(), $"tax {Figures.Money(lot.Tax, plan.Base)}");
        text.Append(table);
        text.AppendLine($"  Realised {Figures.Money(lots.Sum(l => l.Lot.Gain), plan.Base)} {plan.Base}, estimated tax {Figures.Money(lots.Sum(l => l.Lot.Tax))}.");
    }

    private static void NotTraded(StringBuilder text, Planned planned)
    {
        if (planned.NotTraded.IsEmpty) return;
        text.AppendLine("Not traded");
        var table = new Table("", "", "");
        foreach (var n in planned.NotTraded) table.Row(n.Asset.Code, n.Reason, n.Code);
        text.Append(table);
    }

    private static StringBuilder Closing(StringBuilder text, Planned planned, Plan plan)
    {
        var (before, after) = (plan.Before, plan.After);
        var tracking = after.TrackingError is { } te ? $", tracking error {Figures.Points(before.TrackingError ?? 0)} → {Figures.Points(te)} % a year" : "";
        text.AppendLine($"After: largest drift {Figures.Points(before.LargestDrift)} → {Figures.Points(after.LargestDrift)} points{tracking}, cash {Figures.Money(after.Cash, plan.Base)} {plan.Base}.");
        if (!plan.Trades.IsEmpty && before.Value > 0)
            text.AppendLine($"Cost {Figures.Money(plan.Cost, plan.Base)} {plan.Base}, {Figures.Number((double)(plan.Cost / before.Value) * 1e4, 1)} bps of value.");
        foreach (var warning in plan.Warnings) text.AppendLine(Words.Sentence(warning));
        text.AppendLine($"Lots and minima: {planned.Now.Instruments.Source}.");
        return text.AppendLine("Nothing was sent.");
    }
}
