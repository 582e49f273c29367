namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Safety =>
    [
        Unsafe("A limit of the gate without its unit", "orderShare: 10", 11, "NO_UNIT", "10 has no unit; did you mean 10%?"),
        Unsafe("A limit of the gate above its ceiling", "orderShare: 60%", 11, "ABOVE_CEILING", "`60%` is more than any file may set; expected at most 25%"),
        Unsafe("A limit of the gate of nothing", "orderShare: 0%", 11, "OUT_OF_RANGE", "`0%` is out of range; expected more than 0%, at most 100000%"),
        Unsafe("A largest order in another asset", "orderMost: 1 BTC", 11, "WRONG_UNIT", "`1 BTC` is an amount of BTC; expected an amount of the base asset, such as 1 USDT"),
        Unsafe("A largest order without its asset", "orderMost: 5000", 11, "NO_UNIT", "5000 has no asset; did you mean 5000 USDT?"),
        Unsafe("A largest order beyond all measure", "orderMost: 20000000 USDT", 11, "ABOVE_CEILING", "`20000000 USDT` is more than any file may set; expected at most 10000000 USDT"),
        Unsafe("An exposure of the gate without its unit", "exposure: 3", 11, "NO_UNIT", "3 has no unit; did you mean 3x?"),
        Unsafe("An exposure of the gate above its ceiling", "exposure: 50x", 11, "ABOVE_CEILING", "`50x` is more than any file may set; expected at most 20x"),
        Unsafe("A count of orders that is none", "ordersPerSecond: 2.5", 11, "BAD_VALUE", "`2.5` is not a count; expected a whole number from 1 to 1000000"),
        Unsafe("A count of orders above its ceiling", "openOrders: 500", 11, "ABOVE_CEILING", "`500` is more than any file may set; expected at most 200"),
        Unsafe("An age of prices without its unit", "priceAge: 30", 11, "NO_UNIT", "30 has no unit; did you mean 30m, 30h or 30d?"),
        Unsafe("An age of prices above its ceiling", "priceAge: 1h", 11, "ABOVE_CEILING", "`1h` is more than any file may set; expected at most 5 min"),
        Unsafe("A wait that is too short", "raiseAfter: 1m", 11, "ABOVE_CEILING", "`1m` is less than any file may set; expected at least 10 min"),
        Unsafe("More in an hour than in a day", "turnoverHour: 300%", 11, "MIN_ABOVE_MAX", "`turnoverHour` is above `turnoverDay`; expected no more in an hour than in a day", ", turnoverDay: 200%"),
        Unsafe("Only an asset that is no target", "allow: [BTX]", 11, "UNKNOWN_NAME", "`BTX` names no target asset; did you mean BTC?"),
        Unsafe("Nothing that may be traded", "allow: []", 11, "EMPTY", "`allow` is empty; expected the assets that may be traded; without the key they are those of the targets"),
        Unsafe("A limit of the gate that there is not", "orderShares: 5%", 11, "UNKNOWN_KEY", "unknown key `orderShares`; did you mean orderShare?", atKey: true),
    ];

    /// <summary>One key of the section, and the column of its fault.</summary>
    private static FaultCase Unsafe(string name, string key, int column, string code, string sentence, string more = "", bool atKey = false) =>
        On(name, "limits: { minTrade: 10 USDT }\n", $"safety: {{ {key}{more} }}\n", 16, atKey ? column : column + key.IndexOf(':', StringComparison.Ordinal) + 2, code, sentence);
}
