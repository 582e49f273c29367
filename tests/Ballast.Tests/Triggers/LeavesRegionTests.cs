using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Random;
using Ballast.Planning;
using Ballast.Tests.Numerics;
using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Triggers;

/// <summary>Two assets of one half each, a fee of 10 bps and a risk aversion of 3: D = 0.25^(2/3), p = 0.001^(1/3) = 0.1, so that 3.9685 points are left alone.</summary>
public class LeavesRegionTests
{
    private static readonly LeavesRegion Rule = new(3);
    private static readonly double HalfWidth = 0.1 * Math.Pow(0.25, 2.0 / 3);

    [Theory, InlineData("A 53.96, B 46.04", false), InlineData("A 46.04, B 53.96", false), InlineData("A 54, B 46", true), InlineData("A 46, B 54", true)]
    public void It_fires_at_the_edge_of_the_region(string held, bool fires) => Assert.Equal(fires, Two(held).Answer().Fired);

    [Fact]
    public void Inside_it_says_what_trading_back_would_cost_and_be_worth()
    {
        var quiet = Two("A 52, B 48").Answer();

        // Both legs of two points at 10 bps; the worth at the edge would be half of the cost, and goes with the square of the distance.
        Assert.Equal("A 2.00 points over and B 2.00 points under: trading back would cost 0.00 USDT and be worth 0.00 USDT", quiet.Reason);
        Assert.Equal(0.02 / HalfWidth, quiet.Way!.Value, 1e-9);
        Assert.Equal("50 % of the way to where it pays", quiet.ToGo);
        Assert.Equal((0.00004, 0.00004 / 2 * 0.02 / HalfWidth), (Map(Two("A 52, B 48")).ToTargets.Cost, Map(Two("A 52, B 48")).ToTargets.Worth), (a, b) => Near(a, b));
        Assert.Equal(Map(Two("A 52, B 48")).ToTargets, Map(Two("A 52, B 48")).Back(0), Near);
    }

    [Fact]
    public void Least_cost_and_the_edge_of_its_bands_are_the_same_place()
    {
        var wanted = $"A {Figures.Exact(Math.Round((decimal)(0.5 + HalfWidth), 9))}, B {Figures.Exact(Math.Round((decimal)(0.5 - HalfWidth), 9))}";

        Assert.Equal(wanted, Two("A 60, B 40").To(new Destination.LeastCost(3)).Wanted());
        Assert.Equal(wanted, Two("A 60, B 40").To(new Destination.BandEdge(false)).Wanted());
    }

    [Fact]
    public void Planning_again_after_the_fills_yields_nothing() => Draws.ForManySeeds(chance =>
    {
        var given = Drawn(chance);
        if (given.Decide() is not { Intent: { } intent, Portfolio: var portfolio }) return true;
        var plan = Assert.IsType<PlanResult.Made>(Planner.Make(intent, portfolio, PlanRules.Of(given.Policy, InstrumentSet.Paper, Memory.Empty, given.At))).Plan;
        var after = given with { Held = [.. Settlement.Apply(portfolio.Book, plan, lots: false).Holdings] };
        Assert.All(plan.Trades, t => Assert.True(intent.Moves!.ContainsKey(t.Instrument.Base)));
        return after.Answer() is { Fired: false };
    }, cases: 300);

    [Fact]
    public void A_breach_smaller_than_the_least_trade_does_not_fire_and_says_so()
    {
        var little = Two("A 54.5, B 45.5") with { Limits = Limits.None with { MinTrade = new(1, Usdt) } };

        Assert.Equal((TriggerState.Quiet, "outside by less than a trade that can be made"), (little.Answer().State, little.Answer().ToGo));
        Assert.True((little with { Limits = Limits.None with { MinTrade = new(0.5m, Usdt) } }).Answer().Fired);
    }

    [Theory, InlineData(0.5, true), InlineData(1, false)]
    public void Nor_does_one_smaller_than_a_lot(double lot, bool fires)
    {
        var given = Two("A 54.5, B 45.5");
        var sight = given.Sight with { Instruments = new InstrumentSet("test", [Spot("A", (decimal)lot), Spot("B", (decimal)lot)]) };

        Assert.Equal(fires, Decider.Decide(given.Policy, sight, Memory.Empty).Intent is not null);
    }

