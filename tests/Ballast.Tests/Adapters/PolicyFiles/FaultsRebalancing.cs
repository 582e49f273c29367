namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Rebalancing =>
    [
        On("A list that is none", "  when:\n    - drift: 5%\n", "  when: never\n",
            11, 9, "WRONG_SHAPE", "`when` is a text; expected a list, [never]"),
        On("A mapping where a list belongs", "  when:\n    - drift: 5%\n", "  when: { drift: 5% }\n",
            11, 9, "WRONG_SHAPE", "`when` is a mapping; expected a list, [a, b]"),
        On("A duration without its unit", "  interval: 1d\n", "  interval: 1.5\n",
            13, 13, "NO_UNIT", "1.5 has no unit; did you mean 1.5m, 1.5h or 1.5d?"),
        On("A duration in words", "  to: target\n", "  to: target\n  cooldown: 3 days\n",
            15, 13, "BAD_VALUE", "`3 days` is not a duration; did you mean 3d?"),
        On("A duration of nothing", "  to: target\n", "  to: target\n  cooldown: 0d\n",
            15, 13, "OUT_OF_RANGE", "`0d` is out of range; expected more than nothing, and at most 100 years"),
        On("A cooldown that shuts out the longest wait", "  to: target\n", "  to: target\n  cooldown: 30d\n  atLeastEvery: 30d\n",
            15, 13, "COOLDOWN_TOO_LONG", "the cooldown is not shorter than `atLeastEvery`; expected a cooldown that lets that rule act"),
        On("A destination that does not exist", "  to: target\n", "  to: band-egde\n",
            14, 7, "UNKNOWN_VALUE", "unknown value `band-egde`; did you mean band-edge?"),
        On("A share of the way, cut short", "  to: target\n", "  to: 50%\n",
            14, 7, "BAD_VALUE", "`50%` is not a destination; did you mean 50% of the way?"),
        On("Risk aversion beside another destination", "  to: target\n", "  to: target\n  riskAversion: 3\n",
            15, 3, "NOT_USED", "`riskAversion` is only for `to: least-cost` and `gain: least-cost`; leave it out"),
        On("A risk aversion in the rule of the region", "    - drift: 5%\n", "    - gain: least-cost\n      riskAversion: 4\n",
            13, 7, "NOT_USED", "`riskAversion` is not for `gain: least-cost`; state it in `rebalance`, beside `when`"),
        On("A mode that does not exist", "  to: target\n", "  to: target\n  mode: buy_only\n",
            15, 9, "UNKNOWN_VALUE", "unknown value `buy_only`; did you mean buy-only?"),
        On("An escape without its time", "  to: target\n", "  to: target\n  mode: buy-only\n  otherwise: { mode: full }\n",
            16, 14, "MISSING_KEY", "`after` is missing; expected `after: 90d`"),
        On("A yes that is none", "  to: target\n", "  to: target\n  initialRebalance: YES\n",
            15, 21, "UNKNOWN_VALUE", "unknown value `YES`; did you mean yes?"),
        On("A pause around funding", "  to: target\n", "  to: target\n  pause: [ { around: funding, for: 10m } ]\n",
            15, 14, "NOT_SUPPORTED_YET", "`around` is not supported yet; expected `from` and `until`"),
        On("A pause that ends before it begins", "  to: target\n", "  to: target\n  pause: [ { from: 2026-12-27, until: 2026-12-24 } ]\n",
            15, 39, "MIN_ABOVE_MAX", "the pause ends before it begins; expected `until` after `from`"),
        On("A pause at no time", "  to: target\n", "  to: target\n  pause: [ { from: 24.12.2026, until: 2026-12-27 } ]\n",
            15, 20, "BAD_VALUE", "`24.12.2026` is not a time; expected 2026-12-24, 2026-12-24T18:00 or 2026-12-24T18:00:00Z"),
        On("A pause without an end", "  to: target\n", "  to: target\n  pause: [ { from: 2026-12-24 } ]\n",
            15, 12, "MISSING_KEY", "`until` is missing; expected `until: 2026-12-27`"),
    ];
}
