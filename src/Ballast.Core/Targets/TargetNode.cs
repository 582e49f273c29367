using Ballast.Money;
using Ballast.Schedules;

namespace Ballast.Targets;

/// <summary>A level of the target tree, as the portfolio file writes it: weights, a computed set, or sleeves. Closed.</summary>
public abstract record TargetNode
{
    private TargetNode() { }

    /// <summary>Whether what the shares leave over stays in cash; without it they sum to one.</summary>
    public bool CashRest { get; init; }

    /// <summary>Fixed shares of this level.</summary>
    public sealed record Weights(ImmutableArray<TargetWeight> Shares) : TargetNode;

    /// <summary>Shares computed from past prices.</summary>
    /// <param name="Renew">When they are computed again; in between they stay.</param>
    /// <param name="ScaleTo">Annual volatility to scale the whole to, the rest in cash; null for no scaling.</param>
    public sealed record Compute(TargetMethod Method, ImmutableArray<Asset> Assets, Duration Lookback, Schedule Renew, double? ScaleTo) : TargetNode;

    /// <summary>Named parts, each with a share of this level and a node of its own.</summary>
    public sealed record Sleeves(ImmutableArray<Sleeve> Parts) : TargetNode;

    /// <summary>Every asset that the tree names, once, by code.</summary>
    public IEnumerable<Asset> AllAssets => this switch
    {
        Weights w => w.Shares.Select(s => s.Asset).Distinct().Order(),
        Compute c => c.Assets.Distinct().Order(),
        Sleeves s => s.Parts.SelectMany(p => p.Node.AllAssets).Distinct().Order(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>A named part of a portfolio with targets of its own.</summary>
public sealed record Sleeve(string Name, decimal Share, TargetNode Node);

/// <summary>How weights are computed where the file does not give them.</summary>
public enum TargetMethod { EqualWeight, InverseVolatility }
