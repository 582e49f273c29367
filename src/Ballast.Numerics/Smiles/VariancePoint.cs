namespace Ballast.Numerics.Smiles;

/// <summary>Total variance w = σ²T at one log-moneyness, with its first two derivatives by it.</summary>
public readonly record struct VariancePoint(double Value, double Slope, double Curvature)
{
    /// <summary>Durrleman's g(k) = (1 − kw'/2w)² − (w'²/4)(1/w + 1/4) + w''/2: the density that the smile implies has its sign.</summary>
    /// <remarks>Gatheral and Jacquier (2014), "Arbitrage-free SVI volatility surfaces", equation 2.1.</remarks>
    public double Butterfly(double k)
    {
        var lean = 1 - k * Slope / (2 * Value);
        return lean * lean - Slope * Slope / 4 * (1 / Value + 0.25) + Curvature / 2;
    }

    public static VariancePoint operator +(VariancePoint a, VariancePoint b) => new(a.Value + b.Value, a.Slope + b.Slope, a.Curvature + b.Curvature);

    public static VariancePoint operator *(double factor, VariancePoint a) => new(factor * a.Value, factor * a.Slope, factor * a.Curvature);
}
