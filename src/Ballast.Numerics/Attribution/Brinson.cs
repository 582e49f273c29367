using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Attribution;

/// <summary>Why a portfolio's return differed from its benchmark's in one period, segment by segment.</summary>
/// <param name="Portfolio">R_P = Σ w_p r_p.</param>
/// <param name="Benchmark">R_B = Σ w_b r_b.</param>
/// <param name="AllocationBF">(w_p − w_b)(r_b − R_B): Brinson and Fachler 1985.</param>
/// <param name="AllocationBHB">(w_p − w_b) r_b: Brinson, Hood and Beebower 1986.</param>
/// <param name="Selection">w_b (r_p − r_b).</param>
/// <param name="Interaction">(w_p − w_b)(r_p − r_b).</param>
public sealed record Brinson(double Portfolio, double Benchmark, double[] AllocationBF, double[] AllocationBHB, double[] Selection, double[] Interaction)
{
    /// <summary>Effects whose sum, with either allocation, is R_P − R_B; weights and simple returns, one an asset or segment.</summary>
    /// <returns><c>TargetsNotNormalised</c> where weights do not sum to one, or <c>NotFinite</c>.</returns>
    public static Answer<Brinson> Of(double[] portfolioWeights, double[] benchmarkWeights, double[] portfolioReturns, double[] benchmarkReturns)
    {
        Elements.RequireSameLength(portfolioWeights.Length, benchmarkWeights.Length, portfolioReturns.Length, benchmarkReturns.Length);
        double[] all = [.. portfolioWeights, .. benchmarkWeights, .. portfolioReturns, .. benchmarkReturns];
        if (!all.All(double.IsFinite)) return new Answer<Brinson>.Refused("NotFinite", "weights and returns must be numbers");
        foreach (var weights in (double[][])[portfolioWeights, benchmarkWeights])
            if (Math.Abs(weights.Sum() - 1) > Elements.SumTolerance) return new Answer<Brinson>.Refused("TargetsNotNormalised", $"weights sum to {weights.Sum():R}, not to 1");
        double Sum(double[] w, double[] r) => w.Zip(r, (a, b) => a * b).Sum();
        double[] Each(Func<int, double> of) => [.. Enumerable.Range(0, portfolioWeights.Length).Select(of)];
        var benchmark = Sum(benchmarkWeights, benchmarkReturns);
        return new Brinson(
            Sum(portfolioWeights, portfolioReturns),
            benchmark,
            Each(i => (portfolioWeights[i] - benchmarkWeights[i]) * (benchmarkReturns[i] - benchmark)),
            Each(i => (portfolioWeights[i] - benchmarkWeights[i]) * benchmarkReturns[i]),
            Each(i => benchmarkWeights[i] * (portfolioReturns[i] - benchmarkReturns[i])),
            Each(i => (portfolioWeights[i] - benchmarkWeights[i]) * (portfolioReturns[i] - benchmarkReturns[i])));
    }
}
