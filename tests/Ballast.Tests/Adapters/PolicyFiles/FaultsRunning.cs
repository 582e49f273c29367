namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Running =>
    [
        On("An approval without its condition", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\nrun: { approve: 1000 USDT }\n",
            17, 17, "BAD_VALUE", "`1000 USDT` does not say when to ask; did you mean above 1000 USDT?"),
        On("An approval that does not exist", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\nrun: { approve: sometimes }\n",
            17, 17, "UNKNOWN_VALUE", "unknown value `sometimes`; expected always, never or above MONEY"),
        On("A channel that does not exist", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\nnotify: [ { about: [due], by: telegramm } ]\n",
            17, 31, "UNKNOWN_VALUE", "unknown value `telegramm`; did you mean telegram?"),
        On("A topic that does not exist", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\nnotify: [ { about: [dues], by: email } ]\n",
            17, 21, "UNKNOWN_VALUE", "unknown value `dues`; did you mean due?"),
    ];
}
