namespace Ballast.App.Reports;

/// <summary>Everything that the page of a chain's smiles says.</summary>
public sealed record SmileData : PageData
{
    public required IReadOnlyList<SmileCurve> Smiles { get; init; }
}

/// <summary>One expiry: what the venue said of each strike, and the curve; volatilities as fractions a year, strikes as k = ln(K/F).</summary>
/// <param name="Cells">What the table says of it, below <see cref="Heads"/>.</param>
public sealed record SmileCurve(string Name, string Underlying, IReadOnlyList<SmilePoint> Marks, IReadOnlyList<SmilePoint> Fitted, IReadOnlyList<string> Cells)
{
    public static IReadOnlyList<string> Heads { get; } = ["Expiry", "Middle", "Skew 25", "Fly 25", "Rms", "Worst", "Least g", "Strikes", "Fit"];
}

/// <summary>A volatility at a log-moneyness.</summary>
public readonly record struct SmilePoint(double K, double Volatility);
