using Ballast.Adapters.Files.Yaml;
using Ballast.Money;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;

namespace Ballast.Adapters.Files.Policies;

/// <summary>What a method is told besides its assets. A key that no method of the chain looks at is a fault: nothing is silently ignored.</summary>
internal sealed class RecipeReader(Draft draft, Section section, Method[] chain, ImmutableArray<Asset> assets)
{
    private readonly Dictionary<string, Func<Method, bool>> _users = new()
    {
        ["covariance"] = m => m.LooksAtCovariance(),
        ["gaps"] = m => m.LooksAtCovariance(),
        ["returns"] = m => m.NeedsMean(),
        ["views"] = m => m.NeedsMean(),
        ["market"] = m => m.NeedsMean(),
        ["budgets"] = m => m == Method.RiskBudget,
        ["riskAversion"] = m => m == Method.MaxUtility || m.WeighsCosts() && section.Has("costsOver"),
        ["riskFree"] = m => m == Method.Kelly || m.NeedsMean(),
        ["return"] = m => m == Method.TargetReturn,
        ["volatility"] = m => m == Method.TargetVolatility,
        ["confidence"] = m => m is Method.MinCVaR or Method.MinCDaR,
        ["fraction"] = m => m == Method.Kelly,
        ["clusters"] = m => m == Method.Herc,
        ["linkage"] = m => m is Method.Hrp or Method.Herc,
        ["costsOver"] = m => m.WeighsCosts(),
    };

    /// <summary>Everything but the method.</summary>
    public sealed record Wishes(Recipe Recipe, Estimation Estimation, ImmutableSortedDictionary<Asset, double>? Budgets, double? ScaleTo, Duration? CostsOver, ImmutableSortedDictionary<Asset, double>? Market);

    public Wishes Read()
    {
        var scaleTo = section.Sub("scaleTo", PolicyKeys.ScaleTo) is { } scale ? ScaleTo(scale) : null;
        if (chain.Length > 0) RequireUsers(scaled: section.Has("scaleTo"));
        if (chain.Contains(Method.TargetReturn)) section.Requires("return", "20%");
        if (chain.Contains(Method.TargetVolatility)) section.Requires("volatility", "20%");
        return new(Recipe(), Estimation(), Shares("budgets", "the risk budgets"), scaleTo, section.Get<Duration>("costsOver", Kinds.Span), Shares("market", "the market's weights"));
    }

    private Recipe Recipe() => new(default)
    {
        RiskAversion = section.Get<double>("riskAversion", Kinds.Factor) ?? 5,
        RiskFree = (double)(section.Get("riskFree", Kinds.Share(-1m, 1m)) ?? 0),
        Return = (double?)section.Get("return", Kinds.Share(-1m, 100m)),
        Volatility = (double?)section.Get("volatility", Kinds.PositiveShare(10m)),
        Confidence = (double)(section.Get("confidence", Kinds.Share(0.5m, 0.999m)) ?? 0.95m),
        Fraction = (double)(section.Get("fraction", Kinds.PositiveShare()) ?? 1),
        Clusters = section.Get("clusters", Kinds.Count(1, Math.Max(1, assets.Length))),
        Linkage = section.Get("linkage", Kinds.Choice(("single", LinkageMethod.Single), ("average", LinkageMethod.Average), ("complete", LinkageMethod.Complete), ("ward", LinkageMethod.Ward))),
    };

    private Estimation Estimation()
    {
        var known = new Estimation
        {
            Covariance = section.Get("covariance", Words<CovarianceEstimator>()) ?? CovarianceEstimator.LedoitWolfConstantCorrelation,
            Returns = section.Get("returns", Words<ReturnsEstimator>()) ?? (section.Has("views") ? ReturnsEstimator.BlackLitterman : ReturnsEstimator.Arithmetic),
            Gaps = section.Get("gaps", Kinds.Choice(("common", GapRule.CommonWindow), ("pairwise", GapRule.Pairwise))) ?? GapRule.CommonWindow,
            RiskFree = (double)(section.Get("riskFree", Kinds.Share(-1m, 1m)) ?? 0),
            Views = [.. Views()],
        };
        if (known.Gaps == GapRule.Pairwise && known.Covariance != CovarianceEstimator.Sample)
            draft.Faults.Add(section.Blame("gaps"), "GAPS_NEED_SAMPLE", "over pairs of assets only the sample covariance is known", "expected `covariance: sample` beside it");
        if (section.Has("views") && known.Returns != ReturnsEstimator.BlackLitterman)
            draft.Faults.Add(section.KeyPlace("views"), "NOT_USED", "only Black and Litterman's returns look at views", "expected `returns: blackLitterman`, or none");
        if (section.Has("market") && known.Returns is not (ReturnsEstimator.BlackLitterman or ReturnsEstimator.Capm))
            draft.Faults.Add(section.KeyPlace("market"), "NOT_USED", "only the returns of capm and blackLitterman look at the market", "leave it out");
        return known;
    }

