namespace Ballast.Numerics.Allocation;

/// <summary>The condition that fixes λ in the exact no-trade region: the Riccati solution that starts at the buy edge must end at the sell edge.</summary>
/// <remarks>
/// w' = −(1−γ)w² − (2μ/σ² − 1)w + γ π₋ π₊, w(0) = π₋ = (μ−λ)/(γσ²); sought is w(log(u/l)) = π₊ = (μ+λ)/(γσ²)
/// with u/l = (1−ε)⁻¹ · π₊(π₋−1)/(π₋(π₊−1)). Gerhold et al. (2014), lemma 3.1.
/// </remarks>
internal sealed class FreeBoundary(double excessReturn, double volatility, double riskAversion, double spread)
{
    private readonly double scale = riskAversion * volatility * volatility;

    /// <summary>λ between two bounds, by bisection to the last bit; null where the condition does not change from positive to negative there.</summary>
    public double? Root(double low, double high)
    {
        // The condition is not defined at the ends of the full domain, where an edge reaches 0 or 1.
        var (inside, outside) = (low + 1e-12 * (high - low), high - 1e-12 * (high - low));
        if (!(Miss(inside) > 0 && Miss(outside) < 0)) return null;
        (low, high) = (inside, outside);
        for (var step = 0; step < 200 && low < high; step++)
        {
            var middle = 0.5 * (low + high);
            if (middle == low || middle == high) break;
            if (Miss(middle) > 0) low = middle; else high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <summary>How far above the sell edge the solution ends; infinite where it passes a pole on the way.</summary>
    private double Miss(double lambda)
    {
        var (buy, sell) = ((excessReturn - lambda) / scale, (excessReturn + lambda) / scale);
        var distance = Math.Log(sell * (buy - 1) / (buy * (sell - 1))) - Math.Log(1 - spread);
        return Riccati(riskAversion - 1, 1 - 2 * excessReturn / (volatility * volatility), riskAversion * buy * sell, buy, distance) - sell;
    }

    /// <summary>y(x) of y' = a y² + b y + c, y(0) = start: the quotient of two solutions of a linear system whose matrix squares to (b²/4 − ac) I.</summary>
    private static double Riccati(double a, double b, double c, double start, double x)
    {
        var discriminant = b * b / 4 - a * c;
        var root = Math.Sqrt(Math.Abs(discriminant));
        var even = discriminant >= 0 ? Math.Cosh(root * x) : Math.Cos(root * x);
        var odd = root * x < 1e-9 ? x : (discriminant >= 0 ? Math.Sinh(root * x) : Math.Sin(root * x)) / root;
        var bottom = even - odd * (a * start + b / 2);
        return bottom > 0 ? (start * even + odd * (b / 2 * start + c)) / bottom : double.PositiveInfinity;
    }
}
