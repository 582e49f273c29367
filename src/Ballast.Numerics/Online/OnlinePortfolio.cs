using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>A rule that chooses each day's weights from the price relatives of the days before; it begins with equal weights and learns day by day.</summary>
/// <remarks>Sources are collected in Li and Hoi (2014), ACM Computing Surveys 46; the rules follow the toolbox that goes with it. Without realistic costs their results are fiction.</remarks>
public abstract class OnlinePortfolio(int assets)
{
    public double[] Weights { get; protected set; } = [.. Enumerable.Repeat(1.0 / assets, assets)];

    /// <summary>Makes the next day's weights once a day has closed.</summary>
    /// <param name="relatives">x: close over previous close, one day a row; rows after the day must not be read.</param>
    /// <param name="day">The row that has just closed.</param>
    public abstract void Learn(Matrix relatives, int day);

    /// <summary>x − x̄, and its squared length.</summary>
    private protected static (double[] Apart, double Square) Demeaned(ReadOnlySpan<double> x)
    {
        var apart = x.ToArray();
        var mean = apart.Average();
        for (var i = 0; i < apart.Length; i++) apart[i] -= mean;
        return (apart, Algebra.Dot(apart, apart));
    }

    /// <summary>Weights moved along a direction and put back on the simplex.</summary>
    private protected double[] Moved(double by, double[] direction) =>
        Simplex.Nearest([.. Weights.Zip(direction, (b, d) => b + by * d)]);
}
