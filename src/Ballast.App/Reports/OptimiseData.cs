namespace Ballast.App.Reports;

/// <summary>Everything that the page of chosen weights says: what is held, what would be held, and what carries the risk before and after.</summary>
public sealed record OptimiseData : PageData
{
    /// <summary>Volatility, largest risk share, expected return, turnover, cost: before and after, as text.</summary>
    public required IReadOnlyList<FigureChange> Figures { get; init; }

    public required IReadOnlyList<AssetChange> Assets { get; init; }

    /// <summary>The tree of <c>hrp</c> and <c>herc</c>; null for other methods.</summary>
    public Dendrogram? Tree { get; init; }

    /// <summary>Null where no expected returns are known, or where the frontier was not asked for.</summary>
    public FrontierCurve? Frontier { get; init; }
}

/// <summary>One measure before and after, as text; <see cref="Before"/> is empty where nothing was held.</summary>
public sealed record FigureChange(string Name, string Hint, string Before, string After, Comparison Result);

/// <summary>What one asset weighs and which share of the variance it carries, before and after; both are fractions.</summary>
public sealed record AssetChange
{
    public required string Name { get; init; }

    /// <summary>Null where the current weights are not known; then for every asset, and <see cref="RiskBefore"/> too.</summary>
    public double? Before { get; init; }

    public required double After { get; init; }

    public double? RiskBefore { get; init; }

    /// <summary>Negative for what hedges.</summary>
    public required double RiskAfter { get; init; }

    /// <summary>What keeps the weight where it is: <c>at its maximum</c>; empty for nothing.</summary>
    public string Note { get; init; } = "";
}
