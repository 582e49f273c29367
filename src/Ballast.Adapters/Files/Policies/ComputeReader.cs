using Ballast.Adapters.Files.Yaml;
using Ballast.Money;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads a computed target set: a method, its assets, and when it is renewed.</summary>
internal sealed class ComputeReader(Draft draft)
{
    private static readonly Dictionary<string, TargetMethod> Supported = new()
    {
        ["equalWeight"] = TargetMethod.EqualWeight,
        ["inverseVolatility"] = TargetMethod.InverseVolatility,
    };

    private static readonly string[] Later =
        ["inverseVariance", "minVariance", "maxSharpe", "maxUtility", "maxDiversification", "riskBudget", "hrp", "minCVaR", "minCDaR", "capWeight"];

    public TargetNode.Compute? Read(Section level, decimal whole)
    {
        if (Section.Open(level["compute"], PolicyKeys.Compute, draft.Faults, level.Blame("compute")) is not { } section) return null;
        var method = section.Requires("method", "equalWeight") ? Method(section) : null;
        var assets = section.Requires("assets", "[BTC, ETH]") ? Assets(section) : [];
        draft.Targets.Computed.Add((whole, assets));
        var lookback = section.Get<Duration>("lookback", Kinds.Span) ?? Duration.FromDays(365);
        var renew = ScheduleReader.Renewal(section, draft);
        var scaleTo = section.Sub("scaleTo", PolicyKeys.ScaleTo) is { } scale ? ScaleTo(scale) : null;
        return method is null || renew is null ? null : new(method.Value, assets, lookback, renew, scaleTo);
    }

    /// <summary>The keys of a method that is not there yet are not faulted one by one: the method is the news.</summary>
    private TargetMethod? Method(Section section)
    {
        if (Shape.Text(section["method"], "method", draft.Faults) is not { } text) return null;
        if (Supported.TryGetValue(text.Text, out var method))
        {
            section.NotYet("covariance", "returns", "budgets", "riskAversion");
            return method;
        }
        if (Later.Contains(text.Text)) draft.Faults.NotYet(text.Place, $"`method: {text.Text}`", "expected equalWeight or inverseVolatility");
        else draft.Faults.Add(text.Place, new Complaint("UNKNOWN_VALUE", $"unknown value `{Quoted.Short(text.Text)}`", Nearest.Advice(text.Text, [.. Supported.Keys, .. Later])));
        return null;
    }

    private ImmutableArray<Asset> Assets(Section section)
    {
        var assets = section.List("assets", Kinds.Asset);
        foreach (var asset in assets) draft.Targets.Name(asset, section.Blame("assets"));
        if (section["assets"] is YamlNode.List { Items.IsEmpty: true })
            draft.Faults.Add(section.Blame("assets"), "EMPTY", "`assets` is empty", "expected at least one asset");
        return assets;
    }

    private double? ScaleTo(Section scale)
    {
        if (scale.Get<decimal>("max", Kinds.Multiple) is { } max && max != 1)
            draft.Faults.NotYet(scale.Blame("max"), "a `max` other than 1x");
        return scale.Requires("volatility", "20%") ? (double?)scale.Get("volatility", Kinds.PositiveShare(10m)) : null;
    }
}
