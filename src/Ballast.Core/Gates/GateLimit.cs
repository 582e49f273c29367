namespace Ballast.Gates;

/// <summary>One limit that a portfolio file may set: its key, its bounds, and where it stands among the limits. More is looser, but for a wait.</summary>
/// <param name="Key">As in the section <c>safety</c> of the file.</param>
/// <param name="Code">Of the check that it belongs to.</param>
/// <param name="Ceiling">The loosest that any file may set; money in the base asset, spans in seconds.</param>
/// <param name="Words">What it bounds, as the end of a sentence that begins with the limit.</param>
public sealed record GateLimit(string Key, string Code, LimitUnit Unit, decimal Ceiling, string Words, Func<GateLimits, decimal> Of, Func<GateLimits, decimal, GateLimits> With)
{
    /// <summary>All of them, in the order of the checks.</summary>
    public static ImmutableArray<GateLimit> All { get; } =
    [
        new("orderShare", "L1", LimitUnit.Share, 0.25m, "of the value is the most of one order", l => l.OrderShare, (l, v) => l with { OrderShare = v }),
        new("orderMost", "L1", LimitUnit.Money, 10_000_000m, "is the most of one order", l => l.OrderMost, (l, v) => l with { OrderMost = v }),
        new("depthShare", "L2", LimitUnit.Share, 0.5m, "of what stands in the book within 50 bps is the most of one order", l => l.DepthShare, (l, v) => l with { DepthShare = v }),
        new("volumeShare", "L2", LimitUnit.Share, 0.1m, "of a day's volume is the most of one order", l => l.VolumeShare, (l, v) => l with { VolumeShare = v }),
        new("blindShare", "L2", LimitUnit.Share, 0.05m, "of the value is the most of one order where no book is known", l => l.BlindShare, (l, v) => l with { BlindShare = v }),
        new("collar", "L3", LimitUnit.Share, 0.05m, "from the middle, or three spreads, is the furthest that an order is priced", l => l.Collar, (l, v) => l with { Collar = v }),
        new("weightSlack", "L4", LimitUnit.Share, 0.2m, "above its bound is the most that a weight may come while orders are out", l => l.WeightSlack, (l, v) => l with { WeightSlack = v }),
        new("exposure", "L5", LimitUnit.Multiple, 20m, "of the value is the most that one contract exposes", l => l.Exposure, (l, v) => l with { Exposure = v }),
        new("marginUse", "L6", LimitUnit.Share, 0.9m, "of equity is the most initial margin in use", l => l.MarginUse, (l, v) => l with { MarginUse = v }),
        new("turnoverHour", "L7", LimitUnit.Share, 4m, "of the value is the most that is traded in an hour, both sides", l => l.TurnoverHour, (l, v) => l with { TurnoverHour = v }),
        new("turnoverDay", "L7", LimitUnit.Share, 10m, "of the value is the most that is traded in a day, both sides", l => l.TurnoverDay, (l, v) => l with { TurnoverDay = v }),
        new("ordersPerSecond", "L8", LimitUnit.Count, 20m, "orders of an account are the most in a second", l => l.OrdersPerSecond, (l, v) => l with { OrdersPerSecond = (int)v }),
        new("ordersPerHour", "L8", LimitUnit.Count, 3_000m, "orders of an account are the most in an hour", l => l.OrdersPerHour, (l, v) => l with { OrdersPerHour = (int)v }),
        new("openOrders", "L9", LimitUnit.Count, 200m, "orders of an account are the most that are open at once", l => l.OpenOrders, (l, v) => l with { OpenOrders = (int)v }),
        new("repeats", "L10", LimitUnit.Count, 20m, "plans in an hour are the most that trade the same asset in the same direction", l => l.Repeats, (l, v) => l with { Repeats = (int)v }),
        new("shortfall", "L11", LimitUnit.Share, 0.1m, "of what a plan trades is the most that its fills may cost beyond its prices", l => l.Shortfall, (l, v) => l with { Shortfall = v }),
        new("fees", "L12", LimitUnit.Share, 0.05m, "of what a plan trades is the most of its fees", l => l.Fees, (l, v) => l with { Fees = v }),
        new("legsApart", "L14", LimitUnit.Share, 1m, "of the value is the most that the legs of a group may be apart", l => l.LegRisk, (l, v) => l with { LegRisk = v }),
        new("priceAge", "PRICE_OLD", LimitUnit.Span, 300m, "is the oldest price that is traded on", l => Seconds(l.PriceAge), (l, v) => l with { PriceAge = Span(v) }),
        new("priceGap", "PRICE_SOURCES", LimitUnit.Share, 0.05m, "from their median, or three spreads, is the furthest that the sources of a price may be", l => l.PriceGap, (l, v) => l with { PriceGap = v }),
        new("priceJump", "PRICE_JUMP", LimitUnit.Share, 0.25m, "is the most that a price may move at once and be believed at once", l => l.PriceJump, (l, v) => l with { PriceJump = v }),
        new("priceStill", "PRICE_FROZEN", LimitUnit.Span, 3_600m, "is how long a price may stand still while it should move", l => Seconds(l.PriceStill), (l, v) => l with { PriceStill = Span(v) }),
        new("peg", "PEG_BROKEN", LimitUnit.Share, 0.1m, "is the furthest that a stablecoin may be from its currency", l => l.Peg, (l, v) => l with { Peg = v }),
        new("raiseAfter", "RAISE", LimitUnit.Wait, 600m, "is how long a raised limit waits until it is in force", l => Seconds(l.RaiseAfter), (l, v) => l with { RaiseAfter = Span(v) }),
    ];

    /// <summary>Whether one value lets more through than another; of a wait the shorter does.</summary>
    public bool IsLooser(decimal value, decimal than) => Unit == LimitUnit.Wait ? value < than : value > than;

    public static GateLimit Named(string key) => All.First(l => l.Key == key);

    private static decimal Seconds(Duration span) => (decimal)span.TotalSeconds;

    private static Duration Span(decimal seconds) => Duration.FromSeconds((double)seconds);
}

/// <summary>What the number of a limit counts.</summary>
public enum LimitUnit
{
    /// <summary>A fraction.</summary>
    Share,

    /// <summary>An amount of the base asset.</summary>
    Money,

    Multiple,

    Count,

    /// <summary>Seconds, of which more is looser.</summary>
    Span,

    /// <summary>Seconds, of which fewer are looser.</summary>
    Wait,
}
