using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Execution;

/// <summary>How trading moves a price, in money a unit of the asset.</summary>
/// <param name="Fixed">ε: half the spread and fees, a unit traded.</param>
/// <param name="Temporary">η: the price paid at a rate of one unit a unit of time, gone afterwards.</param>
/// <param name="Permanent">γ: what a unit traded leaves behind.</param>
public sealed record PriceImpact(double Fixed, double Temporary, double Permanent)
{
    /// <summary>The rule of the paper's example: trading 1 % of a day's volume costs one spread while it lasts, and 10 % of it moves the price by one for good; time in days.</summary>
    /// <param name="spread">In money a unit, of which half is paid.</param>
    /// <param name="fee">In money a unit.</param>
    public static PriceImpact OfVolume(double spread, double dailyVolume, double fee = 0) => new(0.5 * spread + fee, spread / (0.01 * dailyVolume), spread / (0.1 * dailyVolume));

    /// <summary>η̃ = η − γτ/2: what a step of this length leaves of the temporary impact once half of the permanent is told apart.</summary>
    public double TemporaryOver(double step) => Temporary - 0.5 * Permanent * step;

    /// <summary>Expected cost and variance of any trades, one a step: E = γX²/2 + ε Σ|n| + (η̃/τ) Σn², V = σ²τ Σx².</summary>
    /// <param name="volatility">σ in money a unit of the asset per √time.</param>
    public ExecutionCost CostOf(double[] trades, double step, double volatility)
    {
        var (left, squares) = (trades.Sum(), 0.0);
        var expected = 0.5 * Permanent * left * left + Fixed * trades.Sum(Math.Abs) + TemporaryOver(step) / step * trades.Sum(n => n * n);
        foreach (var n in trades[..^1])
        {
            left -= n;
            squares += left * left;
        }
        return new(expected, volatility * volatility * step * squares);
    }
}

/// <summary>What a schedule is expected to cost in money against the price at its start, and how surely.</summary>
public readonly record struct ExecutionCost(double Expected, double Variance)
{
    public double StandardDeviation => Math.Sqrt(Variance);
}

/// <summary>The schedule of trades with the least expected cost plus risk aversion times variance.</summary>
/// <param name="Kappa">κ, a unit of time: how fast the holdings fall off.</param>
/// <param name="Holdings">x_0 to x_N: the quantity first, 0 last.</param>
/// <param name="Trades">n_1 to n_N.</param>
/// <remarks>
/// Almgren and Chriss (2000), "Optimal execution of portfolio transactions", J. Risk 3, equations 16 to 20. κ by sinh(κτ/2) = κ̃τ/2, which is cosh(κτ) = 1 + κ̃²τ²/2
/// without its cancellation, and the ratio of sinh by expm1, which neither loses digits for little κT nor overflows for much.
/// </remarks>
public sealed record AlmgrenChriss(double Kappa, double[] Holdings, double[] Trades, ExecutionCost Cost)
{
    /// <summary>1/κ, the time in which holdings fall to 1/e where there is time enough; infinite for a straight line.</summary>
    public double HalfLife => 1 / Kappa;

    /// <param name="quantity">Units to trade; its sign is kept.</param>
    /// <param name="steps">N.</param>
    /// <param name="duration">T.</param>
    /// <param name="volatility">σ in money a unit of the asset per √time, not a fraction.</param>
    /// <param name="riskAversion">λ a unit of money; 0 is a straight line.</param>
    /// <returns><c>ImpactTooPermanent</c> where η − γτ/2 is not above zero; <c>NegativeRiskAversion</c>.</returns>
    public static Answer<AlmgrenChriss> Of(double quantity, int steps, double duration, double volatility, PriceImpact impact, double riskAversion)
    {
        if (!double.IsFinite(quantity)) throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "expected a number");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(duration > 0 && volatility >= 0 && double.IsFinite(duration * volatility))) throw new ArgumentOutOfRangeException(nameof(duration), duration, "duration above zero, volatility not below");
        if (!(impact.Fixed >= 0 && impact.Temporary >= 0 && impact.Permanent >= 0)) throw new ArgumentOutOfRangeException(nameof(impact), impact, "no impact is below zero");
        if (!(riskAversion >= 0)) return new Answer<AlmgrenChriss>.Refused("NegativeRiskAversion", $"a risk aversion of {riskAversion} looks for risk");
        var tau = duration / steps;
        var temporary = impact.TemporaryOver(tau);
        if (!(temporary > 0)) return new Answer<AlmgrenChriss>.Refused("ImpactTooPermanent", $"over a step of {tau:G4} the permanent impact {impact.Permanent:G4} outweighs the temporary {impact.Temporary:G4}: take more steps");
        var kappa = 2 / tau * Math.Asinh(0.5 * tau * Math.Sqrt(riskAversion / temporary) * volatility);
        double[] holdings = [.. Enumerable.Range(0, steps + 1).Select(k => k == steps ? 0 : quantity * Left(kappa * duration, (double)k / steps))];
        double[] trades = [.. Enumerable.Range(0, steps).Select(k => holdings[k] - holdings[k + 1])];
        return new AlmgrenChriss(kappa, holdings, trades, impact.CostOf(trades, tau, volatility));
    }

    /// <summary>sinh(s(1 − t))/sinh(s), of which 1 − t is the limit.</summary>
    private static double Left(double s, double t) => s == 0 ? 1 - t : Math.Exp(-s * t) * (MinusOne(-2 * s * (1 - t)) / MinusOne(-2 * s));

    /// <summary>e^x − 1 with all its digits near 0, as 2 sinh(x/2) e^(x/2).</summary>
    private static double MinusOne(double x) => x < -40 ? -1 : 2 * Math.Sinh(0.5 * x) * Math.Exp(0.5 * x);
}
