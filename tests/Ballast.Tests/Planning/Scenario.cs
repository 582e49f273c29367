using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Targets;

namespace Ballast.Tests.Planning;

/// <summary>A random portfolio, intent and rules from a seed: several accounts, conditions, lots, minima, fees in all three kinds of asset.</summary>
internal sealed record Scenario(Intent Intent, Portfolio Portfolio, PlanRules Rules, bool WithLots)
{
    private static readonly string[] Codes = ["ADA", "BTC", "ETH", "SOL", "XRP"];

    public static Scenario Of(int seed, bool lots, bool limits = true)
    {
        var dice = new Dice(seed);
        var assets = Codes.Take(dice.Int(1, 5)).ToArray();
        var prices = assets.ToDictionary(a => a, _ => dice.Int(1, 40_000) / 100m);
        var accounts = Enumerable.Range(0, dice.Int(1, 3)).Select(i => AccountOf(i, dice)).ToArray();
        var holdings = HoldingsOf(dice, assets, accounts).ToArray();
        var rules = PlanRules.Free with { Costs = CostsOf(dice, limits), Limits = limits ? LimitsOf(dice, assets) : Limits.None };
        if (lots) rules = rules.On([.. assets.Select(a => InstrumentOf(a, dice))]);
        var market = new MarketSnapshot(Given.Now, prices.Select(p => new Quote(new Price(p.Value, new Asset(p.Key), Given.Usdt), Given.Now)));
        var portfolio = new Portfolio(Given.Usdt, new Book([.. accounts], [.. holdings]), market, Conditions(dice), assets.Select(a => new Asset(a)));
        var intent = IntentOf(dice, assets, limits ? (Mode)dice.Int(0, 3) : Mode.Full);
        return new Scenario(intent, portfolio, rules, lots);
    }

    /// <summary>Everything that is an amount or a quantity, times a factor.</summary>
    public Scenario Times(decimal factor) => this with
    {
        Intent = Intent with { NewCash = Intent.NewCash * factor },
        Portfolio = With(Portfolio.Book with { Holdings = [.. Portfolio.Book.Holdings.Select(h => h with { Quantity = h.Quantity * factor })] }),
        Rules = Rules with
        {
            Costs = Rules.Costs with { Default = Rules.Costs.Default with { Minimum = Rules.Costs.Default.Minimum * factor, Fixed = Rules.Costs.Default.Fixed * factor } },
            Limits = Rules.Limits with { MinTrade = Rules.Limits.MinTrade * factor, MaxTrade = Rules.Limits.MaxTrade * factor, CashBuffer = Rules.Limits.CashBuffer * factor },
            Instruments = Rules.Instruments with { Instruments = [.. Rules.Instruments.Instruments.Select(i => i with { Rules = Scaled(i.Rules, factor) })] },
        },
    };

    /// <summary>The same, with every list turned round.</summary>
    public Scenario Reversed() => this with
    {
        Intent = Intent with { Wanted = [.. Intent.Wanted.Reverse()] },
        Portfolio = With(new Book([.. Portfolio.Book.Accounts.Reverse()], [.. Portfolio.Book.Holdings.Reverse()])),
        Rules = Rules with { Instruments = Rules.Instruments with { Instruments = [.. Rules.Instruments.Instruments.Reverse()] } },
    };

    public Portfolio With(Book book) => new(Portfolio.Base, book, Portfolio.Market, Portfolio.Rules, Portfolio.Lines.Select(l => l.Asset));

    public Plan? Plan() => Planner.Make(Intent, Portfolio, Rules) is PlanResult.Made(var plan) ? plan : null;

    private static TradingRules Scaled(TradingRules r, decimal factor) => r with { Lot = r.Lot * factor, MinQuantity = r.MinQuantity * factor, MinNotional = r.MinNotional * factor };

    private static Account AccountOf(int i, Dice dice) =>
        Given.Place($"a{i}", i == 0 ? Permissions.Buy | Permissions.Sell : (Permissions)dice.Int(0, 3)) with { Assets = dice.Chance(4) ? [new Asset("BTC"), new Asset("ETH")] : [] };

