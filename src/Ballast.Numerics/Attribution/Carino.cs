using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Attribution;

/// <summary>Factors that make effects of single periods add up to the difference of the compounded returns (Cariño 1999).</summary>
/// <param name="K">k = (ln(1+R_P) − ln(1+R_B))/(R_P − R_B) of the compounded returns.</param>
/// <param name="PerPeriod">k_t, the same of each period.</param>
/// <param name="Linked">(r_p − r_b) k_t/k: they sum to the total.</param>
/// <param name="Total">R_P − R_B.</param>
public sealed record Carino(double K, double[] PerPeriod, double[] Linked, double Total)
{
    /// <summary>From simple returns of equally many periods.</summary>
    /// <returns><c>ReturnBelowMinusOne</c> where a return is −1 or less, which has no logarithm; <c>NotFinite</c>; <c>TooFewObservations</c> for none.</returns>
    public static Answer<Carino> Of(double[] portfolio, double[] benchmark)
    {
        Elements.RequireSameLength(portfolio.Length, benchmark.Length);
        double[] all = [.. portfolio, .. benchmark];
        if (all.Length == 0) return new Answer<Carino>.Refused("TooFewObservations", "there is no period");
        if (!all.All(double.IsFinite)) return new Answer<Carino>.Refused("NotFinite", "returns must be numbers");
        if (all.Min() <= -1) return new Answer<Carino>.Refused("ReturnBelowMinusOne", $"a return of {all.Min():R} has no logarithm");
        var (earned, expected) = (Compounded(portfolio), Compounded(benchmark));
        var k = Factor(earned, expected);
        double[] each = [.. portfolio.Zip(benchmark, Factor)];
        return new Carino(k, each, [.. each.Select((factor, t) => (portfolio[t] - benchmark[t]) * factor / k)], earned - expected);
    }

    /// <summary>One period's effects, scaled so that those of all periods sum to the total.</summary>
    public double[] Link(int period, double[] effects) => [.. effects.Select(effect => effect * PerPeriod[period] / K)];

    private static double Compounded(double[] returns) => returns.Aggregate(1.0, (wealth, r) => wealth * (1 + r)) - 1;

    /// <summary>Equal returns take the limit 1/(1+R).</summary>
    private static double Factor(double a, double b) => a == b ? 1 / (1 + a) : Math.Log((1 + a) / (1 + b)) / (a - b);
}
