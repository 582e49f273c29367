using Ballast.Money;
using Ballast.Numerics.Optimisation;
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
    /// <param name="Chain">The method, and those that stand in where it is refused.</param>
    /// <param name="Budgets">Shares of risk by asset; null for equal ones.</param>
    /// <param name="Market">Weights of the market by asset, for expected returns; null for equal ones.</param>
    /// <param name="Renew">When they are computed again; in between they stay.</param>
    /// <param name="ScaleTo">Annual volatility to scale the whole to, the rest in cash; null for no scaling.</param>
    /// <param name="CostsOver">How long the gain of a trade is weighed against its cost; null where costs do not count.</param>
    public sealed record Compute(
        ImmutableArray<Recipe> Chain, Estimation Estimation, ImmutableArray<Asset> Assets, Duration Lookback, Schedule Renew,
        ImmutableSortedDictionary<Asset, double>? Budgets = null, double? ScaleTo = null, Duration? CostsOver = null, ImmutableSortedDictionary<Asset, double>? Market = null) : TargetNode
    {
        /// <summary>Whether past prices are looked at.</summary>
        public bool NeedsHistory => Chain[0].Method != Method.EqualWeight || ScaleTo is not null;
    }

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
