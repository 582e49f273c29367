using Ballast.Adapters.Files;
using Ballast.Costs;
using Ballast.Engine.Execution;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Tests.Derivatives;

namespace Ballast.Tests.Engine.Venues;

/// <summary>A paper account of contracts refuses what a venue would refuse, and is stopped where one would liquidate it.</summary>
public class PaperMarginTests
{
    private static readonly Asset Btc = new("BTC");
    private static readonly Instrument.Derivative Perpetual = Contracts.Contract("BTC-PERPETUAL"), Future = Contracts.Contract("BTC-27NOV26");

    private readonly ReplayTime _time = new(Instant.FromUtc(2026, 11, 23, 12, 0));
    private int _orders;

    [Fact]
    public async Task An_order_beyond_the_margin_is_refused_and_nothing_is_changed()
    {
        var venue = Venue(2m);
        var before = venue.Books;

        var refused = Assert.IsType<SendOutcome.Refused>(await Send(venue, Perpetual, Side.Sell, 5_000_000));

        Assert.Equal(("INSUFFICIENT_MARGIN", true), (refused.Code, refused.Definite));
        Assert.StartsWith("it would need ", refused.Reason);
        Assert.Same(before, venue.Books);
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Sell, 50_000));
    }

    [Fact]
    public async Task What_lowers_the_margin_is_never_refused()
    {
        var venue = Venue(2m);
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Buy, 300_000));
        Show(venue, Perpetual, 41_500);
        Assert.True(await Snapshot(venue) is { Margin: { } m } && m.Initial > m.Equity);

        Assert.IsType<SendOutcome.Refused>(await Send(venue, Perpetual, Side.Buy, 10, 41_600));
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Sell, 100_000, 41_400));
    }

    [Fact]
    public async Task An_account_that_a_venue_would_liquidate_is_stopped_once_and_keeps_its_contracts()
    {
        var venue = Venue(2m);
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Buy, 300_000));
        for (var price = 49_000; price > 36_000; price -= 500) Show(venue, Perpetual, price);
        await venue.DisposeAsync();

        var kills = new List<ExecutionEvent.KillPressed>();
        await foreach (var happened in venue.StreamAsync([], TestContext.Current.CancellationToken))
            if (happened is ExecutionEvent.KillPressed kill) kills.Add(kill);

        Assert.Equal("desk", Assert.Single(kills).Scope);
        Assert.Equal(300_000, venue.Books.Positions[Perpetual.Symbol].Quantity);
    }

    [Fact]
    public async Task What_expires_is_settled_at_the_next_look_and_no_longer_held()
    {
        var venue = Venue(2m);
        Show(venue, Future, 50_000);
        await Send(venue, Future, Side.Buy, 50_000);
        var paid = (await Snapshot(venue)).Balances[Btc];
        Assert.Equal(50_000, (await Snapshot(venue)).Positions[Future.Symbol]);

        _time.Now = Future.Expires!.Value;
        Show(venue, Perpetual, 62_500);
        var after = await Snapshot(venue);

        Assert.Empty(after.Positions);
        Assert.Equal(paid + 50_000m * (1 / 50_000m - 1 / 62_500m), after.Balances[Btc]);
    }

    [Fact]
    public async Task A_fill_pays_the_fee_of_contracts_in_what_they_are_settled_in()
    {
        var venue = Venue(2m);
        var trade = Assert.Single(Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Buy, 50_000)).Trades);
        Assert.Equal((new Amount(0.0005m, Btc), 50_000m), (trade.Fee, trade.Price));
        Assert.Equal(2m - 0.0005m, (await Snapshot(venue)).Balances[Btc]);
    }

    private PaperVenue Venue(decimal btc)
    {
        var instruments = new InstrumentSet("for tests", [Perpetual, Future]);
        var costs = CostRules.None with { Contracts = new ContractFees(0, 0.0005m, 0.0003m, 0.125m) };
        var venue = new PaperVenue("desk", PaperVenue.PlainSheet(new("deribit"), new(2026, 11, 23)), instruments, costs, PaperBooks.Opened([KeyValuePair.Create(Btc, btc)]), new Clock(_time), _ => { })
        {
            Preset = underlying => MarginPresetFile.BuiltIn.Find("deribit-pm", underlying),
        };
        Show(venue, Perpetual, 50_000);
        return venue;
    }

    private void Show(PaperVenue venue, Instrument.Derivative contract, decimal price) => venue.Show(new TopOfBook(contract.Symbol, price, 0, price, 0, _time.Now));

    private Task<SendOutcome> Send(PaperVenue venue, Instrument.Derivative contract, Side side, decimal quantity, decimal price = 50_000) => venue.SendAsync(new PermittedOrder(new OrderRequest(
        OrderId.Of("desk", "plan", ++_orders, 1), "desk", "plan", 1, 1, Tradable.Of(contract), side, quantity, price, _time.Now + Duration.FromMinutes(1))), TestContext.Current.CancellationToken);

    private static Task<AccountSnapshot> Snapshot(PaperVenue venue) => venue.SnapshotAsync(TestContext.Current.CancellationToken);
}
