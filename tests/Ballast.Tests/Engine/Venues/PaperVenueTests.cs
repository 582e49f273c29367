using Ballast.Adapters.Files;
using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Engine.Execution;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Futures;
using Ballast.Orders;
using Ballast.Planning;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Engine.Venues;

/// <summary>A paper venue asks for margin as a venue does, and does not let time pass for nothing.</summary>
public sealed class PaperVenueTests : IAsyncDisposable
{
    private const string Perpetual = "BTC-PERPETUAL", Linear = "BTC_USDC-PERPETUAL", Call = "BTC-25DEC26-100000-C";

    private static readonly Asset Btc = new("BTC");

    private readonly ReplayTime _time = new(Instant.FromUtc(2026, 11, 23, 6, 0));
    private readonly Tape _tape;
    private readonly List<PaperBooks> _kept = [];
    private int _orders;

    public PaperVenueTests() => _tape = new Tape(_time, Perpetual, Linear, Call, "BTC-23NOV26-90000-C", "BTC-23NOV26");

    public ValueTask DisposeAsync() => _tape.DisposeAsync();

    [Fact]
    public async Task An_order_that_would_need_more_margin_than_there_is_is_refused_and_nothing_changes()
    {
        var venue = await Open(1, "deribit-sm");
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Sell, 500_000));
        var before = venue.Books.Text();

        var refused = Assert.IsType<SendOutcome.Refused>(await Send(venue, Perpetual, Side.Sell, 10_000_000));
        Assert.Equal(("INSUFFICIENT_MARGIN", true), (refused.Code, refused.Definite));
        Assert.Matches(@"^it would need \d+\.\d+ BTC of initial margin, and the account is worth 0\.\d+$", refused.Reason);
        Assert.Equal(before, venue.Books.Text());
    }

    /// <summary>Standard margin of 1 BTC: a bound that each order alone keeps, and both together do not.</summary>
    [Fact]
    public async Task Orders_that_rest_count_as_if_they_were_filled()
    {
        var venue = await Open(1, "deribit-sm");
        var size = 10m;
        while (await Send(await Open(1, "deribit-sm"), Perpetual, Side.Buy, 2 * size, 95_000) is SendOutcome.Acknowledged) size *= 2;
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Buy, size, 95_000));
        Assert.IsType<SendOutcome.Refused>(await Send(venue, Perpetual, Side.Buy, size, 95_000));
    }

    [Fact]
    public async Task What_lowers_the_margin_is_taken_even_when_there_is_too_little()
    {
        var venue = await Open(1, "deribit-sm", Position(Perpetual, 2_000_000, 96_000));
        await Move(venue, 60_000);
        Assert.IsType<SendOutcome.Refused>(await Send(venue, Perpetual, Side.Buy, 100_000));
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, Perpetual, Side.Sell, 100_000));
    }

    [Fact]
    public async Task An_account_under_maintenance_is_stopped_once_and_told_of()
    {
        var venue = await Open(1, "deribit-sm", Position(Perpetual, 500_000, 96_000));
        await Move(venue, 90_000);
        Assert.Empty(Stops(venue));

        await Move(venue, 80_000);
        await Move(venue, 79_000);
        var stop = Assert.Single(Stops(venue));
        Assert.Equal("paper", stop.Scope);
        Assert.Contains("a venue would liquidate it now", stop.Reason, StringComparison.Ordinal);
        Assert.Equal(500_000, venue.Books.Positions[Perpetual].Quantity);
    }

    /// <summary>480,000 USD bought at 96,000 with 1 BTC are worth nothing at 80,000: 1 + 480,000 (1/96,000 − 1/80,000) = 0.</summary>
    [Fact]
    public async Task Without_a_preset_an_account_is_stopped_before_it_is_worth_less_than_nothing()
    {
        var venue = await Open(1, null, Position(Perpetual, 480_000, 96_000));
        await Move(venue, 80_100);
        Assert.Empty(Stops(venue));
        await Move(venue, 79_800);
        Assert.StartsWith("it is worth -0.0", Assert.Single(Stops(venue)).Reason, StringComparison.Ordinal);
        Assert.Equal("INSUFFICIENT_FUNDS", Assert.IsType<SendOutcome.Refused>(await Send(await Open(0.001m, null), Call, Side.Buy, 1)).Code);
    }

    [Fact]
    public async Task What_has_expired_is_delivered_at_the_index_and_cannot_be_traded()
    {
        var venue = await Open(1, null, Position("BTC-23NOV26-90000-C", 2), Position("BTC-23NOV26", -96_000, 96_000));
        Assert.IsType<SendOutcome.Acknowledged>(await Send(venue, "BTC-23NOV26", Side.Buy, 10, 50_000));
        _time.Now = Instant.FromUtc(2026, 11, 23, 8, 0);
        await Move(venue, 100_000);

        Assert.Equal(1 + 2 * 0.1m + (-96_000m / 96_000 + 96_000m / 100_000), venue.Books.Of(Btc));
        Assert.Empty(venue.Books.Positions);
        Assert.Equal(VenueState.Expired, Assert.Single(venue.Books.Orders).Value.State);
        Assert.Equal(2, venue.News().OfType<ExecutionEvent.PaymentSeen>().Count(p => p.Payment is { Kind: PaymentKind.Delivery, Price: 100_000 }));
        Assert.Equal("EXPIRED", Assert.IsType<SendOutcome.Refused>(await Send(venue, "BTC-23NOV26", Side.Buy, 10)).Code);
    }

    /// <summary>A premium of 0.1 % is 0.075 % beyond the damper; 96,000 USD at 96,000 pay that of a coin in eight hours.</summary>
    [Fact]
    public async Task A_perpetual_pays_funding_by_its_venues_rule_and_none_where_that_is_not_known()
    {
        var (venue, unknown) = (await Open(1, null, Position(Perpetual, 96_000, 96_000)), await Open(1, null, new FundingRule.Damped(0, 0, 0), Position(Perpetual, 96_000, 96_000)));
        for (var minute = 0; minute < 480; minute++)
        {
            _time.Now += Duration.FromMinutes(1);
            await Move(venue, 96_000);
            await Move(unknown, 96_000);
        }
        Assert.Equal(0.99925m, venue.Books.Of(Btc), 7);
        Assert.Equal(1, unknown.Books.Of(Btc));
    }

    /// <summary>A program that starts again with the kept text goes on as if it had not ended.</summary>
    [Fact]
    public async Task Every_change_is_kept_and_the_kept_account_is_the_account()
    {
        var venue = await Open(1, null);
        await Send(venue, Perpetual, Side.Buy, 50_000);
        await Send(venue, Call, Side.Sell, 0.3m);
        Assert.Equal(venue.Books.Text(), PaperBooks.Read(_kept[^1].Text()).Text());
        Assert.Equal((50_000m, -0.3m), (_kept[^1].Positions[Perpetual].Quantity, _kept[^1].Positions[Call].Quantity));
    }

    private Task<PaperVenue> Open(decimal coins, string? preset, params Position[] positions) => Open(coins, preset, new FundingRule.Damped(0.00025, -0.005, 0.005), positions);

    private async Task<PaperVenue> Open(decimal coins, string? preset, FundingRule.Damped funding, params Position[] positions)
    {
        var books = PaperBooks.Opened([new(Btc, coins)]).With(new PositionBook([.. positions], []), _time.Now);
        var sheet = PaperVenue.PlainSheet(new("deribit"), new(2026, 11, 23)) with { Funding = funding.Highest == 0 ? null : funding };
        var venue = new PaperVenue("paper", sheet, _tape.Instruments, CostRules.None with { Contracts = PaperAccount.Fees }, books, new Clock(_time), _kept.Add)
        {
            Prices = _tape, Preset = underlying => preset is null ? null : MarginPresetFile.BuiltIn.Find(preset, underlying),
        };
        await Move(venue, _tape.Index);
        return venue;
    }

    private async Task Move(PaperVenue venue, decimal index)
    {
        _tape.Index = index;
        await venue.MarketsAsync([Perpetual, "BTC-23NOV26"], TestContext.Current.CancellationToken);
        await venue.QuotesAsync([Perpetual, Call, "BTC-23NOV26"], TestContext.Current.CancellationToken);
        await venue.OptionsAsync(Btc, TestContext.Current.CancellationToken);
    }

    private Task<SendOutcome> Send(PaperVenue venue, string name, Side side, decimal quantity, decimal? limit = null)
    {
        var price = limit ?? _tape.Mark(name) + (side == Side.Buy ? 1 : -1) * (name == Call ? 0.001m : 0.5m);
        var order = new OrderRequest(OrderId.Of("paper", "p", _orders++, 0), "paper", "p", 1, 0, Tradable.Of(Contract(name)), side, quantity, price, _time.Now + Duration.FromSeconds(5));
        return venue.SendAsync(new PermittedOrder(order), TestContext.Current.CancellationToken);
    }

    private static IReadOnlyList<ExecutionEvent.KillPressed> Stops(PaperVenue venue) => [.. venue.News().OfType<ExecutionEvent.KillPressed>()];
}
