using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary>"Was this the right band?": the same history under narrower and wider bands. Only where one drift rule stands and the fast engine can run it.</summary>
internal static class Neighbours
{
    private static readonly decimal[] Factors = [0.1m, 0.2m, 0.4m, 0.6m, 0.8m, 1m, 1.2m, 1.6m, 2m, 3m];

    public static IReadOnlyList<PolicyRun>? Of(BacktestStudy study)
    {
        var drifts = study.Policy.Rebalance.When.SelectMany(Drifts).ToArray();
        if (drifts is not [{ } only] || only.Over != only.Under || Scaled(only.Over, 1m) is null) return null;
        if (FastPath.Of(study.Policy, study.History, study.Settings).Run is null) return null;
        var runs = Factors.Select(f => Run(study, Scaled(only.Over, f)!, f == 1m)).OfType<PolicyRun>().ToArray();
        return runs.Length < 3 ? null : runs;
    }

    private static IEnumerable<Drift> Drifts(ITrigger rule) => rule switch
    {
        Drift d => [d],
        AllOf all => all.Rules.SelectMany(Drifts),
        AnyOf any => any.Rules.SelectMany(Drifts),
        _ => [],
    };

    private static DriftDistance? Scaled(DriftDistance distance, decimal factor) => distance switch
    {
        DriftDistance.Points(var share) => new DriftDistance.Points(share * factor),
        DriftDistance.OfTarget(var share) => new DriftDistance.OfTarget(share * factor),
        _ => null,
    };

    private static PolicyRun? Run(BacktestStudy study, DriftDistance band, bool chosen)
    {
        var policy = study.Policy with { Rebalance = study.Policy.Rebalance with { When = [.. study.Policy.Rebalance.When.Select(r => With(r, band))] } };
        if (FastPath.Of(policy, study.History, study.Settings).Run is not { } fast || FastEngine.Run(fast) is not { } run) return null;
        var te = TrackingError.Of(policy, study.History, study.Settings, run, study.BarsAYear);
        return te is null ? null : new PolicyRun(Label(band), run.Costs / run.Equity.Average() / (run.Equity.Length / study.BarsAYear) * 1e4, te.Value, run.Rebalances.Length, chosen);
    }

    private static ITrigger With(ITrigger rule, DriftDistance band) => rule switch
    {
        Drift d => d with { Over = band, Under = band },
        AllOf all => all with { Rules = [.. all.Rules.Select(r => With(r, band))] },
        AnyOf any => any with { Rules = [.. any.Rules.Select(r => With(r, band))] },
        _ => rule,
    };

    private static string Label(DriftDistance band) => band switch
    {
        DriftDistance.Points(var share) => $"{Figures.Exact(share * 100)} points",
        DriftDistance.OfTarget(var share) => $"{Figures.Percent(share)} of target",
        _ => band.Words,
    };
}
