namespace Ballast.Numerics.Margin;

/// <summary>How far a risk engine moves implied volatilities: up and down by a part of themselves, more for short expiries.</summary>
/// <param name="Up">The rise, a fraction of the volatility, or points where <see cref="InPoints"/>.</param>
/// <param name="Down">The fall, likewise, not negative.</param>
/// <remarks>m = (pivot/d)^p with d = max(days to expiry, least), p the short power below the pivot and the long one from it on.</remarks>
public sealed record VolatilityRule(double Up, double Down)
{
    public static VolatilityRule None { get; } = new(0, 0);

    /// <summary>What a risen volatility is at least, a fraction per √year; 0 for no floor.</summary>
    public double UpFloor { get; init; }

    /// <summary>Whether the floor is put under the volatility before it rises, instead of under the risen one. Venues' texts leave it open.</summary>
    public bool FloorFirst { get; init; }

    public double ShortPower { get; init; }
    public double LongPower { get; init; }
    public double PivotDays { get; init; } = 30;
    public double LeastDays { get; init; } = 1;

    /// <summary>Whether rise and fall are added instead of multiplied.</summary>
    public bool InPoints { get; init; }

    /// <summary>The volatility of an option with so many years left in that state; never below zero.</summary>
    public double At(VolatilityState state, double volatility, double years)
    {
        if (state == VolatilityState.Same) return volatility;
        var days = Math.Max(365 * years, LeastDays);
        var scale = Math.Pow(PivotDays / days, days < PivotDays ? ShortPower : LongPower);
        if (state == VolatilityState.Down) return Math.Max(0, Moved(volatility, -Down * scale));
        return FloorFirst ? Moved(Math.Max(volatility, UpFloor), Up * scale) : Math.Max(Moved(volatility, Up * scale), UpFloor);
    }

    private double Moved(double volatility, double by) => InPoints ? volatility + by : volatility * (1 + by);
}
