using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Whether the best of many strategies beats its benchmark once it is counted that it was chosen as the best.</summary>
/// <param name="V">√T max_k f̄_k (White 2000).</param>
/// <param name="PWhite">Share of resamples with a maximum at least as large.</param>
/// <param name="TSpa">max(0, max_k √T f̄_k/ω_k) (Hansen 2005).</param>
/// <param name="PSpaConsistent">Its p-value, with strategies that are clearly worse left out.</param>
/// <param name="PSpaLower">With all strategies that are worse left out.</param>
/// <param name="PSpaUpper">With every strategy kept.</param>
public readonly record struct RealityCheck(double V, double PWhite, double TSpa, double PSpaConsistent, double PSpaLower, double PSpaUpper)
{
    /// <summary>Both tests on differences from the benchmark (a row a period, a column a strategy) and resamples given as rows of zero-based row numbers; ω is the population deviation.</summary>
    public static RealityCheck Of(Matrix differences, IReadOnlyList<int[]> resamples)
    {
        var (length, count) = (differences.RequireFinite().Rows, differences.Columns);
        if (length < 3) throw new ArgumentException($"{length} observations are too few: the recentring needs 3", nameof(differences));
        if (resamples.Count == 0) throw new ArgumentException("no resamples, no p-value", nameof(resamples));
        var strategies = Enumerable.Range(0, count).Select(differences.Column).ToArray();
        var (mean, scale) = (strategies.Select(x => Moments.MeanOf(x)).ToArray(), strategies.Select(x => Moments.Of(x).PopulationDeviation).ToArray());
        if (scale.Contains(0)) throw new ArgumentException("a strategy whose difference does not vary cannot be scaled", nameof(differences));
        var (root, limit) = (Math.Sqrt(length), Math.Sqrt(2 * Math.Log(Math.Log(length))));
        var (v, spa) = (root * mean.Max(), Math.Max(0, root * Enumerable.Range(0, count).Max(k => mean[k] / scale[k])));
        var (white, consistent, lower, upper) = (0, 0, 0, 0);
        foreach (var rows in resamples)
        {
            var drawn = strategies.Select(x => rows.Sum(t => x[t]) / rows.Length).ToArray();
            if (root * Enumerable.Range(0, count).Max(k => drawn[k] - mean[k]) >= v) white++;
            if (Studentised(k => mean[k] >= -scale[k] / root * limit ? mean[k] : 0) >= spa) consistent++;
            if (Studentised(k => Math.Max(mean[k], 0)) >= spa) lower++;
            if (Studentised(k => mean[k]) >= spa) upper++;

            double Studentised(Func<int, double> centre) => Math.Max(0, root * Enumerable.Range(0, count).Max(k => (drawn[k] - centre(k)) / scale[k]));
        }
        double total = resamples.Count;
        return new(v, white / total, spa, consistent / total, lower / total, upper / total);
    }
}
