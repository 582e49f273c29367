using System.Text.Json.Serialization;

namespace Ballast.App.Reports;

/// <summary>The efficient frontier with what lies beside it. Volatilities and returns are fractions a year, weights fractions of value.</summary>
/// <remarks>Between two turning points weights are linear and the curve is not, so that points are wanted between them as well: about 100 in all.</remarks>
public sealed record FrontierCurve
{
    /// <summary>From the least volatility to the greatest return, both rising.</summary>
    public required IReadOnlyList<FrontierPoint> Points { get; init; }

    /// <summary>The assets in the order of every list of weights.</summary>
    public required IReadOnlyList<FrontierAsset> Assets { get; init; }

    /// <summary>The portfolios that have a name, each kind at most once.</summary>
    public required IReadOnlyList<MarkedPortfolio> Marks { get; init; }

    /// <summary>Return without risk; the capital line is drawn from it through <see cref="Mark.MaxSharpe"/>. Null where none was given.</summary>
    public double? RiskFree { get; init; }
}

/// <summary>One efficient portfolio.</summary>
/// <param name="Turning">The set of assets strictly between their bounds changes here.</param>
public sealed record FrontierPoint(double Volatility, double Return, bool Turning);

/// <summary>An asset held alone, and what the frontier holds of it.</summary>
/// <param name="Weights">One for each of <see cref="FrontierCurve.Points"/>.</param>
public sealed record FrontierAsset(string Name, double Volatility, double Return, IReadOnlyList<double> Weights);

/// <summary>A portfolio with a name and a place in the picture.</summary>
/// <param name="Weights">One for each of <see cref="FrontierCurve.Assets"/>.</param>
public sealed record MarkedPortfolio(Mark Kind, double Volatility, double Return, IReadOnlyList<double> Weights);

/// <summary>Which portfolio a mark shows.</summary>
public enum Mark
{
    [JsonStringEnumMemberName("current")]
    Current,

    [JsonStringEnumMemberName("chosen")]
    Chosen,

    [JsonStringEnumMemberName("minVariance")]
    MinVariance,

    [JsonStringEnumMemberName("maxSharpe")]
    MaxSharpe,
}
