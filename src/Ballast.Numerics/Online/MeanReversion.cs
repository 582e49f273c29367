using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>Buys what is forecast to come back to its average: the nearest weights whose forecast return is ε.</summary>
/// <param name="epsilon">ε.</param>
public abstract class MeanReversion(int assets, double epsilon) : OnlinePortfolio(assets)
{
    /// <summary>x̃, the relatives forecast for the next day; null to keep the weights.</summary>
    private protected abstract double[]? Forecast(Matrix relatives, int day);

    /// <summary>λ = max(0, ε − b·x̃)/‖x̃ − mean‖²; b ← projection of b + λ(x̃ − mean).</summary>
    public sealed override void Learn(Matrix relatives, int day)
    {
        if (Forecast(relatives, day) is not { } forecast) return;
        var (apart, square) = Demeaned(forecast);
        Weights = Moved(square == 0 ? 0 : Math.Max(0, epsilon - Algebra.Dot(Weights, forecast)) / square, apart);
    }
}

/// <summary>Back to the average price of the last days: OLMAR-1 (Li and Hoi 2012).</summary>
/// <param name="window">w, days in the average.</param>
public sealed class MovingAverageReversion(int assets, double epsilon = 10, int window = 5) : MeanReversion(assets, epsilon)
{
    /// <summary>x̃ = (1/w) Σ_{k&lt;w} Π_{j&lt;k} 1/x_{t−j}; the last relatives before w + 1 days are known. The first two days hold equal weights.</summary>
    private protected override double[]? Forecast(Matrix relatives, int day)
    {
        if (day == 0) return null;
        if (day < window) return relatives.Row(day).ToArray();
        var (ratio, sum) = (Enumerable.Repeat(1.0, relatives.Columns).ToArray(), new double[relatives.Columns]);
        for (var k = 0; k < window; k++)
        {
            Algebra.Add(sum, 1.0 / window, ratio);
            for (var i = 0; i < ratio.Length; i++) ratio[i] /= relatives[day - k, i];
        }
        return sum;
    }
}

/// <summary>Back to an exponential average of prices: OLMAR-2 (Li, Hoi, Sahoo and Liu 2015).</summary>
/// <param name="alpha">α, the weight of the last price.</param>
public sealed class ExponentialAverageReversion(int assets, double epsilon = 10, double alpha = 0.5) : MeanReversion(assets, epsilon)
{
    private readonly double[] average = [.. Enumerable.Repeat(1.0, assets)];

    /// <summary>φ ← α + (1 − α) φ/x, φ_0 = 1; unlike OLMAR-1 it moves after the first day.</summary>
    private protected override double[] Forecast(Matrix relatives, int day)
    {
        for (var i = 0; i < average.Length; i++) average[i] = alpha + (1 - alpha) * average[i] / relatives[day, i];
        return average;
    }
}

/// <summary>Back to the L1 median of the last prices: RMR (Huang, Zhou, Li, Hoi and Zhou 2013).</summary>
/// <param name="window">w, days in the median.</param>
public sealed class RobustMedianReversion(int assets, double epsilon = 5, int window = 5) : MeanReversion(assets, epsilon)
{
    private readonly List<double[]> prices = [];

    /// <summary>x̃ = L1 median(P_{t−w+1..t})/P_t once w + 1 days are known, before that the last relatives; P is 1 on the first day.</summary>
    private protected override double[]? Forecast(Matrix relatives, int day)
    {
        prices.Add(day == 0 ? [.. Enumerable.Repeat(1.0, relatives.Columns)] : [.. prices[^1].Zip(relatives.Row(day).ToArray(), (p, x) => p * x)]);
        if (prices[^1].Max() > 1e80) Rescale();
        if (day < window) return relatives.Row(day).ToArray();
        var median = L1Median.Of(Matrix.FromRows([.. prices.TakeLast(window)])).OrThrow();
        return [.. median.Zip(prices[^1], (m, p) => m / p)];
    }

    /// <summary>A common factor of all prices changes no forecast, and keeps their squares in range.</summary>
    private void Rescale()
    {
        var largest = prices[^1].Max();
        foreach (var day in prices)
            for (var i = 0; i < day.Length; i++) day[i] /= largest;
    }
}
