using Ballast.Costs;
using Ballast.Money;
using Ballast.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Planning;

public class LotSearchTests
{
    [Fact]
    public void The_search_equals_trying_everything() => Check.One(
        Chance.Cases(300), Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new System.Random(seed);
            var (tickets, bounds) = Problem(random, random.Next(1, 5), most: 6);
            Same(tickets, bounds);
        }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Twelve_orders_are_proven_too(int seed)
    {
        var (tickets, bounds) = Problem(new System.Random(seed), 12, most: 2);
        Same(tickets, bounds);
    }

    [Fact]
    public void A_search_cut_short_is_never_worse_than_without_it()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (tickets, bounds) = Problem(new System.Random(seed), 10, most: 50);
            var (chosen, _) = LotSearch.Choose(tickets, bounds, nodes: 100);
            Assert.True(Loss(tickets, chosen) <= Loss(tickets, GreedyLots.Choose(tickets, bounds)));
            Assert.True(Feasible(tickets, chosen, bounds), $"seed {seed}");
        }
    }

    [Fact]
    public void An_order_below_the_minimum_is_raised_where_that_is_nearer()
    {
        Ticket ticket = new() { Asset = new Asset("A"), Side = Side.Buy, Want = 30, Price = 10, Lot = 1, MinValue = 50 };
        Assert.Equal([5m], LotSearch.Choose([ticket], LotBounds.Single(100)).Quantities);
        Assert.Equal([0m], LotSearch.Choose([ticket with { Want = 20 }], LotBounds.Single(100)).Quantities);
    }

    private static void Same(Ticket[] tickets, LotBounds bounds)
    {
        var (chosen, proven) = LotSearch.Choose(tickets, bounds, nodes: 5_000_000);
        Assert.True(proven);
        Assert.True(Feasible(tickets, chosen, bounds), "not allowed");
        Assert.Equal(BruteForce(tickets, bounds), Loss(tickets, chosen));
    }

    private static (Ticket[] Tickets, LotBounds Bounds) Problem(System.Random random, int count, int most)
    {
        var tickets = Enumerable.Range(0, count).Select(i => TicketOf(random, i, most)).ToArray();
        var bounds = LotBounds.Single(random.Next(0, 1500), random.Next(0, 100), random.Next(4) == 0 ? random.Next(1, count + 1) : int.MaxValue);
        return (tickets, random.Next(5) == 0 ? bounds with { MaxTraded = random.Next(100, 2000) } : bounds);
    }

    private static Ticket TicketOf(System.Random random, int i, int most)
    {
        var sells = random.Next(3) == 0;
        var (price, lot) = (random.Next(100, 15000) / 100m, random.Next(1, 4));
        return new Ticket
        {
            Asset = new Asset($"A{i:00}"), Side = sells ? Side.Sell : Side.Buy, Price = price, Lot = lot, Want = random.Next(0, (int)(price * lot * most * 100)) / 100m,
            MinValue = random.Next(2) == 0 ? random.Next(0, 200) : 0, MinQuantity = random.Next(3) == 0 ? random.Next(1, 5) : 0,
            MaxQuantity = lot * most + (sells ? 0.5m : 0), Whole = sells && random.Next(3) == 0 ? lot * most + 0.5m : null, FeeReceived = !sells && random.Next(4) == 0,
            Costs = CostRules.None with { Fee = random.Next(0, 100) / 10000m, Spread = random.Next(0, 20) / 10000m, Minimum = new Amount(random.Next(3) == 0 ? random.Next(0, 5) : 0, default), Fixed = new Amount(random.Next(3) == 0 ? random.Next(0, 5) : 0, default) },
        };
    }

    private static decimal Loss(Ticket[] tickets, decimal[] quantities) => tickets.Select((t, i) => t.Loss(quantities[i])).Sum();

    private static decimal BruteForce(Ticket[] tickets, LotBounds bounds)
    {
        var choices = tickets.Select(t => Choices(t).ToArray()).ToArray();
        var (best, now) = (decimal.MaxValue, new decimal[tickets.Length]);
        void Try(int i, decimal loss)
        {
            if (loss >= best) return;
            if (i == tickets.Length)
            {
                if (Feasible(tickets, now, bounds)) best = loss;
                return;
            }
            foreach (var q in choices[i])
            {
                now[i] = q;
                Try(i + 1, loss + tickets[i].Loss(q));
            }
        }
        Try(0, 0);
        return best;
    }

    private static IEnumerable<decimal> Choices(Ticket t)
    {
        yield return 0;
        for (var q = t.Lot; q <= t.MaxQuantity; q += t.Lot)
            if (q >= t.MinQuantity && q * t.Price >= t.MinValue) yield return q;
        if (t.Whole is { } whole) yield return whole;
    }

    private static bool Feasible(Ticket[] tickets, decimal[] q, LotBounds bounds)
    {
        if (q.Count(x => x > 0) > bounds.MaxTrades || tickets.Select((t, i) => t.Price * q[i]).Sum() > bounds.MaxTraded) return false;
        if (tickets.Where((t, i) => !t.Buys && q[i] > 0 && t.Cash(q[i]) < 0).Any()) return false;
        var cash = bounds.Pots[0] + tickets.Select((t, i) => t.Cash(q[i])).Sum();
        return cash >= bounds.Buffer || !tickets.Where((t, i) => t.Buys && q[i] > 0).Any();
    }
}
