namespace Ballast.Simulation;

/// <summary>What a seed begins with: the accounts, what they hold, and a plan.</summary>
internal static class Scenario
{
    private static readonly ImmutableSortedDictionary<Asset, decimal> None = ImmutableSortedDictionary<Asset, decimal>.Empty;

    private static readonly Asset Usdt = new("USDT");

    private static readonly (string Asset, decimal Price, decimal Lot, decimal Tick)[] Coins =
        [("BTC", 60_000m, 0.001m, 0.5m), ("ETH", 3_000m, 0.01m, 0.05m), ("SOL", 150m, 0.1m, 0.01m), ("USDC", 1m, 1m, 0.0001m)];

    public static ImmutableArray<SimulatedVenue> Venues(Simulated world, ulong seed)
    {
        var chance = Chance.For(seed, "venues");
        var count = chance.Happens(0.35) ? 2 : 1;
        var venues = ImmutableArray.CreateBuilder<SimulatedVenue>(count);
        for (var i = 0; i < count; i++)
        {
            var derivatives = chance.Happens(i == 0 ? 0.15 : 0.6);
            var profile = VenueProfile.Draw(chance, $"venue{i}", derivatives);
            var venue = new SimulatedVenue(world, profile, Chance.For(seed, profile.Account), [.. Coins.Select(c => new VenueMarket(TradableOf(c, derivatives), c.Price))]);
            Endow(venue, chance);
            venues.Add(venue);
        }
        return venues.MoveToImmutable();
    }

    /// <summary>Wide enough to let most plans through, and in some seeds so tight that plans are cut, wait or are denied.</summary>
    public static GateLimits Limits(ulong seed)
    {
        var chance = Chance.For(seed, "limits");
        return new GateLimits
        {
            OrderShare = chance.One(1m, 1m, 0.05m, 0.01m), OrdersPerSecond = Mostly(50, 1), OpenOrders = Mostly(20, 1), LegRisk = Mostly(1m, 0.02m),
            Shortfall = Mostly(0.1m, 0.002m), Fees = Mostly(0.05m, 0.0004m), TurnoverHour = Mostly(1m, 0.05m), Repeats = Mostly(100, 1),
            Exposure = Mostly(10m, 0.05m), MarginUse = 1m, Collar = Mostly(0.05m, 0.002m),
            MostWeight = Mostly(None, None.Add(new Asset("BTC"), 0.01m).Add(new Asset("USDC"), 0.01m)), Allowed = Mostly<ImmutableSortedSet<Asset>>([], [new Asset("BTC"), new Asset("ETH")]), BlindShare = Mostly(1m, 0.01m),
        };

        T Mostly<T>(T wide, T tight) => chance.Happens(0.12) ? tight : wide;
    }

    public static ExecutionPlan Plan(Simulated world, Chance chance, string id, Instant at)
    {
        var parents = ImmutableArray.CreateBuilder<ParentOrder>();
        var used = new HashSet<(string, string)>();
        var legs = 1 + chance.Below(4);
        for (var i = 0; i < legs; i++)
        {
            var venue = world.Venues[chance.Below(world.Venues.Length)];
            var market = venue.Markets[chance.Below(venue.Markets.Length)];
            if (!used.Add((venue.Account, market.Tradable.Symbol))) continue;
            parents.Add(Parent(chance, venue, market, parents.Count + 1));
        }
        var style = new ExecutionStyle
        {
            Type = chance.One(OrderWay.Limit, OrderWay.Limit, OrderWay.Market, OrderWay.MakerFirst),
            Wait = Duration.FromSeconds(chance.Between(3, 20)),
            Slices = chance.One(1, 1, 2, 3),
            Slippage = chance.One(0.01m, 0.05m),
            Validity = Duration.FromSeconds(chance.One(1800, 1800, 120, 40)),
            WhenLegFails = chance.One(LegFailure.Complete, LegFailure.Hold, LegFailure.Hold, LegFailure.Unwind),
            Attempts = chance.One(60, 3),
        };
        var grouped = parents.Count > 1 && chance.Happens(0.45) ? [.. parents.Select(p => p with { Group = 1 })] : parents.ToImmutable();
        return new ExecutionPlan(id, "core", "drift of 6 %", "schedule", at, at + style.Validity, Usdt, 100_000m, $"in-{id}", "cfg-1", style, grouped);
    }

    private static ParentOrder Parent(Chance chance, SimulatedVenue venue, VenueMarket market, int number)
    {
        var tradable = market.Tradable;
        var side = chance.One(Side.Buy, Side.Sell);
        var worth = chance.Between(50, 6_000);
        var quantity = tradable.WholeLots(worth / tradable.Notional(1, market.Middle));
        if (quantity == 0) quantity = tradable.Lot;
        var reduces = !tradable.IsSpot && venue.Books.Of(new Asset(tradable.Symbol)) is var position && Math.Sign(position) == (side == Side.Sell ? 1 : -1) && chance.Happens(0.7);
        return new ParentOrder(
            number, venue.Account, tradable, side, quantity, market.Middle, tradable.Notional(quantity, market.Middle), "to its target", venue.Profile.Fee == FeeIn.Quote ? venue.Profile.FeeRate : 0m, ReduceOnly: reduces);
    }

    /// <summary>Some of each coin, little cash as often as not, so that buys must wait for sales.</summary>
    private static void Endow(SimulatedVenue venue, Chance chance)
    {
        venue.Books.Move(0, "opening", Usdt, chance.One(300m, 5_000m, 40_000m), outside: true);
        if (venue.Profile.Fee == FeeIn.Third) venue.Books.Move(0, "opening", new Asset("FEE"), chance.One(0.01m, 50m), outside: true);
        foreach (var market in venue.Markets)
        {
            var quantity = market.Tradable.WholeLots(chance.Between(0, 10_000) / market.Tradable.Notional(1, market.Middle));
            if (market.Tradable.IsSpot) venue.Books.Move(0, "opening", market.Tradable.Base, quantity, outside: true);
            else if (chance.Happens(0.5)) venue.Begin(market, chance.One(1, -1) * market.Tradable.WholeLots(quantity / 4));
        }
    }

    private static Tradable TradableOf((string Asset, decimal Price, decimal Lot, decimal Tick) coin, bool derivatives)
    {
        var asset = new Asset(coin.Asset);
        return derivatives
            ? new Tradable($"{coin.Asset}/USDT:USDT", coin.Asset == "SOL" ? TradableKind.Future : TradableKind.Perpetual, asset, Usdt, Usdt, coin.Lot, coin.Tick, coin.Lot, 5m, Multiplier: coin.Asset == "SOL" ? 10m : 1m)
            : new Tradable($"{coin.Asset}/USDT", TradableKind.Spot, asset, Usdt, Usdt, coin.Lot, coin.Tick, coin.Lot, 5m);
    }
}