    private IEnumerable<View> Views()
    {
        foreach (var item in Shape.List(section["views"], "views", draft.Faults))
        {
            if (Section.Open(item, PolicyKeys.View, draft.Faults) is not { } view) continue;
            var (of, over) = (view.Requires("of", "ETH") ? Member(view, "of") : null, Member(view, "over"));
            var expected = view.Requires("return", "10%") ? view.Get("return", Kinds.Share(-10m, 100m)) : null;
            var confidence = view.Get("confidence", Kinds.Share()) ?? 0.5m;
            if (of is not null && of == over) draft.Faults.Add(view.Blame("over"), "DUPLICATE_NAME", $"`{of}` is compared with itself", "expected another asset, or no `over`");
            if (of is not null && expected is { } rate) yield return new(of, over, (double)rate, (double)confidence);
        }
    }

    private string? Member(Section view, string key)
    {
        if (view.Get<Asset>(key, Kinds.Asset) is not { } asset) return null;
        if (!assets.Contains(asset)) draft.Faults.Add(view.Blame(key), "UNKNOWN_NAME", $"`{asset}` is not among `assets`", Nearest.Advice(asset.Code, [.. assets.Select(a => a.Code)]));
        return asset.Code;
    }

    /// <summary>Shares of the assets that sum to one.</summary>
    private ImmutableSortedDictionary<Asset, double>? Shares(string key, string what)
    {
        if (!section.Has(key)) return null;
        var shares = new SortedDictionary<Asset, decimal>();
        var before = draft.Faults.Count;
        foreach (var (name, entry) in Shape.Named(section[key], key, draft.Faults))
        {
            if (!assets.Contains(new Asset(name.Text))) draft.Faults.Add(name.Place, "UNKNOWN_NAME", $"`{Quoted.Short(name.Text)}` is not among `assets`", Nearest.Advice(name.Text, [.. assets.Select(a => a.Code)]));
            if (Shape.Text(entry.Value, name.Text, draft.Faults) is not { } text) continue;
            if (Kinds.Share()(text.Text) is { Ok: true, Value: var share }) shares[new Asset(name.Text)] = share;
            else draft.Faults.Add(text.Place, Kinds.Share()(text.Text).Complaint!);
        }
        if (draft.Faults.Count == before && Math.Abs(shares.Values.Sum() - 1) > 1e-9m)
            draft.Faults.Add(section.Blame(key), "BUDGETS_INVALID", $"{what} sum to {Figures.Percent(shares.Values.Sum(), 9)}", "expected 100 %");
        return shares.ToImmutableSortedDictionary(s => s.Key, s => (double)s.Value);
    }

    private double? ScaleTo(Section scale)
    {
        if (scale.Get<decimal>("max", Kinds.Multiple) is { } max && max != 1)
            draft.Faults.NotYet(scale.Blame("max"), "a `max` other than 1x");
        return scale.Requires("volatility", "20%") ? (double?)scale.Get("volatility", Kinds.PositiveShare(10m)) : null;
    }

    /// <summary>Scaling needs a covariance whatever the method.</summary>
    private void RequireUsers(bool scaled)
    {
        foreach (var (key, uses) in _users)
            if (section.Has(key) && !chain.Any(uses) && !(scaled && key is "covariance" or "gaps"))
                draft.Faults.Add(section.KeyPlace(key), "NOT_USED", $"`{chain[0].Name()}` does not look at `{key}`",
                    ComputeReader.Methods.Where(m => uses(m.Value)).Select(m => m.Key).ToArray() is { Length: <= 4 } few ? $"leave it out, or use {Quoted.Or(few)}" : "leave it out");
    }

    internal static Kind<T> Words<T>() where T : struct, Enum =>
        Kinds.Choice([.. Enum.GetValues<T>().Select(v => ($"{char.ToLowerInvariant(v.ToString()[0])}{v.ToString()[1..]}", v))]);
}
