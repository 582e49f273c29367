namespace Ballast.Numerics.Hedging;

/// <summary>How far a hedge at fixed times misses what the option does, as a standard deviation in money over its life.</summary>
public static class HedgingError
{
    /// <summary>√(π/4) vega σ/√N, at the money (Derman and Kamal 1999, "When you cannot hedge continuously").</summary>
    public static double Rule(double vega, double volatility, int steps) => steps < 1
        ? throw new ArgumentOutOfRangeException(nameof(steps), steps, "there is one step at least")
        : Math.Sqrt(Math.PI / 4) * vega * volatility / Math.Sqrt(steps);

    /// <summary>Σ ½ (σ²Δt)² E[(S²Γ)²] over N equal steps: any strike, to second order in the move; the variance, in money squared.</summary>
    public static double Variance(DollarGamma option, int steps)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, "there is one step at least");
        var (interval, sum) = (option.Years / steps, 0.0);
        for (var i = 0; i < steps; i++) sum += option.Expected(2, 0, i * interval);
        var spread = option.Volatility * option.Volatility * interval;
        return 0.5 * spread * spread * sum;
    }
}
