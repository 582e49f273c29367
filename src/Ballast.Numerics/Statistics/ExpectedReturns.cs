using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Expected returns by the capital asset pricing model.</summary>
/// <param name="Mean">rf + β_i (x̄_m − rf), per period.</param>
/// <param name="Beta">β_i = cov(x_i, x_m)/var(x_m).</param>
public sealed record CapmMeans(double[] Mean, double[] Beta);

/// <summary>Expected returns per period of a table of simple returns: T rows, oldest first, by n assets.</summary>
/// <remarks>All refuse with <c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c> where the table has none. A year's arithmetic mean is A x̄, its geometric one (1 + g)^A − 1.</remarks>
public static class ExpectedReturns
{
    /// <summary>x̄: what an optimiser of one period takes.</summary>
    public static Answer<double[]> Arithmetic(Matrix returns) =>
        Fault.OfReturns(returns) is { } fault ? fault.As<double[]>() : Columns(returns, x => Moments.MeanOf(x));

    /// <summary>g = (Π(1 + x_t))^(1/T) − 1: what an investor who only holds has earned.</summary>
    /// <returns><c>ReturnBelowMinusOne</c> where a return loses more than everything.</returns>
    public static Answer<double[]> Geometric(Matrix returns)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<double[]>();
        if (Array.FindIndex(returns.Cells, x => x < -1) is var at and >= 0)
            return new Answer<double[]>.Refused("ReturnBelowMinusOne", $"[{at / returns.Columns},{at % returns.Columns}] is {returns.Cells[at]:R}");
        return Columns(returns, column => Math.Exp(column.Average(x => Math.Log(1 + x))) - 1);
    }

    /// <summary>Weights (1 − α)^(T−1−t), normalised.</summary>
    /// <param name="alpha">α in (0, 1): see <see cref="AlphaOfSpan"/> and <see cref="AlphaOfHalfLife"/>; 1 − λ in RiskMetrics' terms.</param>
    /// <returns><c>ParameterOutOfRange</c> unless α lies in (0, 1).</returns>
    public static Answer<double[]> ExponentiallyWeighted(Matrix returns, double alpha)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<double[]>();
        if (!(alpha > 0 && alpha < 1)) return new Answer<double[]>.Refused("ParameterOutOfRange", $"a weight of {alpha} for the last return is not in (0, 1)");
        double[] weights = [.. Enumerable.Range(0, returns.Rows).Select(t => Math.Pow(1 - alpha, returns.Rows - 1 - t))];
        return Columns(returns, x => Algebra.Dot(weights, x) / weights.Sum());
    }

    /// <summary>α = 2/(span + 1), span in periods.</summary>
    public static double AlphaOfSpan(double span) => 2 / (span + 1);

    /// <summary>α = 1 − 0.5^(1/halflife), half-life in periods.</summary>
    public static double AlphaOfHalfLife(double halfLife) => 1 - Math.Pow(0.5, 1 / halfLife);

    /// <summary>rf + β_i (x̄_m − rf); covariance and variance have the divisor T − 1.</summary>
    /// <param name="market">T returns of the market.</param>
    /// <param name="riskFree">rf per period.</param>
    /// <returns><c>ConstantMarket</c> where the market never moves; <c>DimensionMismatch</c> where it has another length.</returns>
    public static Answer<CapmMeans> Capm(Matrix returns, double[] market, double riskFree = 0)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<CapmMeans>();
        if (market.Length != returns.Rows) return new Answer<CapmMeans>.Refused("DimensionMismatch", $"{market.Length} returns of the market for {returns.Rows} periods");
        if (!market.Append(riskFree).All(x => Math.Abs(x) <= Fault.Largest)) return new Answer<CapmMeans>.Refused("NotFinite", "the market's returns and the risk-free one must be numbers");
        var moments = Moments.Of(market);
        if (!(moments.SumSquares > Fault.Smallest)) return new Answer<CapmMeans>.Refused("ConstantMarket", $"every return of the market is {market[0]:R}");
        var beta = Columns(returns, x => Correlation.CrossProduct(x, market) / moments.SumSquares);
        return new CapmMeans([.. beta.Select(b => riskFree + b * (moments.Mean - riskFree))], beta);
    }

    internal static double[] Columns(Matrix returns, Func<double[], double> of) =>
        [.. Enumerable.Range(0, returns.Columns).Select(i => of(returns.Column(i)))];
}
