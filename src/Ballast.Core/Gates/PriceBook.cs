using System.Globalization;
using Ballast.Money;
using Ballast.Orders;

namespace Ballast.Gates;

/// <summary>
/// The gate of prices: what every source says of every market, and which markets may not be traded for it. Only what is touched stops, and it goes on
/// when its cause has healed by half and for a while. Not kept: a process that starts begins to look anew.
/// </summary>
public sealed record PriceBook
{
    /// <summary>How long a stablecoin must be near its currency again.</summary>
    private static readonly Duration PegCalm = Duration.FromMinutes(5);

    /// <summary>Stablecoins and the currencies that they promise.</summary>
    public static ImmutableSortedDictionary<Asset, Asset> Promises { get; } = new Dictionary<Asset, Asset>
    {
        [new("USDT")] = new("USD"), [new("USDC")] = new("USD"), [new("DAI")] = new("USD"), [new("FDUSD")] = new("USD"), [new("TUSD")] = new("USD"), [new("BUSD")] = new("USD"), [new("USDE")] = new("USD"),
        [new("USDS")] = new("USD"), [new("PYUSD")] = new("USD"), [new("USDP")] = new("USD"), [new("GUSD")] = new("USD"), [new("EURC")] = new("EUR"), [new("EURT")] = new("EUR"), [new("EURI")] = new("EUR"),
    }.ToImmutableSortedDictionary();

    public static PriceBook Empty { get; } = new();

    private ImmutableDictionary<(string Account, string Symbol), PriceWatch> Watches { get; init; } = ImmutableDictionary<(string, string), PriceWatch>.Empty;

    /// <summary>Which markets trade a pair.</summary>
    private ImmutableDictionary<string, ImmutableArray<(string Account, string Symbol)>> Pairs { get; init; } = ImmutableDictionary.Create<string, ImmutableArray<(string, string)>>(StringComparer.Ordinal);

    private ImmutableDictionary<(string Account, string Symbol), (MarketFacts Told, Instant? TradedAt)> Facts { get; init; } = ImmutableDictionary<(string, string), (MarketFacts, Instant?)>.Empty;

    /// <summary>Prices of a pair from elsewhere than a venue, by source.</summary>
    private ImmutableDictionary<(string Pair, string Source), (decimal Price, Instant At)> Elsewhere { get; init; } = ImmutableDictionary<(string, string), (decimal, Instant)>.Empty;

    private ImmutableSortedDictionary<Asset, PegWatch> Pegs { get; init; } = ImmutableSortedDictionary<Asset, PegWatch>.Empty;

    /// <summary>A venue told the best prices of a market.</summary>
    /// <param name="pair">What a spot market trades, as BTC/USDT; null of any other market.</param>
    public PriceBook Heard(string account, TopOfBook top, string? pair, Instant now, GateLimits limits)
    {
        var key = (account, top.Symbol);
        var before = Watches.GetValueOrDefault(key);
        var book = this with
        {
            Watches = Watches.SetItem(key, PriceWatch.Heard(before, top, Others(key, pair, now, limits), now, limits)),
            Pairs = before is null && pair is not null ? Pairs.SetItem(pair, Pairs.GetValueOrDefault(pair, []).Add(key)) : Pairs,
        };
        return pair is null ? book : book.Pegged(pair, top, now, limits);
    }

    /// <summary>A venue told what else it knows of a market. Venues do not say when the last trade was: one that changed happened since they were asked before.</summary>
    public PriceBook Seen(string account, MarketFacts facts)
    {
        var before = Facts.GetValueOrDefault((account, facts.Symbol));
        Instant? traded = before.Told is null ? null : before.Told.Last != facts.Last ? facts.VenueTime : before.TradedAt;
        return this with { Facts = Facts.SetItem((account, facts.Symbol), (facts, traded)) };
    }

    /// <summary>Something that is no venue of this run told the price of a pair.</summary>
    /// <param name="pair">As BTC/USDT.</param>
    public PriceBook Seen(string source, string pair, decimal price, Instant at) => price > 0 ? this with { Elsewhere = Elsewhere.SetItem((pair, source), (price, at)) } : this;

    /// <summary>Traded in a day by a venue's own word, in the quote asset; null where it does not say.</summary>
    public decimal? DayVolume(string account, string symbol) => Facts.GetValueOrDefault((account, symbol)).Told?.DayVolume;

    /// <summary>Stablecoins off their currency by a quarter of what is allowed for five minutes and more, and whether by all of it.</summary>
    public IEnumerable<(Asset Coin, decimal Off, bool Broken)> Pegging(Instant now) =>
        from peg in Pegs where peg.Value.Broken || peg.Value.OffSince is { } since && now - since >= PegCalm select (peg.Key, peg.Value.Off, peg.Value.Broken);

    /// <summary>Why a market may not be traded now; null where it may. Before anything else its price must be there, whole and fresh.</summary>
    /// <param name="touches">The assets that the market trades, is quoted and settled in.</param>
    /// <param name="venueNow">By the clock of its venue.</param>
    public PriceStop? StopOf(string account, string symbol, IEnumerable<Asset> touches, Instant now, Instant venueNow, GateLimits limits) =>
        Unusable(account, symbol, venueNow, limits) ?? Doubtful(account, symbol, touches, now, limits);

