namespace Ballast.Tests.Adapters.PolicyFiles;

/// <summary>A faulty portfolio file, and the one fault that is found in it.</summary>
public sealed record FaultCase(string Name, string Text, int Line, int Column, string Code, string Sentence)
{
    public override string ToString() => Name;
}

/// <summary>Portfolio files with one mistake each: what the reader is tested with, and what <c>docs/errors.md</c> shows.</summary>
public static partial class FaultCases
{
    /// <summary>A good file, into which each mistake is written.</summary>
    public const string Good = """
        version: 1
        name: core
        base: USDT
        timeZone: Europe/Berlin
        accounts:
          binance: { venue: binance }
          ledger: { venue: ethereum, may: [] }
        targets:
          weights: { BTC: 50%, ETH: 30%, SOL: 10%, USDT: 10% }
        rebalance:
          when:
            - drift: 5%
          interval: 1d
          to: target
        costs: { fee: 10 bps }
        limits: { minTrade: 10 USDT }

        """;

    public static ImmutableArray<FaultCase> All { get; } =
    [
        .. Targets,
        .. Heads,
        .. Rules,
        .. Rebalancing,
        .. Places,
        .. Costs,
        .. Limits,
        .. Safety,
        .. Running,
        .. Text,
    ];

    private static FaultCase On(string name, string find, string replace, int line, int column, string code, string sentence) =>
        Good.Contains(find) ? new(name, Good.Replace(find, replace), line, column, code, sentence)
        : throw new ArgumentException($"{name}: the good file does not hold what is to be replaced");
}
