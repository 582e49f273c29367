using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>What a covariance says about a portfolio: its volatility, who carries it, and how far it is from its target.</summary>
/// <remarks>Results are per the period of the covariance. Every method throws where the covariance is asymmetric, not finite or gives a negative variance.</remarks>
public static class PortfolioRisk
{
    /// <summary>σ_P = √(w'Σw).</summary>
    public static double Volatility(ReadOnlySpan<double> weights, Matrix covariance) => Math.Sqrt(Variance(weights, covariance));

    /// <summary>TE = √((w−t)'Σ(w−t)).</summary>
    public static double TrackingError(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, Matrix covariance) =>
        Volatility(Difference(weights, targets), covariance);

    /// <summary>(Σw)_i/σ_P: what one more point of each asset adds to volatility; null where the portfolio has no risk.</summary>
    public static double[]? Marginal(ReadOnlySpan<double> weights, Matrix covariance) =>
        Volatility(weights, covariance) is var volatility and > 0 ? [.. covariance.Times(weights).Select(x => x / volatility)] : null;

    /// <summary>RC_i = w_i(Σw)_i/σ_P²: they sum to one, and a hedge has a negative one; null where the portfolio has no risk.</summary>
    public static double[]? Shares(ReadOnlySpan<double> weights, Matrix covariance)
    {
        var variance = Variance(weights, covariance);
        if (variance == 0) return null;
        var shares = covariance.Times(weights);
        for (var i = 0; i < shares.Length; i++) shares[i] *= weights[i] / variance;
        return shares;
    }

    /// <summary>max_i |RC_i(w) − RC_i(t)|; null where either portfolio has no risk.</summary>
    public static double? MaxShareDrift(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, Matrix covariance) =>
        Shares(weights, covariance) is { } held && Shares(targets, covariance) is { } wanted
            ? held.Zip(wanted, (a, b) => Math.Abs(a - b)).Max()
            : null;

    /// <summary>Σ RC_i²; null where the portfolio has no risk.</summary>
    public static double? HhiOfShares(ReadOnlySpan<double> weights, Matrix covariance) =>
        Shares(weights, covariance)?.Sum(share => share * share);

    /// <summary>Herfindahl–Hirschman index Σ w_i²; a book with short positions is measured by |w_i|/Σ|w_j|.</summary>
    public static double Hhi(ReadOnlySpan<double> weights)
    {
        double squares = 0, gross = 0;
        var isShort = false;
        foreach (var w in weights)
        {
            squares += w * w;
            gross += Math.Abs(w);
            isShort |= w < 0;
        }
        return isShort ? squares / gross / gross : squares;
    }

    /// <summary>1/HHI: how many equal positions would be as concentrated; null where nothing is held.</summary>
    public static double? EffectiveNumber(ReadOnlySpan<double> weights) => Hhi(weights) is var hhi and > 0 ? 1 / hhi : null;

    /// <summary>exp(−Σ w ln w) over the positive weights.</summary>
    public static double EntropyNumber(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var w in weights) if (w > 0) sum -= w * Math.Log(w);
        return Math.Exp(sum);
    }

    /// <summary>w's/σ_P, at least one for a long-only portfolio (Choueifaty and Coignard 2008); null where the portfolio has no risk.</summary>
    public static double? DiversificationRatio(ReadOnlySpan<double> weights, Matrix covariance)
    {
        var volatility = Volatility(weights, covariance);
        var apart = 0.0;
        for (var i = 0; i < weights.Length; i++) apart += weights[i] * Math.Sqrt(Math.Max(0, covariance[i, i]));
        return volatility > 0 ? apart / volatility : null;
    }

    /// <summary>½ γ h (w−t)'Σ(w−t): the utility lost by holding w instead of t for a horizon h in the covariance's periods.</summary>
    public static double QuadraticGain(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, Matrix covariance, double riskAversion, double horizon = 1) =>
        0.5 * riskAversion * horizon * Variance(Difference(weights, targets), covariance);

    private static double Variance(ReadOnlySpan<double> weights, Matrix covariance)
    {
        covariance.RequireSymmetric();
        var row = covariance.Times(weights);
        double sum = 0, size = 0;
        for (var i = 0; i < row.Length; i++)
        {
            sum += weights[i] * row[i];
            size += weights[i] * weights[i] * Math.Abs(covariance[i, i]);
        }
        if (!double.IsFinite(sum)) throw new ArgumentException("the weights are not finite");
        // A semidefinite matrix may give a negative sum by rounding alone, never by more than this.
        return sum >= 0 ? sum : -sum <= 1e-10 * size ? 0 : throw new ArgumentException($"the covariance gives a negative variance, {sum:R}");
    }

    private static double[] Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} weights against {b.Length} targets");
        var difference = new double[a.Length];
        for (var i = 0; i < a.Length; i++) difference[i] = a[i] - b[i];
        return difference;
    }
}
