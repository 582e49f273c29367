using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>By what the count of joint moves is divided.</summary>
public enum GerberStatistic
{
    /// <summary>By the periods in which both moved; may be indefinite, and then needs a repair.</summary>
    Original = 0,

    /// <summary>By the periods in which either moved.</summary>
    Neutral = 1,

    /// <summary>By the geometric mean of each asset's own count; always semidefinite.</summary>
    Normalised = 2,
}

/// <summary>Covariance from counting joint moves beyond a threshold, which noise and outliers hardly touch (Gerber, Markowitz, Ernst, Miao, Javid and Sargen 2022, JPM 48).</summary>
public static class Gerber
{
    /// <summary>Σ_ij = G_ij s_i s_j; a move is a return of at least c s_i away from zero, s_i the sample deviation about the mean.</summary>
    /// <param name="returns">T by n, simple returns.</param>
    /// <param name="threshold">c, in standard deviations; 0.5 by custom.</param>
    /// <returns><c>ThresholdOutOfRange</c> unless c is positive and finite; <c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c>.</returns>
    public static Answer<Matrix> Of(Matrix returns, double threshold = 0.5, GerberStatistic statistic = GerberStatistic.Neutral)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<Matrix>();
        if (!(threshold > 0 && double.IsFinite(threshold))) return new Answer<Matrix>.Refused("ThresholdOutOfRange", $"a threshold of {threshold} deviations is not positive");
        double[] deviation = [.. Covariance.Sample(returns).Diagonal().Select(Math.Sqrt)];
        int[][] moves = [.. deviation.Select((s, i) => Moves(returns.Column(i), threshold * s))];
        return Algebra.Filled(returns.Columns, returns.Columns, (i, j) => i == j
            ? deviation[i] * deviation[i]
            : Association(moves[i], moves[j], statistic) * deviation[i] * deviation[j]);
    }

    /// <summary>1 up, −1 down, 0 neither; an asset that never varies has no moves.</summary>
    private static int[] Moves(double[] returns, double beyond) =>
        [.. returns.Select(x => beyond == 0 ? 0 : x >= beyond ? 1 : x <= -beyond ? -1 : 0)];

    private static double Association(int[] a, int[] b, GerberStatistic statistic)
    {
        int sum = 0, both = 0, either = 0, ownA = 0, ownB = 0;
        for (var t = 0; t < a.Length; t++)
        {
            sum += a[t] * b[t];
            both += Math.Abs(a[t] * b[t]);
            either += Math.Abs(a[t] | b[t]) > 0 ? 1 : 0;
            ownA += Math.Abs(a[t]);
            ownB += Math.Abs(b[t]);
        }
        var divisor = statistic switch
        {
            GerberStatistic.Original => both,
            GerberStatistic.Neutral => either,
            GerberStatistic.Normalised => Math.Sqrt((double)ownA * ownB),
            _ => throw new ArgumentOutOfRangeException(nameof(statistic), statistic, "no such statistic"),
        };
        return divisor == 0 ? 0 : sum / divisor;
    }
}
