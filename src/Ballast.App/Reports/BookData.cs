namespace Ballast.App.Reports;

/// <summary>Everything that the page of a derivatives book shows.</summary>
public sealed record BookData : PageData
{
    /// <summary>The price of now.</summary>
    public required double Index { get; init; }

    /// <summary>Gain in money by price, a curve for each day ahead.</summary>
    public required IReadOnlyList<PayoffCurve> Payoffs { get; init; }

    /// <summary>Sensitivities by strike, the lowest first, and by expiry, the soonest first.</summary>
    public required IReadOnlyList<LadderRung> Strikes { get; init; }

    public required IReadOnlyList<LadderRung> Expiries { get; init; }

    /// <summary>Tables over moves of price and changes of volatility.</summary>
    public required IReadOnlyList<HeatMap> Maps { get; init; }

    /// <summary>Where the account is liquidated, as moves of price; null where it is not.</summary>
    public required LiquidationGauge Liquidation { get; init; }

    /// <summary>Margin over equity before the first leg and at each step; empty without legs.</summary>
    public required IReadOnlyList<PathStep> Path { get; init; }

    /// <summary>What no step may exceed.</summary>
    public double? Limit { get; init; }
}

/// <summary>Gain in money at each price.</summary>
public sealed record PayoffCurve(string Name, IReadOnlyList<PayoffPoint> Points);

/// <summary>A price and the gain there, both in money.</summary>
public readonly record struct PayoffPoint(double Price, double Gain);

/// <summary>One rung: coins, coins per 1 %, money per point.</summary>
public sealed record LadderRung(string Name, double Delta, double Gamma, double Vega);

/// <summary>A value for each move of price (across) and change of volatility (down), as text and, from −1 to 1, as a shade.</summary>
public sealed record HeatMap(string Title, string Unit, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, IReadOnlyList<IReadOnlyList<HeatCell>> Cells);

/// <summary>What a cell says, and how strongly it is shaded: below zero for what is bad.</summary>
public readonly record struct HeatCell(string Text, double Shade);

/// <summary>The nearest liquidations below and above.</summary>
public sealed record LiquidationGauge(double? Below, double? Above, double? Sigma);

/// <summary>After a leg: margin over equity then, the worst while it filled, and delta then.</summary>
public sealed record PathStep(string Name, double Margin, double Worst, double Delta);
