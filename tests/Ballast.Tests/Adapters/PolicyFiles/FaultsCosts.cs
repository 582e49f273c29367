namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Costs =>
    [
        On("A cost without its unit", "costs: { fee: 10 bps }\n", "costs: { fee: 10 }\n",
            15, 15, "NO_UNIT", "10 has no unit; did you mean 10 bps?"),
        On("A cost in another unit", "costs: { fee: 10 bps }\n", "costs: { fee: 10 USDT }\n",
            15, 15, "WRONG_UNIT", "`10 USDT` is not a cost; expected a cost such as 10 bps or 0.1%"),
        On("A cost of everything", "costs: { fee: 10 bps }\n", "costs: { fee: 100% }\n",
            15, 15, "OUT_OF_RANGE", "`100%` is out of range; expected 0 bps or more, and less than 100%"),
        On("A fee said twice", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps, taker: 5 bps }\n",
            15, 23, "SAID_TWICE", "`taker` stands beside `fee`, and means the same here; expected one of them"),
        On("A maker fee", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps, maker: 0 bps }\n",
            15, 23, "NOT_SUPPORTED_YET", "`maker` is not supported yet; leave it out: nothing would act on it"),
        On("Fixed costs in two assets", "costs: { fee: 10 bps }\n", "costs: { fixed: 1 USDT, gas: 0.001 ETH }\n",
            15, 30, "WRONG_UNIT", "`fixed` is in USDT and `gas` in ETH; expected one asset for both"),
        On("Costs at no account", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps, at: { kraken: { fee: 5 bps } } }\n",
            15, 29, "UNKNOWN_ACCOUNT", "no account is named `kraken`; expected binance or ledger"),
        On("Sizing for one account", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps, at: { ledger: { sizing: after-costs } } }\n",
            15, 39, "UNKNOWN_KEY", "unknown key `sizing`; expected fee, maker, taker, spread, slippage, borrow, optionFee, optionFeeCap, minimum, fixed, gas, impact or feeAsset"),
        On("An impact that is none", "costs: { fee: 10 bps }\n", "costs: { impact: big }\n",
            15, 18, "BAD_VALUE", "`big` is not a number; expected a number such as 3"),
        On("Interest without its unit", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ncash: { interest: 4 }\n",
            16, 19, "NO_UNIT", "4 has no unit; did you mean 4%?"),
        On("Taxes without lots", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ntaxes: { shortRate: 25% }\n",
            16, 8, "MISSING_KEY", "`lots` is missing; expected `lots: fifo`"),
        On("A lot method that does not exist", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ntaxes: { lots: ffio }\n",
            16, 16, "UNKNOWN_VALUE", "unknown value `ffio`; did you mean fifo?"),
        On("An exemption of nothing", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ntaxes: { lots: fifo, exemptAfter: { crypto: 1 year } }\n",
            16, 37, "UNKNOWN_NAME", "`crypto` names no target; expected BTC, ETH, SOL or USDT"),
        On("A holding time without its unit", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ntaxes: { lots: fifo, longAfter: 365 }\n",
            16, 33, "NO_UNIT", "365 has no unit; did you mean 365 days?"),
        On("A holding time in another unit", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\ntaxes: { lots: fifo, longAfter: 12 months }\n",
            16, 33, "BAD_VALUE", "`12 months` is not a holding time; expected 1 year or 365 days"),
    ];
}
