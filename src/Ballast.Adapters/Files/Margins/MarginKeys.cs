using Ballast.Adapters.Files.Policies;

namespace Ballast.Adapters.Files.Margins;

/// <summary>Every key of a margin preset, place by place.</summary>
internal static class MarginKeys
{
    private static readonly string[] About = ["name", "family", "underlying", "asOf", "verified", "source", "notes", "method"];

    public static KeySet File { get; } = new("a margin preset", "",
    [
        .. About, "cross", "prices", "far", "volatility", "roll", "liquidity", "minimum", "gains", "futureContingency", "daysAhead", "rate",
        "initialFactor", "maintenanceFactor", "decimals", "haircuts", "options", "futures",
    ]);

    public static KeySet Prices { get; } = new("prices", "", ["range", "buckets", "moves", "scenarios", "inMoney"]);

    public static KeySet Far { get; } = new("far", "", ["moves", "weights", "factor", "dampenerUsd"]);

    public static KeySet Volatility { get; } = new("volatility", "", ["up", "down", "floorUp", "floorReading", "shortPower", "longPower", "pivotDays", "leastDays", "inPoints"]);

    public static KeySet Roll { get; } = new("roll", "", ["annual", "least"]);

    public static KeySet Liquidity { get; } = new("liquidity", "", ["thresholdUsd", "perCoin", "most"]);

    public static KeySet Minimum { get; } = new("minimum", "", ["perOption", "perShortOption", "netDelta", "hedgedDelta"]);

    public static KeySet Gains { get; } = new("gains", "", ["kept", "capUsd"]);

    public static KeySet Options { get; } = new("options", "", ["base", "floor", "maintenance"]);

    public static KeySet Futures { get; } = new("futures", "", ["initial", "maintenance", "perCoin"]);
}
