using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Futures;

/// <summary>What longs pay shorts for an interval, as a fraction of the position: a rate is nothing without its interval.</summary>
public readonly record struct FundingRate
{
    /// <summary>A greater rate in one interval is taken for a wrong unit until somebody confirms it.</summary>
    public const double Extreme = 0.03;

    private FundingRate(double rate, double intervalHours) => (Rate, IntervalHours) = (rate, intervalHours);

    /// <summary>A fraction an interval; above zero, longs pay.</summary>
    public double Rate { get; }

    /// <summary>Hours that the rate is quoted for: 8, 4 or 1 at most venues.</summary>
    public double IntervalHours { get; }

    /// <summary>A year of such intervals, without compounding.</summary>
    public double AYear => Rate * 8760 / IntervalHours;

    /// <param name="confirmed">Whether somebody stands behind a rate above 3 %.</param>
    /// <returns><c>FundingWithoutInterval</c>; <c>ConfirmExtreme</c>; <c>NotFinite</c>.</returns>
    public static Answer<FundingRate> Of(double rate, double? intervalHours, bool confirmed = false) =>
        !double.IsFinite(rate) ? new Answer<FundingRate>.Refused("NotFinite", $"a funding rate is {rate}")
        : intervalHours is not > 0 || !double.IsFinite(intervalHours.Value) ? new Answer<FundingRate>.Refused("FundingWithoutInterval", $"a funding rate of {rate:P4} for how many hours?")
        : Math.Abs(rate) > Extreme && !confirmed ? new Answer<FundingRate>.Refused("ConfirmExtreme", $"{rate:P2} in {intervalHours:0.##} hours is more than {Extreme:P0}: is it a fraction?")
        : new FundingRate(rate, intervalHours.Value);

    /// <summary>What a linear position of so many coins receives over so many hours, in money.</summary>
    public double ToLinear(double coins, double index, double hours) => -coins * Price.Checked(index) * Rate * (hours / IntervalHours);

    /// <summary>What an inverse position of so much money receives over so many hours, in coins.</summary>
    public double ToInverse(double notional, double index, double hours) => -(notional / Price.Checked(index)) * Rate * (hours / IntervalHours);
}
