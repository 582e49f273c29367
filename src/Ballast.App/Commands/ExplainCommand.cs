using System.CommandLine;
using System.Text;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary><c>ballast explain</c>: the story behind a plan, in words: why now, why these trades, why not others.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var asked = new Present.Asked();
        var ways = new Ways();
        var command = new Command("explain",
            """
            Tells the story of the plan in words: which rule fired and which did not, how far it goes, what pays for what, what is left alone and why.

            Example:
              ballast explain core.yaml --holdings holdings.csv --prices prices.csv
            """);
        asked.AddTo(command);
        ways.AddTo(command);
        command.SetAction(parsed =>
        {
            var planned = Planned.Of(asked, ways, parsed);
            Console.Write(parsed.GetValue(asked.AsJson)
                ? Json.Text(new() { ["story"] = Json.Texts(Story(planned)) }) + Environment.NewLine
                : string.Concat(Story(planned).Select(s => s + Environment.NewLine)));
            return planned.Refusal is null ? Outcome.Done : Outcome.Refused;
        });
        return command;
    }

    public static IEnumerable<string> Story(Planned planned)
    {
        var (policy, decision) = (planned.Now.Policy, planned.Decision);
        yield return $"At {Words.Time(planned.Now.Sight.At)} {policy.Name} was worth {Figures.Money(decision.Portfolio.Value, policy.Base)} {policy.Base}.";
        foreach (var from in decision.Targets?.From ?? []) yield return $"The targets are computed: {from}.";
        foreach (var answer in decision.Answers)
            yield return $"The rule \"when {answer.Rule.Words}\" {(answer.Result.Fired ? "fired" : answer.Result.State == TriggerState.Unknown ? "could not be measured" : "did not fire")}: {answer.Result.Reason}{(answer.Result.ToGo.Length > 0 ? $" ({answer.Result.ToGo})" : "")}.";
        if (planned.Intent is null)
        {
            yield return Words.Sentence($"so nothing is traded: {decision.Reason}");
            foreach (var n in planned.NotTraded) yield return $"{n.Asset} is left alone: {n.Reason} ({n.Code}).";
            yield break;
        }
        yield return Words.Sentence($"so the plan goes {To(policy.Rebalance.To)}{With(planned.Intent.Mode)}, because {Because(planned.Intent.Reason)}");
        if (planned.Refusal is { } refusal) yield return $"But no plan can be made: {refusal.Reason} ({refusal.Code}).";
        if (planned.Plan is not { } plan) yield break;
        foreach (var t in plan.Trades)
            yield return $"Step {t.Number}: {(t.Side == Side.Buy ? "buy" : "sell")} {Figures.Quantity(t.Quantity)} {t.Instrument.Base} for {Figures.Money(t.Value, plan.Base)} {plan.Base}, {t.Reason}; it costs {Figures.Money(t.Cost, plan.Base)} and leaves {Figures.Money(t.CashAfter, t.Instrument.Quote)} {t.Instrument.Quote} in {t.Account}.";
        foreach (var n in planned.NotTraded) yield return $"{n.Asset} is left alone: {n.Reason} ({n.Code}).";
        yield return $"In the end the largest drift falls from {Figures.Points(plan.Before.LargestDrift)} to {Figures.Points(plan.After.LargestDrift)} points, for {Figures.Money(plan.Cost, plan.Base)} {plan.Base}.";
        foreach (var warning in plan.Warnings) yield return Words.Sentence(warning);
    }

    private static string Because(string reason) => reason.StartsWith("asked for", StringComparison.Ordinal) ? "it was " + reason : reason;

    private static string To(Destination to) => to switch
    {
        Destination.Target => "all the way to the targets",
        Destination.PartWay(0.5) => "half-way to the targets",
        Destination.PartWay(var f) => $"{Figures.Percent(f)} of the way to the targets",
        Destination.BandEdge { Inner: true } => "half-way between the edge of the band and the target",
        Destination.BandEdge => "to the edge of the band",
        _ => "as near to the targets as is worth the cost: to the edge of the no-trade region",
    };

    private static string With(Mode mode) => mode switch
    {
        Mode.BuyOnly => ", buying only",
        Mode.SellOnly => ", selling only",
        Mode.CashFlow => ", with the cash that has come or must go, without turning the rest over",
        _ => "",
    };
}
