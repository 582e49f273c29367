using System.Text.Json.Serialization;

namespace Ballast.App.Reports;

/// <summary>Everything that a back-test report says, ready to be drawn: text is to be read as it is, numbers are for ink only.</summary>
/// <remarks>
/// The JSON block of the page is this record in camelCase; <c>Web/desk/types.ts</c> reads it. Series are thinned by the caller
/// to about 1,500 points, and each has one value for each of <see cref="Times"/>.
/// </remarks>
public sealed record ReportData : PageData
{
    /// <summary>The asset in which value is counted.</summary>
    public required string Base { get; init; }

    /// <summary>Key figures of the policy beside holding.</summary>
    public required IReadOnlyList<KeyFigure> Figures { get; init; }

    /// <summary>Losses and the shape of returns, of the policy beside holding.</summary>
    public required IReadOnlyList<KeyFigure> Losses { get; init; }

    /// <summary>End of each bar in milliseconds since 1970 UTC, rising.</summary>
    public required IReadOnlyList<long> Times { get; init; }

    /// <summary>Value of the policy, in base.</summary>
    public required IReadOnlyList<double> Equity { get; init; }

    /// <summary>Value of buying the same targets once and holding them, in base.</summary>
    public required IReadOnlyList<double> Hold { get; init; }

    /// <summary>Fall of the policy from its last high, from -1 to 0.</summary>
    public required IReadOnlyList<double> Fall { get; init; }

    /// <summary>Fall of holding from its last high, from -1 to 0.</summary>
    public required IReadOnlyList<double> HoldFall { get; init; }

    public required IReadOnlyList<AssetHistory> Assets { get; init; }

    public required IReadOnlyList<RebalanceMark> Rebalances { get; init; }

    /// <summary>Cost so far in base: fees, spread and impact as modelled.</summary>
    public required IReadOnlyList<double> Cost { get; init; }

    /// <summary>Traded so far, both sides, in multiples of value.</summary>
    public required IReadOnlyList<double> Turnover { get; init; }

    public required IReadOnlyList<YearOfMonths> Months { get; init; }

    public required IReadOnlyList<TradeLine> Trades { get; init; }

    /// <summary>The same history with neighbouring settings; null when they were not run.</summary>
    public IReadOnlyList<PolicyRun>? Neighbours { get; init; }
}

/// <summary>One measure of the policy and of holding, as text.</summary>
public sealed record KeyFigure(string Name, string Hint, string Policy, string Hold, Comparison Result);

/// <summary>Whether the policy did better than holding by one measure; <see cref="None"/> where more is neither.</summary>
public enum Comparison
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("better")]
    Better,

    [JsonStringEnumMemberName("worse")]
    Worse,
}

/// <summary>What one asset weighed, how far it drifted and what risk it carried.</summary>
public sealed record AssetHistory
{
    public required string Name { get; init; }

    /// <summary>Target weight at the end, as a fraction of value; it also orders the colours.</summary>
    public required double Target { get; init; }

    /// <summary>Drift at which the policy acts, as a fraction of value and usually negative; null without a band.</summary>
    public double? BandLow { get; init; }

    /// <summary>Drift at which the policy acts, as a fraction of value and usually positive; null without a band.</summary>
    public double? BandHigh { get; init; }

    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Weight less the target of that time, as a fraction of value.</summary>
    public required IReadOnlyList<double> Drift { get; init; }

    /// <summary>Share of the portfolio's variance at the end; negative for what hedges.</summary>
    public required double RiskShare { get; init; }

    /// <summary>Share of the variance at the end had the first purchase been held; null where there was none.</summary>
    public double? HoldRiskShare { get; init; }

    public required double AverageWeight { get; init; }

    public required double AverageRiskShare { get; init; }
}

/// <summary>A rebalance at a position of <see cref="ReportData.Times"/>, with the rule that fired in words.</summary>
public sealed record RebalanceMark(int Index, string Reason);

/// <summary>Returns of January to December as fractions, null where there is no history, and of the year.</summary>
public sealed record YearOfMonths(int Year, IReadOnlyList<double?> Returns, double Total);

/// <summary>One fill, as text.</summary>
public sealed record TradeLine(
    string Time, TradeSide Side, string Asset, string Quantity, string Price, string Value, string Fee, string Reason);

/// <summary>Which way a fill went.</summary>
public enum TradeSide
{
    [JsonStringEnumMemberName("buy")]
    Buy,

    [JsonStringEnumMemberName("sell")]
    Sell,
}
