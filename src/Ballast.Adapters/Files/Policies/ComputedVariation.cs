using Ballast.Numerics.Optimisation;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Policies;

/// <summary>A policy whose computed targets are changed in one word; every computed part alike.</summary>
internal static class ComputedVariation
{
    public static ImmutableArray<string> Keys { get; } = ["method", "lookback", "covariance", "returns", "riskAversion", "volatility", "renew"];

    /// <returns>The changed policy, or a sentence that says what is wrong with key or value.</returns>
    public static (Policy? Policy, string? Fault) Of(Policy policy, string key, string value)
    {
        var parts = Parts(policy.Targets).ToArray();
        if (parts.Length == 0)
            return (null, key == "riskAversion" ? "the policy has no risk aversion to vary: neither `gain`, `to: least-cost` nor computed targets" : "the policy has no computed targets to vary");
        return key switch
        {
            "method" when ComputeReader.MethodText(value) is { Ok: true, Value: var method } && parts.Any(c => Lacks(c, method)) =>
                (null, $"`{value}` has to be told what to aim at, and the file does not say it"),
            "method" => Each(ComputeReader.MethodText(value), (c, m) => c with { Chain = c.Chain.SetItem(0, c.Chain[0] with { Method = m }) }),
            "lookback" => Each(ComputeReader.LookbackText(value), (c, span) => c with { Lookback = span }),
            "covariance" => Each(RecipeReader.Words<CovarianceEstimator>()(value), (c, x) => c with { Estimation = c.Estimation with { Covariance = x } }),
            "returns" => Each(RecipeReader.Words<ReturnsEstimator>()(value), (c, x) => c with { Estimation = c.Estimation with { Returns = x } }),
            "riskAversion" => Each(Kinds.Factor(value), (c, x) => c with { Chain = [.. c.Chain.Select(r => r with { RiskAversion = x })] }),
            "volatility" => Each(Kinds.PositiveShare(10m)(value), Aimed),
            _ => ScheduleReader.Renewal(value, policy.Zone) switch
            {
                ScheduleReading.Read(var schedule) => (Changed(c => c with { Renew = schedule }), null),
                ScheduleReading.Faulty(var faults) => (null, faults[0].Sentence),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
        };

        (Policy?, string?) Each<T>(Parsed<T> parsed, Func<TargetNode.Compute, T, TargetNode.Compute> change) => Variation.Made(parsed, x => Changed(c => change(c, x)));

        Policy Changed(Func<TargetNode.Compute, TargetNode.Compute> change) => policy with { Targets = With(policy.Targets, change) };
    }

    private static bool Lacks(TargetNode.Compute c, Method method) =>
        method == Method.TargetReturn && c.Chain[0].Return is null || method == Method.TargetVolatility && c.Chain[0].Volatility is null;

    /// <summary>The volatility that a method aims at, else that which the whole is scaled to.</summary>
    private static TargetNode.Compute Aimed(TargetNode.Compute c, decimal volatility) => c.Chain.Any(r => r.Method == Method.TargetVolatility)
        ? c with { Chain = [.. c.Chain.Select(r => r with { Volatility = (double)volatility })] }
        : c with { ScaleTo = (double)volatility };

    private static IEnumerable<TargetNode.Compute> Parts(TargetNode node) => node switch
    {
        TargetNode.Compute compute => [compute],
        TargetNode.Sleeves sleeves => sleeves.Parts.SelectMany(p => Parts(p.Node)),
        _ => [],
    };

    private static TargetNode With(TargetNode node, Func<TargetNode.Compute, TargetNode.Compute> change) => node switch
    {
        TargetNode.Compute compute => change(compute),
        TargetNode.Sleeves sleeves => sleeves with { Parts = [.. sleeves.Parts.Select(p => p with { Node = With(p.Node, change) })] },
        _ => node,
    };
}
