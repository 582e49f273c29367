namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Limits =>
    [
        On("An amount with a separator", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: \"1,000 USDT\" }\n",
            16, 21, "BAD_VALUE", "`1,000 USDT` is not an amount; expected an amount with its asset, such as 10 USDT"),
        On("An amount below nothing", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: -5 USDT }\n",
            16, 21, "OUT_OF_RANGE", "`-5 USDT` is out of range; expected 0 or more, and at most a million billion"),
        On("A largest trade below the smallest", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT, maxTrade: 5 USDT }\n",
            16, 40, "MIN_ABOVE_MAX", "`maxTrade` is below `minTrade` of 10 USDT; expected more"),
        On("A limit that its target exceeds", "limits: { minTrade: 10 USDT }\n", "limits: { weights: { BTC: 0%..40% } }\n",
            16, 27, "BANDS_INFEASIBLE", "BTC's target of 50 % is above its limit 0%..40%; expected a limit that holds the target"),
        On("A common limit that a target exceeds", "limits: { minTrade: 10 USDT }\n", "limits: { weights: { each: 0%..40% } }\n",
            16, 28, "BANDS_INFEASIBLE", "BTC's target of 50 % is above its limit 0%..40%; expected a limit that holds the target"),
        On("A limit above its target", "limits: { minTrade: 10 USDT }\n", "limits: { weights: { SOL: 20%..40% } }\n",
            16, 27, "BANDS_INFEASIBLE", "SOL's target of 10 % is below its limit 20%..40%; expected a limit that holds the target"),
        On("A limit of something unknown", "limits: { minTrade: 10 USDT }\n", "limits: { weights: { BTX: 0%..40% } }\n",
            16, 22, "UNKNOWN_NAME", "`BTX` names no target asset; did you mean BTC?"),
        On("A range that is none", "limits: { minTrade: 10 USDT }\n", "limits: { weights: { BTC: 60% } }\n",
            16, 27, "BAD_VALUE", "`60%` is not a range; expected a range such as 0%..30%"),
        On("A range the wrong way round", "limits: { minTrade: 10 USDT }\n", "limits: { weights: { BTC: 60%..0% } }\n",
            16, 27, "MIN_ABOVE_MAX", "the range 60%..0% begins above its end; did you mean 0%..60%?"),
        On("A group that its targets exceed", "limits: { minTrade: 10 USDT }\n", "limits: { groups: [ { of: [BTC, ETH], share: 0%..50% } ] }\n",
            16, 46, "BANDS_INFEASIBLE", "the targets of BTC and ETH are 80 % together, outside 0%..50%; expected a limit that holds them"),
        On("A group of something unknown", "limits: { minTrade: 10 USDT }\n", "limits: { groups: [ { of: [BTC, ETHH], share: 0%..90% } ] }\n",
            16, 27, "UNKNOWN_NAME", "`ETHH` names no target asset; did you mean ETH?"),
        On("Limits that leave computed targets no room", "  weights: { BTC: 50%, ETH: 30%, SOL: 10%, USDT: 10% }\nrebalance:\n  when:\n    - drift: 5%\n  interval: 1d\n  to: target\ncosts: { fee: 10 bps }\nlimits: { minTrade: 10 USDT }\n", "  compute: { method: inverseVolatility, assets: [BTC, ETH] }\nrebalance:\n  when:\n    - drift: 5%\nlimits: { weights: { each: 0%..40% } }\n",
            13, 20, "BANDS_INFEASIBLE", "the limits let BTC and ETH have 0%..80%, and 100 % is to be shared among them; expected limits that leave room for it"),
        On("A turnover without its period", "limits: { minTrade: 10 USDT }\n", "limits: { turnover: 20% }\n",
            16, 21, "NO_UNIT", "20% has no period; did you mean 20% a month?"),
        On("A turnover of an unknown period", "limits: { minTrade: 10 USDT }\n", "limits: { turnover: 20% a yaer }\n",
            16, 21, "UNKNOWN_VALUE", "unknown value `yaer`; did you mean year?"),
        On("Exposure without its unit", "limits: { minTrade: 10 USDT }\n", "limits: { grossExposure: 0..2 }\n",
            16, 26, "NO_UNIT", "0 has no unit; did you mean 0x?"),
        On("Exposure that would need a loan", "limits: { minTrade: 10 USDT }\n", "limits: { grossExposure: 2x..3x }\n",
            16, 26, "BANDS_INFEASIBLE", "the gross exposure is to be above 1x; expected 1x or less at its lower end: portfolios do not borrow"),
    ];
}
