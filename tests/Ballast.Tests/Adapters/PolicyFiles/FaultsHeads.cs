namespace Ballast.Tests.Adapters.PolicyFiles;

public static partial class FaultCases
{
    private static IEnumerable<FaultCase> Heads =>
    [
        On("No version", "version: 1\n", "",
            1, 1, "MISSING_KEY", "`version` is missing; expected `version: 1`"),
        On("Another version", "version: 1\n", "version: 2\n",
            1, 10, "VERSION", "`2` is no version that this program reads; expected 1"),
        On("No name", "name: core\n", "",
            1, 1, "MISSING_KEY", "`name` is missing; expected `name: core`"),
        On("An empty name", "name: core\n", "name:\n",
            2, 6, "EMPTY", "the value is empty; expected one line of at most 80 characters"),
        On("No base", "base: USDT\n", "",
            1, 1, "MISSING_KEY", "`base` is missing; expected `base: USDT`"),
        On("No rebalance section", "rebalance:\n  when:\n    - drift: 5%\n  interval: 1d\n  to: target\n", "",
            1, 1, "MISSING_KEY", "`rebalance` is missing; expected `rebalance: { when: [] }`"),
        On("No rules", "  when:\n    - drift: 5%\n", "",
            10, 1, "MISSING_KEY", "`when` is missing; expected `when: []`"),
        On("A time zone that does not exist", "Europe/Berlin", "Europe/Berln",
            4, 11, "UNKNOWN_TIME_ZONE", "no time zone is named `Europe/Berln`; did you mean Europe/Berlin?"),
    ];
}