    /// <summary>The first half of it: whether a price is there, whole and fresh.</summary>
    public PriceStop? Unusable(string account, string symbol, Instant venueNow, GateLimits limits) =>
        Watches.GetValueOrDefault((account, symbol))?.Top is not { } top ? new("PRICE_NONE", symbol, "none", "a price", $"there is no price of {symbol}")
        : !PriceWatch.IsWhole(top) ? new("PRICE_SHAPE", symbol, $"{Figures.Exact(top.Bid)} / {Figures.Exact(top.Ask)}", "a bid above zero and below its ask", $"{symbol} is quoted at {Figures.Exact(top.Bid)} / {Figures.Exact(top.Ask)}")
        : venueNow - top.VenueTime > limits.PriceAge ? new("PRICE_OLD", symbol, Seconds(venueNow - top.VenueTime), Seconds(limits.PriceAge), $"the price of {symbol} is {Seconds(venueNow - top.VenueTime)} old, and {Seconds(limits.PriceAge)} is the most")
        : null;

    /// <summary>The second half: whether a price that is there can be believed.</summary>
    public PriceStop? Doubtful(string account, string symbol, IEnumerable<Asset> touches, Instant now, GateLimits limits)
    {
        if (!Watches.TryGetValue((account, symbol), out var watch)) return null;
        foreach (var asset in touches)
            if (Pegs.TryGetValue(asset, out var peg) && peg.Broken)
                return new("PEG_BROKEN", asset.Code, Percent((double)peg.Off), Percent((double)limits.Peg), $"{asset} is {Percent((double)peg.Off)} from its {Promises[asset]}, and {Percent((double)limits.Peg)} is the most");
        if (watch.MayStand(limits) is { } most && (now - watch.MovedAt > most || watch.Thaw > 0))
            return new("PRICE_FROZEN", symbol, Seconds(now - watch.MovedAt), Seconds(most), watch.Thaw > 0 ? $"the price of {symbol} has stood still for more than {Seconds(most)}, and has only begun to move" : $"the price of {symbol} has stood still for {Seconds(now - watch.MovedAt)}, and {Seconds(most)} is the most");
        if (watch.Level > 0) return new("PRICE_JUMP", symbol, Percent(watch.Jump), Percent(watch.JumpBound), $"the price of {symbol} moved by {Percent(watch.Jump)} at once, and {Percent(watch.JumpBound)} is believed without waiting");
        return watch.Disagrees ? new("PRICE_SOURCES", symbol, Percent(watch.Apart), Percent(watch.ApartBound), $"the price of {symbol} at {account} is {Percent(watch.Apart)} from its other sources, and {Percent(watch.ApartBound)} is the most") : null;
    }

    /// <summary>What other sources say of the same market now.</summary>
    private List<double> Others((string Account, string Symbol) key, string? pair, Instant now, GateLimits limits)
    {
        var same = pair is null ? [] : Pairs.GetValueOrDefault(pair, []);
        if (Facts.IsEmpty && Elsewhere.IsEmpty && same.Length <= 1) return None;
        var others = new List<double>();
        if (Facts.TryGetValue(key, out var facts))
        {
            if (facts.Told.Mark is > 0 and var mark && Fresh(facts.Told.VenueTime)) others.Add((double)mark);
            if (facts is { Told.Last: > 0 and var last, TradedAt: { } traded } && Fresh(traded)) others.Add((double)last);
        }
        foreach (var other in same)
            if (other != key && Watches[other].Top is var top && PriceWatch.IsWhole(top) && Fresh(top.VenueTime)) others.Add((double)top.Middle);
        foreach (var ((of, _), (price, at)) in Elsewhere)
            if (of == pair && Fresh(at)) others.Add((double)price);
        return others;

        bool Fresh(Instant at) => now - at <= limits.PriceAge;
    }

    /// <summary>A pair of a stablecoin with its own currency says how far it is from what it promises.</summary>
    private PriceBook Pegged(string pair, TopOfBook top, Instant now, GateLimits limits)
    {
        if (!PegPairs.TryGetValue(pair, out var coin) || !PriceWatch.IsWhole(top) || now - top.VenueTime > limits.PriceAge) return this;
        return this with { Pegs = Pegs.SetItem(coin, (Pegs.GetValueOrDefault(coin) ?? PegWatch.Whole).At(Math.Abs(top.Middle - 1), limits.Peg, now, PegCalm)) };
    }

    private static readonly List<double> None = [];

    /// <summary>The pairs that say it: USDT/USD.</summary>
    private static ImmutableDictionary<string, Asset> PegPairs { get; } = Promises.ToImmutableDictionary(p => $"{p.Key}/{p.Value}", p => p.Key, StringComparer.Ordinal);

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Seconds(Duration span) => span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s";
}

/// <summary>Why a market may not be traded now.</summary>
/// <param name="Code">Such as <c>PRICE_JUMP</c>.</param>
/// <param name="Subject">The market or the stablecoin.</param>
/// <param name="Value">What it is.</param>
/// <param name="Bound">What is allowed.</param>
/// <param name="Reason">A sentence for a person.</param>
public sealed record PriceStop(string Code, string Subject, string Value, string Bound, string Reason);

/// <summary>How far a stablecoin is from its currency, and whether it has been too far and not near for long enough since.</summary>
/// <param name="OffSince">Since when it has been off by a quarter of that; null where it is not.</param>
internal sealed record PegWatch(decimal Off, bool Broken, Instant LastFar, Instant? OffSince)
{
    public static PegWatch Whole { get; } = new(0, false, Instant.MinValue, null);

    public PegWatch At(decimal off, decimal most, Instant now, Duration calm)
    {
        var since = off > most / 4 ? OffSince ?? now : (Instant?)null;
        return off > (Broken ? most / 2 : most) ? new(off, true, now, since) : new(off, Broken && now - LastFar < calm, LastFar, since);
    }
}
