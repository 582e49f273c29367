using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Tests.Derivatives;

/// <summary>Contracts, quotes and books of one venue, as tests write them.</summary>
internal static class Contracts
{
    public static Instant Now { get; } = Instant.FromUtc(2026, 1, 2, 8, 0);

    public static ContractSet Venue { get; } = new("for tests", new VenueId("deribit"),
    [
        new(new NamePattern("*_*"), AmountIn.Coins, 1, new TradingRules(0.001m, 0.5m, 0, 0)),
        new(new NamePattern("*-C"), AmountIn.Coins, 1, new TradingRules(0.1m, 0.0005m, 0.1m, 0)),
        new(new NamePattern("*-P"), AmountIn.Coins, 1, new TradingRules(0.1m, 0.0005m, 0.1m, 0)),
        new(new NamePattern("*"), AmountIn.Money, 1, new TradingRules(10, 0.5m, 10, 0)),
    ]);

    public static Instrument.Derivative Contract(string name) => Venue.Find(name) ?? throw new ArgumentException(name);

    public static Position Position(string name, decimal quantity, decimal? entry = null) => new(Contract(name), quantity, entry, "");

    public static Balance Balance(string asset, decimal quantity) => new(new Amount(quantity, new Asset(asset)), "");

    public static ChainQuote Quote(string name, decimal? mark, double? volatility = null, decimal? underlying = null, decimal? index = null) =>
        new(Contract(name), Now, mark, volatility, null, null, underlying, index);
}
