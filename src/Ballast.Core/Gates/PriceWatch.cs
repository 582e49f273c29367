using Ballast.Orders;

namespace Ballast.Gates;

/// <summary>What the price of one market at one venue has done lately. Estimates only: nothing is sized from them.</summary>
internal sealed record PriceWatch
{
    /// <summary>Moves after which a usual step is known.</summary>
    private const int Known = 8;

    /// <summary>Prices that must have been believed before they count for more than a new one.</summary>
    private const int Settled = 3;

    /// <summary>How long a price must stay where it jumped to, with another source that says so, and without one.</summary>
    private static readonly Duration Confirmed = Duration.FromSeconds(30), Alone = Duration.FromMinutes(5);

    /// <summary>How long sources must agree again before they are believed.</summary>
    private static readonly Duration Calm = Duration.FromSeconds(10);

    public required TopOfBook Top { get; init; }

    /// <summary>When anything of its best prices last changed.</summary>
    public Instant MovedAt { get; private init; }

    public int Moves { get; private init; }

    /// <summary>Seconds between changes, on an average that forgets.</summary>
    public double Step { get; private init; }

    /// <summary>Changes that a price which stood still has yet to make.</summary>
    public int Thaw { get; private init; }

    /// <summary>The last middle that was believed, and when.</summary>
    public double Believed { get; private init; }

    public Instant BelievedAt { get; private init; }

    /// <summary>How many prices were believed.</summary>
    private int Beliefs { get; init; }

    /// <summary>Where the price jumped to; 0 where it did not.</summary>
    public double Level { get; private init; }

    public Instant LevelSince { get; private init; }

    /// <summary>The jump that is not believed, and the most that would have been.</summary>
    public double Jump { get; private init; }

    public double JumpBound { get; private init; }

    /// <summary>How far it is from its other sources, where they disagreed and have not agreed for long enough since.</summary>
    public double Apart { get; private init; }

    public double ApartBound { get; private init; }

    public bool Disagrees { get; private init; }

    /// <summary>Square of moves in ten seconds, on an average that forgets.</summary>
    private double Variance { get; init; }

    private double Anchor { get; init; }

    private Instant AnchorAt { get; init; }

    private Instant LastApart { get; init; }

    /// <param name="others">The same price by other sources, fresh.</param>
    public static PriceWatch Heard(PriceWatch? before, TopOfBook top, IReadOnlyList<double> others, Instant now, GateLimits limits)
    {
        if (before is null) return IsWhole(top) ? new PriceWatch { Top = top, MovedAt = now }.Believe((double)top.Middle, now).Compare(others, now, limits) : new PriceWatch { Top = top, MovedAt = now };
        if (!IsWhole(top) || top.VenueTime < before.Top.VenueTime) return before with { Top = top };
        return before.Move(top, now, limits).Weigh((double)top.Middle, others, now, limits).Compare(others, now, limits);
    }

    public static bool IsWhole(TopOfBook top) => top.Bid > 0 && top.Ask >= top.Bid;

    /// <summary>For how long it may stand still: never less than ten of its usual steps; null where those are not known yet.</summary>
    public Duration? MayStand(GateLimits limits) => Moves < Known ? null : Duration.Max(limits.PriceStill, Duration.FromSeconds(10 * Step));

    private PriceWatch Move(TopOfBook top, Instant now, GateLimits limits)
    {
        if (top.Bid == Top.Bid && top.Ask == Top.Ask && top.BidSize == Top.BidSize && top.AskSize == Top.AskSize) return this with { Top = top };
        var seconds = (now - MovedAt).TotalSeconds;
        var stood = MayStand(limits) is { } most && now - MovedAt > most;
        // One long pause is no new habit.
        var step = Moves == 0 ? seconds : Step + (Math.Min(seconds, 4 * Step + 1) - Step) / 8;
        return this with { Top = top, MovedAt = now, Moves = Moves + 1, Step = step, Thaw = stood ? 2 : Math.Max(0, Thaw - 1) };
    }

    /// <summary>
    /// A jump is believed when the price stays there and another source says so, or when it stays for long; one that goes back never was. Where hardly anything
    /// is believed yet, the first price may be the wrong one: then neither counts for more, and to go back is to jump again.
    /// </summary>
    private PriceWatch Weigh(double middle, IReadOnlyList<double> others, Instant now, GateLimits limits)
    {
        if (Believed == 0) return Believe(middle, now);
        var (moved, spans) = (Math.Abs(middle / Believed - 1), Math.Sqrt(Math.Max(1, (now - BelievedAt).TotalSeconds / 10)));
        var bound = Math.Max((double)limits.PriceJump, 8 * Math.Sqrt(Variance)) * spans;
        if (Level == 0 ? moved <= bound : Beliefs >= Settled && moved <= JumpBound / 2) return Believe(middle, now);
        if (Level == 0 || Math.Abs(middle / Level - 1) > JumpBound / 2) return this with { Level = middle, LevelSince = now, Jump = moved, JumpBound = Level == 0 ? bound : JumpBound };
        var stays = now - LevelSince;
        return stays >= Alone || stays >= Confirmed && (Beliefs < Settled || others.Any(o => Math.Abs(o / middle - 1) <= GapBound(limits))) ? Believe(middle, now) : this with { Jump = moved };
    }

    private PriceWatch Believe(double middle, Instant now)
    {
        var next = this with { Believed = middle, BelievedAt = now, Beliefs = Beliefs + 1, Level = 0, Jump = 0 };
        // A jump that waited to be believed says nothing of how far the price usually moves: one wrong price would let in the next.
        if (Anchor == 0 || Level > 0) return next with { Anchor = middle, AnchorAt = now };
        if (now - AnchorAt < Duration.FromSeconds(10)) return next;
        var (moved, spans) = (middle / Anchor - 1, (now - AnchorAt).TotalSeconds / 10);
        return next with { Anchor = middle, AnchorAt = now, Variance = Variance + (moved * moved / spans - Variance) / 32 };
    }

    /// <summary>Of three and more the middle one counts, of two each is held against the other. They agree again at half of what parted them.</summary>
    private PriceWatch Compare(IReadOnlyList<double> others, Instant now, GateLimits limits)
    {
        if (others.Count == 0) return Disagrees && now - LastApart >= Calm ? this with { Disagrees = false } : this;
        var (middle, bound) = ((double)Top.Middle, GapBound(limits));
        var apart = Math.Abs(middle / (others.Count == 1 ? others[0] : Median([.. others, middle])) - 1);
        if (apart > (Disagrees ? bound / 2 : bound)) return this with { Apart = apart, ApartBound = bound, Disagrees = true, LastApart = now };
        return Disagrees && now - LastApart >= Calm ? this with { Disagrees = false } : this;
    }

    private double GapBound(GateLimits limits) => Math.Max((double)limits.PriceGap, 3 * (double)((Top.Ask - Top.Bid) / Top.Middle));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
