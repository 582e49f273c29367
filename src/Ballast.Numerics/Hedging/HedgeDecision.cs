namespace Ballast.Numerics.Hedging;

/// <summary>Everything that one decision about a hedge is made of, in the unit of delta (coins) and in years.</summary>
/// <param name="Delta">Of the position with its hedge.</param>
/// <param name="Target">What delta should be.</param>
/// <param name="Time">Now, in years, on any clock that the memory uses too.</param>
public readonly record struct HedgeLook(double Delta, double Target, HedgeBand Band, double Time)
{
    /// <summary>Whether it is time to trade to the target whatever the band says.</summary>
    public bool Due { get; init; }

    /// <summary>What can be traded is a multiple of this; 0 where anything can.</summary>
    public double Lot { get; init; }

    /// <summary>Trades below this are not made.</summary>
    public double LeastTrade { get; init; }

    /// <summary>How long after a trade one the other way has to wait, in years, unless delta is further out than twice its band.</summary>
    public double TurnAfter { get; init; }
}

/// <summary>What has to be known of the past: when the last trade was and which way (+1 bought, −1 sold, 0 none yet).</summary>
public readonly record struct HedgeMemory(double Time, int Direction);

/// <summary>Why a hedge is traded, or is not.</summary>
public enum HedgeReason { InsideBand, OutsideBand, Due, BelowLot, TurnsTooSoon }

/// <summary>The answer to one look.</summary>
/// <param name="Trade">What to buy (above zero) or sell (below), in the unit of delta; 0 for nothing.</param>
/// <param name="Distance">Delta less target, which the decision was about.</param>
/// <param name="Memory">What to pass to the next look if the trade is done.</param>
/// <param name="BandRaised">Whether the band had to be widened to half a lot on a side.</param>
public readonly record struct HedgeStep(double Trade, HedgeReason Reason, double Distance, HedgeMemory Memory, bool BandRaised);

/// <summary>Whether to trade a hedge now, and how much: the one function that back-tests, plans and loops ask.</summary>
public static class HedgeDecision
{
    // Of a lot, and of the deltas: above the rounding of sums of doubles, far below anything that is traded.
    private const double LotSlack = 1e-9, Slack = 1e-12;

    /// <summary>Trades when delta is outside its band or when it is time, rounds towards no trade, and does not turn at once.</summary>
    public static HedgeStep Decide(HedgeLook look, HedgeMemory memory)
    {
        Check(look);
        var (band, raised) = look.Band.FitFor(look.Lot);
        var distance = look.Delta - look.Target;
        var isAbove = distance > 0;
        var allowed = isAbove ? band.Above : band.Below;
        var isOutside = Math.Abs(distance) > allowed + LotSlack * look.Lot + Slack * (Math.Abs(look.Delta) + Math.Abs(look.Target));
        HedgeStep Keep(HedgeReason reason) => new(0, reason, distance, memory, raised);

        if (!isOutside && !look.Due) return Keep(HedgeReason.InsideBand);
        var destination = look.Due ? look.Target : band.Destination(look.Target, isAbove);
        var trade = Whole(destination - look.Delta, look.Lot);
        if (trade == 0 || Math.Abs(trade) < look.LeastTrade) return Keep(HedgeReason.BelowLot);
        var direction = Math.Sign(trade);
        var turns = memory.Direction == -direction && look.Time - memory.Time < look.TurnAfter;
        if (turns && Math.Abs(distance) <= 2 * allowed) return Keep(HedgeReason.TurnsTooSoon);
        return new(trade, look.Due ? HedgeReason.Due : HedgeReason.OutsideBand, distance, new(look.Time, direction), raised);
    }

    private static double Whole(double trade, double lot) =>
        lot == 0 ? trade : Math.Truncate(trade / lot + Math.Sign(trade) * LotSlack) * lot;

    private static void Check(HedgeLook look)
    {
        if (!double.IsFinite(look.Delta)) throw new ArgumentOutOfRangeException(nameof(look), look.Delta, "a delta is finite");
        if (!double.IsFinite(look.Target)) throw new ArgumentOutOfRangeException(nameof(look), look.Target, "a target is finite");
        if (!double.IsFinite(look.Time)) throw new ArgumentOutOfRangeException(nameof(look), look.Time, "a time is finite");
        if (!(look.Band.Below >= 0 && look.Band.Above >= 0)) throw new ArgumentOutOfRangeException(nameof(look), look.Band, "a band is not negative");
        if (!(look.Lot >= 0 && double.IsFinite(look.Lot))) throw new ArgumentOutOfRangeException(nameof(look), look.Lot, "a lot is not negative");
        if (!(look.LeastTrade >= 0)) throw new ArgumentOutOfRangeException(nameof(look), look.LeastTrade, "a least trade is not negative");
        if (!(look.TurnAfter >= 0)) throw new ArgumentOutOfRangeException(nameof(look), look.TurnAfter, "a wait is not negative");
    }
}
