using Ballast.Numerics.Options;

namespace Ballast.Numerics.Futures;

/// <summary>The last minutes before an expiry that settles on an average: part of the price is already known.</summary>
/// <param name="Remaining">u, the part of the average that is still to come, 0 to 1.</param>
/// <param name="Average">A, the average up to now; counts for nothing where all is still to come.</param>
public readonly record struct SettlementWindow(double Remaining, double Average)
{
    /// <summary>Before the window nothing is known; after it all is.</summary>
    public static SettlementWindow After(double minutes, double windowMinutes, double average) => new(Math.Clamp(1 - minutes / windowMinutes, 0, 1), average);

    /// <summary>The strike that the rest of the average must reach: (K − (1 − u)A)/u; at or below zero the option will surely be exercised (a call) or not (a put).</summary>
    public double EffectiveStrike(double strike) => (strike - (1 - Remaining) * Average) / Remaining;

    /// <summary>The delta to hedge, per coin: u times that of an option on the effective strike.</summary>
    /// <param name="years">To expiry, in years.</param>
    public double Delta(OptionKind kind, double forward, double strike, double years, double volatility)
    {
        if (!(Remaining is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(kind), Remaining, "the part to come lies in [0, 1]");
        if (Remaining == 0) return 0;
        var effective = EffectiveStrike(Price.Checked(strike));
        if (effective <= 0) return kind == OptionKind.Call ? Remaining : 0;
        return Remaining * BlackScholes.OnForward(kind, forward, effective, years, 0, volatility).Delta;
    }

    /// <summary>What Deribit shows of a coin-settled option in its window, to compare with, not to hedge: u (delta − mark in coin).</summary>
    public double ShownNetDelta(double delta, double markInCoin) => Remaining * (delta - markInCoin);
}
