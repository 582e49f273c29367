using Ballast.Holdings;
using Ballast.Money;
using Ballast.Targets;

namespace Ballast.Planning;

/// <summary>A portfolio as a plan reports it: its lines against the targets, the largest drift, the tracking error.</summary>
internal static class PlanStates
{
    public static PlanState Of(Portfolio portfolio, TargetSet targets, Risk.RiskModel? risk)
    {
        var lines = ImmutableArray.CreateBuilder<PlanLine>(portfolio.Lines.Length);
        var largest = 0.0;
        foreach (var line in portfolio.Lines)
        {
            var weight = portfolio.WeightOf(line.Asset);
            double? target = targets.Names(line.Asset) ? (double)targets.Of(line.Asset) : null;
            if (target is { } t) largest = Math.Max(largest, Math.Abs(weight - t));
            lines.Add(new PlanLine(line.Asset, line.Quantity, line.Price, line.Value, weight, target));
        }
        return new PlanState(portfolio.Value, portfolio[portfolio.Base].Value, lines.MoveToImmutable(), largest,
            risk?.TrackingError(portfolio.WeightOf, a => (double)targets.Of(a)));
    }
}
