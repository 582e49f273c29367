namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Places =>
    [
        On("A hedge", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\nhedge: { book: binance }\n",
            17, 1, "NOT_SUPPORTED_YET", "`hedge` is not supported yet; leave it out: nothing would act on it"),
        On("A margin section", "limits: { minTrade: 10 USDT }\n", "limits: { minTrade: 10 USDT }\nmargin: { rules: deribit-pm }\n",
            17, 1, "NOT_SUPPORTED_YET", "`margin` is not supported yet; leave it out: nothing would act on it"),
        On("An account with margin", "venue: binance }", "venue: binance, margin: cross }",
            6, 38, "NOT_SUPPORTED_YET", "an account with margin is not supported yet; expected none"),
        On("An account without a venue", "binance: { venue: binance }", "binance: { tax: taxable }",
            6, 12, "MISSING_KEY", "`venue` is missing; expected `venue: paper`"),
        On("A permission that does not exist", "may: []", "may: [by]",
            7, 36, "UNKNOWN_VALUE", "unknown value `by`; did you mean buy?"),
        On("A permission that is no list", "may: []", "may: buy",
            7, 35, "WRONG_SHAPE", "`may` is a text; expected a list, [buy]"),
        On("No accounts", "accounts:\n  binance: { venue: binance }\n  ledger: { venue: ethereum, may: [] }\n", "accounts: {}\n",
            5, 11, "EMPTY", "`accounts` is empty; leave it out, or name something"),
        On("A wrapped form of a wrapped form", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nholdings: { sameAs: { wstETH: stETH, stETH: ETH } }\n",
            16, 31, "SAME_AS_CHAIN", "wstETH counts as stETH, which counts as ETH; expected the asset itself, wstETH: ETH"),
        On("A wrapped form with a target", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nholdings: { sameAs: { SOL: ETH } }\n",
            16, 28, "SAME_AS_TARGET", "SOL counts as ETH, and has a target of its own; expected one of the two"),
        On("Dust without its asset", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nholdings: { dust: 5 }\n",
            16, 19, "NO_UNIT", "5 has no asset; did you mean 5 USDT?"),
        On("A status rule that is none", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nholdings: { staked: { sell: never } }\n",
            16, 29, "UNKNOWN_VALUE", "unknown value `never`; expected no, yes, last, false or true"),
        On("A flow into no account", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nflows: [ { deposit: 500 USDT, every: month, into: binanc } ]\n",
            16, 51, "UNKNOWN_ACCOUNT", "no account is named `binanc`; did you mean binance?"),
        On("A flow without an amount", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nflows: [ { every: month } ]\n",
            16, 10, "MISSING_KEY", "the flow has no amount; expected `deposit` or `withdraw`"),
        On("A flow both ways", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nflows: [ { deposit: 500 USDT, withdraw: 5 USDT, every: month } ]\n",
            16, 10, "MISSING_KEY", "a flow is either a deposit or a withdrawal; expected `deposit` or `withdraw`"),
        On("A flow without a time", "costs: { fee: 10 bps }\n", "costs: { fee: 10 bps }\nflows: [ { deposit: 500 USDT } ]\n",
            16, 10, "MISSING_KEY", "`every` is missing; expected `every: month`"),
    ];
}