    [Fact]
    public void Each_asset_costs_what_it_costs_where_it_is_held()
    {
        var given = Two("A 0, B 46") with { Accounts = [Account.Paper, Place("dear")], Held = [Held("A", 54, "dear"), Held("B", 46)] };
        var costs = given.Policy.Costs with { ByAccount = ImmutableDictionary<string, CostRules>.Empty.Add("dear", CostRules.None with { Fee = 0.002m }) };
        var map = NoTradeMap.Of(Decider.Decide(given.Policy with { Costs = costs }, given.Sight, Memory.Empty).Look!, 3).OrThrow();

        Assert.Equal([0.002, 0.001, 0], map.Rates);
        // Half of both legs together stands where one rate stood: (3 · 0.0015 / 3)^(1/3).
        Assert.Equal(Math.Cbrt(0.0015) * Math.Pow(0.25, 2.0 / 3), map.Alone(0).High - 0.5, 1e-9);
    }

    [Fact]
    public void What_may_not_be_sold_is_no_reason_to_trade()
    {
        Assert.False((Two("A 60, B 40") with { Limits = Limits.None with { NeverSell = [A("A")] } }).Answer().Fired);
        Assert.False((Two("B 40") with { Held = [Held("A", 60, status: HoldingStatus.Locked), .. Holds("B 40")] }).Answer().Fired);
    }

    [Fact]
    public void Limits_are_kept_within_the_rule()
    {
        var three = Of("A 40, B 30, C 30", "A 47, B 27, C 26", Rule) with { Fee = 0.001m };
        decimal[] Weights(Limits limits) => [.. (three with { Limits = limits }).To(new Destination.LeastCost(3)).Decide().Intent!.Wanted.Select(w => Math.Round(w.Weight, 9))];

        Assert.Equal(0.42m, Weights(Limits.None with { Weights = Limits.None.Weights.Add(A("A"), new(0, 0.42m)) })[0]);
        Assert.Equal(0.58m, Weights(Limits.None with { Groups = [new([A("B"), A("C")], new(0.58m, 1))] })[1..].Sum());
    }

    [Fact]
    public void A_fixed_fee_makes_trades_rarer_and_takes_them_further()
    {
        Situation At(string held) => Two(held).To(new Destination.LeastCost(3));
        Decision With(string held) => Decider.Decide(At(held).Policy with { Costs = CostSchedule.None with { Default = CostRules.None with { Fee = 0.001m, Fixed = new(0.01m, Usdt) } } }, At(held).Sight, Memory.Empty);

        Assert.Null(With("A 55, B 45").Intent);
        Assert.InRange((double)With("A 65, B 35").Intent!.Wanted[0].Weight, 0.5, 0.5 + 0.9 * HalfWidth);
    }

    [Fact]
    public void Cash_left_over_from_a_trade_is_no_reason_for_the_next() => Assert.False(Two("A 50, B 49.97, USDT 0.03").Answer().Fired);

    [Fact]
    public void Money_that_has_come_is_put_to_work()
    {
        var given = Two("A 50, B 50, USDT 20").To(new Destination.LeastCost(3));
        Assert.True(given.Answer().Fired);
        Assert.InRange(given.Decide().Intent!.Wanted.Sum(w => w.Weight), 0.99m, 1m);
    }

    [Fact]
    public void The_rule_reads_well() => Assert.Equal("trading is worth its cost (risk aversion 3)", Rule.Words);

    private static Situation Two(string held) => Of("A 50, B 50", held, Rule) with { Fee = 0.001m };

    private static NoTradeMap Map(Situation given) => NoTradeMap.Of(given.Decide().Look!, 3).OrThrow();

    private static bool Near((double Cost, double Worth) a, (double Cost, double Worth) b) => Math.Abs(a.Cost - b.Cost) < 1e-12 && Math.Abs(a.Worth - b.Worth) < 1e-12;

    /// <summary>Up to six assets, away from their targets, with some cash wanted or not.</summary>
    private static Situation Drawn(Xoshiro256 chance)
    {
        var n = 2 + chance.NextInt(5);
        var (targets, held) = (chance.Weights(n), chance.Weights(n + 1));
        var scale = chance.NextDouble() < 0.5 ? 1m : 0.9m;
        var shares = targets.Select((t, i) => ($"A{i}", Math.Round((decimal)t * scale, 4))).ToArray();
        if (scale == 1m) shares[0].Item2 += 1 - shares.Sum(s => s.Item2);
        return new Situation
        {
            Targets = Fixed(string.Join(", ", shares.Select(s => $"{s.Item1} {Figures.Exact(s.Item2 * 100)}"))),
            Held = [.. held.Select((h, i) => Held(i < n ? $"A{i}" : "USDT", Math.Round((decimal)h * 10_000, 6)))],
            Rules = new() { When = [Rule], To = new Destination.LeastCost(3) },
            Fee = (decimal)Math.Round(chance.Between(0.0005, 0.003), 4),
        };
    }
}