    private static IEnumerable<Holding> HoldingsOf(Dice dice, string[] assets, Account[] accounts)
    {
        foreach (var account in accounts)
        {
            if (dice.Chance(2)) yield return Given.Held("USDT", dice.Int(0, 500_000) / 100m, account.Name);
            foreach (var asset in assets)
                if (dice.Chance(2)) yield return Given.Held(asset, dice.Int(0, 30_000) / 1000m, account.Name, dice.Chance(4) ? (HoldingStatus)dice.Int(1, 5) : HoldingStatus.Free);
        }
        yield return Given.Held("USDT", dice.Int(1, 100_000) / 100m, "a0");
        if (dice.Chance(5)) yield return Given.Held(assets[0], dice.Int(1, 3000) / 1000m, "a0");
    }

    private static HoldingRules Conditions(Dice dice) => !dice.Chance(2) ? HoldingRules.Default
        : HoldingRules.Default with { ByStatus = ImmutableDictionary<HoldingStatus, StatusRule>.Empty.Add(HoldingStatus.Staked, new(true, SellRule.Last)).Add(HoldingStatus.Earn, new(true, SellRule.Yes)) };

    private static CostSchedule CostsOf(Dice dice, bool all)
    {
        var costs = CostRules.None with { Fee = dice.Int(0, 100) / 10_000m, Spread = dice.Int(0, 20) / 10_000m, Slippage = dice.Int(0, 10) / 10_000m };
        if (all && dice.Chance(3)) costs = costs with { Fixed = new Amount(dice.Int(1, 300) / 100m, Given.Usdt) };
        if (all && dice.Chance(3)) costs = costs with { Minimum = new Amount(dice.Int(1, 300) / 100m, Given.Usdt) };
        if (dice.Chance(5)) costs = costs with { FeeAsset = new Asset("ADA") };
        return new CostSchedule(costs, ImmutableDictionary<string, CostRules>.Empty, all && dice.Chance(4) ? Sizing.BeforeCosts : Sizing.AfterCosts);
    }

    private static Limits LimitsOf(Dice dice, string[] assets)
    {
        var limits = Limits.None;
        if (dice.Chance(2)) limits = limits with { MinTrade = new Amount(dice.Int(1, 50), Given.Usdt) };
        if (dice.Chance(4)) limits = limits with { MaxTrade = new Amount(dice.Int(60, 2000), Given.Usdt) };
        if (dice.Chance(2)) limits = limits with { CashBuffer = new Amount(dice.Int(1, 500), Given.Usdt) };
        if (dice.Chance(3)) limits = limits with { CashBufferShare = dice.Int(1, 10) / 100m };
        if (dice.Chance(4)) limits = limits with { MaxTrades = dice.Int(0, 4) };
        if (dice.Chance(4)) limits = limits with { Turnover = new TurnoverLimit(dice.Int(0, 50) / 100m, Period.FromMonths(1)) };
        if (dice.Chance(4)) limits = limits with { NeverSell = [new Asset(dice.Of(assets))] };
        if (dice.Chance(4)) limits = limits with { NeverBuy = [new Asset(dice.Of(assets))] };
        return limits;
    }

    private static Instrument InstrumentOf(string asset, Dice dice) => Given.Spot(
        asset, dice.Of([0.001m, 0.01m, 0.1m, 1m]), dice.Chance(2) ? dice.Int(1, 60) : 0, dice.Chance(4) ? dice.Int(1, 20) / 10m : 0, fee: dice.Chance(3) ? asset : dice.Chance(4) ? "ADA" : null);

    private static Intent IntentOf(Dice dice, string[] assets, Mode mode)
    {
        var shares = assets.Select(_ => dice.Int(0, 10)).ToArray();
        var total = Math.Max(1, shares.Sum() + dice.Int(0, 3));
        var weights = assets.Select((a, i) => (a, Math.Round((decimal)shares[i] / total, 12))).ToArray();
        return Given.To(mode, mode == Mode.CashFlow && dice.Chance(2) ? dice.Int(-500, 800) : null, weights);
    }

    /// <summary>A small generator whose draws depend on the seed alone.</summary>
    private sealed class Dice(int seed)
    {
        private uint _state = unchecked((uint)seed * 2654435761u + 12345u);

        public int Int(int low, int high)
        {
            unchecked
            {
                _state ^= _state << 13;
                _state ^= _state >> 17;
                _state ^= _state << 5;
                if (_state == 0) _state = 88172645u;
            }
            return low + (int)(_state % (uint)(high - low + 1));
        }

        public bool Chance(int oneIn) => Int(1, oneIn) == 1;

        public T Of<T>(T[] items) => items[Int(0, items.Length - 1)];
    }
}
