using System.Text.Json;
using Ballast.Numerics.Execution;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Execution;

public class ShortfallTests
{
    [Fact]
    [Trait("Category", "Vectors")]
    public void The_reference_shortfall_comes_out()
    {
        foreach (var x in DerivativeCases.Read("implementation_shortfall.json"))
        {
            Fill[] fills = [.. x.GetProperty("fills").EnumerateArray().Select(f => new Fill(f[0].GetDouble(), f[1].GetDouble()))];
            var found = ImplementationShortfall.Of(x.GetProperty("side").GetInt32(), x.Number("target"), x.Number("decision"), x.Number("arrival"), x.Number("close"), fills, x.Number("fees"));

            foreach (var (key, actual) in (IEnumerable<(string, double)>)[("delay", found.Delay), ("trading_impact", found.Trading), ("opportunity", found.Opportunity), ("fees_paid", found.Fees), ("total", found.Total), ("bps_of_paper_notional", found.Bps)])
                DerivativeCases.Near(x.Number(key), actual, 1e-9, key);
        }
    }

    [Fact]
    public void The_parts_are_what_the_paper_portfolio_gained_more() => Prop.ForAll((
        from side in Gen.Elements(1, -1)
        from prices in Gen.Choose(5_000, 15_000).ArrayOf(3)
        from fills in (from q in Gen.Choose(1, 100) from p in Gen.Choose(5_000, 15_000) select new Fill(q / 8.0, p / 100.0)).ArrayOf().Where(f => f.Length < 20)
        from missed in Gen.Choose(0, 50)
        select (side, prices, fills, missed)).ToArbitrary(), x =>
    {
        double[] price = [.. x.prices.Select(p => p / 100.0)];
        var filled = x.fills.Sum(f => f.Quantity);
        var target = filled + 0.125 * (1 + x.missed);
        var found = ImplementationShortfall.Of(x.side, target, price[0], price[1], price[2], x.fills, 1.5);
        var paper = x.side * target * (price[2] - price[0]);
        var real = x.fills.Sum(f => x.side * f.Quantity * (price[2] - f.Price)) - 1.5;

        Assert.Equal(paper - real, found.Total, 1e-8);
    }).Check(Chance.Cases(200));

    /// <summary>Bought 2 at 100 and 1 at 103: ten seconds later the mid is 101 and 102.</summary>
    [Fact]
    public void A_markout_is_what_the_mid_did_after_the_fills()
    {
        double[] times = [0, 10, 20, 30], mids = [100.5, 101, 102, 99];
        Fill[] fills = [new(2, 100), new(1, 103)];

        Assert.Equal((2 * 1.0 + 1 * -1) / 3, Markout.Of(1, [0, 10], fills, times, mids, 10)!.Value, 1e-12);
        Assert.Equal((2 * 0.5 + 1 * -2) / 3, Markout.Of(1, [0, 10], fills, times, mids, 0)!.Value, 1e-12);
        Assert.Equal(-1, Markout.Of(-1, [0, 25], fills, times, mids, 10)!.Value);
        Assert.Null(Markout.Of(1, [0, 10], fills, times, mids, 60));
    }

    [Fact]
    public void An_order_that_only_makes_follows_the_best_and_never_crosses_in_silence()
    {
        var rule = new PostOnly(ImproveTicks: 1, FollowTicks: 2, LeastSeconds: 5, MostReprices: 3, CrossSeconds: 30, DriftBudget: 4);
        var book = new Book(100, 101, 0.5);
        var order = new Resting(1, null, 100.5, 0, 0, 600);

        Assert.Equal(new PostOnlyStep.Place(100.5), rule.Next(book, order));
        Assert.Equal(new PostOnlyStep.Place(100), rule.Next(book with { Ask = 100.5 }, order));
        Assert.IsType<PostOnlyStep.Keep>(rule.Next(book, order with { Price = 100, SecondsSincePriced = 60 }));
        Assert.Equal(new PostOnlyStep.Place(101.5), rule.Next(new(101, 102, 0.5), order with { Price = 100, SecondsSincePriced = 60 }));
        Assert.Equal(new PostOnlyStep.Keep("priced a moment ago"), rule.Next(new(101, 102, 0.5), order with { Price = 100, SecondsSincePriced = 4 }));
        Assert.Equal(new PostOnlyStep.Keep("followed often enough"), rule.Next(new(101, 102, 0.5), order with { Price = 100, SecondsSincePriced = 60, Reprices = 3 }));
        Assert.Equal(new PostOnlyStep.Cross(101, "time is running out"), rule.Next(book, order with { Price = 100, SecondsLeft = 29 }));
        Assert.Equal(new PostOnlyStep.Cross(105.5, "the market has gone too far away"), rule.Next(new(104, 105.5, 0.5), order with { Price = 100 }));
        Assert.Equal(new PostOnlyStep.Cross(95, "the market has gone too far away"), rule.Next(new(95, 96, 0.5), order with { Side = -1, Price = 101 }));
    }

    /// <summary>Whatever the book, a price it places is better than the far side by a tick at least.</summary>
    [Fact]
    public void No_placed_price_would_take() => Prop.ForAll((
        from bid in Gen.Choose(100, 200) from wide in Gen.Choose(1, 10) from improve in Gen.Choose(0, 20) from side in Gen.Elements(1, -1) select (bid, wide, improve, side)).ToArbitrary(), x =>
    {
        var book = new Book(x.bid, x.bid + x.wide, 1);
        var price = new PostOnly(x.improve, 1, 0, 9, 0, 1e9).Quote(book, x.side);
        Assert.True(x.side > 0 ? price <= book.Ask - 1 && price >= book.Bid : price >= book.Bid + 1 && price <= book.Ask);
    }).Check(Chance.Cases(200));
}
