using Ballast.Adapters.Files;
using Ballast.App.Examples;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;
using Ballast.Money;
using Ballast.Tests.App;

namespace Ballast.Tests.Hedging;

/// <summary>Orders of legs on the example's chain, by the venue's own kind of margin: every figure on the way is that of the book at that moment.</summary>
public sealed class LegRouteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Chain _chain;
    private readonly ContractSet _contracts = ContractsFile.Preset(new VenueId("deribit"))!;

    public LegRouteTests() => _chain = ChainFile.Load(_folder.File("chain.csv", SyntheticChain.Csv()), _contracts).Value!.Snapshots[^1];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_step_needs_what_the_book_of_that_moment_needs()
    {
        var book = Book(("BTC-PERPETUAL", -20_000));
        var route = Route(book, double.PositiveInfinity, ("BTC-25DEC26-110000-C", -5), ("BTC-25DEC26-120000-C", 5), ("BTC-25DEC26-85000-P", -4), ("BTC-25DEC26-80000-P", 4));
        var filled = book;
        foreach (var step in route.Best.OrThrow().Steps)
        {
            filled = MarginAccounts.Traded(filled, [route.Legs[step.Leg]], _chain);
            Assert.Equal(Figures(filled).Use, step.Margin, 1e-9);
        }
    }

    /// <summary>The long options come before the shorts that they cover: nobody told it to.</summary>
    [Fact]
    public void What_covers_comes_before_what_is_covered()
    {
        var best = Route(Book(), double.PositiveInfinity, ("BTC-25DEC26-110000-C", -5), ("BTC-25DEC26-115000-C", 5)).Best.OrThrow();

        Assert.Equal([1, 0], best.Order);
    }

    [Fact]
    public void The_best_order_is_no_worse_than_any_other()
    {
        var route = Route(Book(("BTC-PERPETUAL", 40_000)), double.PositiveInfinity, ("BTC-25DEC26-110000-C", -5), ("BTC-PERPETUAL", -60_000), ("BTC-25DEC26-85000-P", -4), ("BTC-26MAR27-80000-P", 6));
        var fills = new MarginFills(Account(Book(("BTC-PERPETUAL", 40_000))), route.Legs);
        var set = new LegSet(4, fills.Use);
        var all = from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) from d in Enumerable.Range(0, 4) where new[] { a, b, c, d }.Distinct().Count() == 4 select LegPath.Of(set, [a, b, c, d]).PeakMargin;

        Assert.Equal(all.Min(), route.Best.OrThrow().PeakMargin, 1e-12);
    }

    [Fact]
    public void A_limit_that_no_order_keeps_is_refused_and_the_step_is_named()
    {
        var route = Route(Book(), 0.01, ("BTC-25DEC26-110000-C", -5), ("BTC-25DEC26-115000-C", 5));

        Assert.Equal("MarginOverLimit", Assert.IsType<Answer<LegPath>.Refused>(route.Best).Code);
        Assert.Equal(1, route.GivenBreaks);
    }

    private LegRoute Route(PositionBook book, double limit, params (string Name, decimal Quantity)[] legs)
    {
        var priced = legs.Select(l => (PricedPosition.Known)PositionPricer.Price(new Position(_contracts.Find(l.Name)!, l.Quantity, null, ""), _chain)).ToImmutableArray();
        return LegRoute.Of(Account(book), priced, new double[legs.Length], limit);
    }

    private PositionBook Book(params (string Name, decimal Quantity)[] positions) =>
        new([.. positions.Append(("BTC-26MAR27-100000-P", 0.1m)).Select(p => new Position(_contracts.Find(p.Item1)!, p.Item2, null, ""))], [new Balance(new Amount(5, new Asset("BTC")), "")]);

    private MarginAccount Account(PositionBook book) => MarginAccounts.Of(MarginPresetFile.BuiltIn.Find("deribit-pm", new Asset("BTC"))!, book, _chain).Account!;

    private MarginFigures Figures(PositionBook book) => MarginFigures.Of(Account(book));
}
