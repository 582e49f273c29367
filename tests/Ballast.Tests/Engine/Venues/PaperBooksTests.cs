using Ballast.Derivatives;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Engine.Venues;

/// <summary>Random trades, fills, funding and deliveries on paper: the ledger has every unit of them, and nothing comes of nothing.</summary>
public class PaperBooksTests
{
    private const int Seeds = 40, Steps = 250; // About four days: the contracts of 5 January expire on the way.

    [Fact]
    public void The_ledger_of_the_journal_holds_what_the_account_holds_to_the_last_unit()
    {
        var kinds = new HashSet<PaymentKind>();
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var account = Run(seed);
            var state = ExecutionState.Of(account.Records);
            var held = account.Books.Balances.Select(b => (b.Key, b.Value)).Concat(account.Books.Positions.Select(p => (new Asset(p.Key), p.Value.Quantity)));
            Assert.Equal(held.OrderBy(h => h.Item1), state.Balances.Of("paper").Select(h => (h.Key, h.Value)));
            foreach (var asset in account.Records.SelectMany(Bookings.Of).SelectMany(e => e.Postings).GroupBy(p => p.Amount.Asset)) Assert.Equal(0, asset.Sum(p => p.Amount.Value));
            kinds.UnionWith(account.Records.OfType<JournalRecord.Paid>().Select(p => p.Payment.Kind));
        }
        Assert.Equal(Enum.GetValues<PaymentKind>().Order(), kinds.Order());
    }

    /// <summary>The change of an account is its premiums, gains and deliveries, less its fees, with its funding: reckoned here from the trades alone.</summary>
    [Fact]
    public void What_an_account_has_more_is_its_trades_each_from_its_own_price_less_fees_with_funding()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var account = Run(seed);
            foreach (var (asset, opened) in (ReadOnlySpan<(Asset, decimal)>)[(PaperAccount.Btc, 10), (PaperAccount.Usdc, 500_000)])
            {
                var paid = account.Records.OfType<JournalRecord.Paid>().Select(p => p.Payment).Where(p => p.Amount.Asset == asset).ToArray();
                var expected = opened - account.Books.Trades.Where(t => t.Fee.Asset == asset).Sum(t => t.Fee.Value) + paid.Where(p => p.Kind == PaymentKind.Funding).Sum(p => p.Amount.Value);
                foreach (var contract in account.Books.Trades.Where(t => Contract(t.Symbol).Settlement == asset).GroupBy(t => t.Symbol)) expected += Gain(account, contract.Key, [.. contract]);
                Assert.InRange(account.Books.Of(asset) - expected, -5e-9m * (paid.Length + 1), 5e-9m * (paid.Length + 1));
            }
        }
    }

    [Fact]
    public void A_fee_is_what_the_rules_say_and_of_a_cheap_OfOneits_cap()
    {
        Assert.Equal(0.001m, PaperAccount.Fees.Of(Contract("BTC-PERPETUAL"), 120_000, 60_000, 60_000, waits: false));
        Assert.Equal(-12m, PaperAccount.Fees.Of(Contract("BTC_USDC-PERPETUAL"), 2, 60_000, 60_000, waits: true));
        Assert.Equal(0.0006m, PaperAccount.Fees.Of(Contract("BTC-25DEC26-70000-C"), 2, 0.05m, 60_000, waits: false));
        Assert.Equal(0.000125m, PaperAccount.Fees.Of(Contract("BTC-25DEC26-70000-C"), 2, 0.0005m, 60_000, waits: false));
    }

    [Fact]
    public void An_account_that_is_read_again_half_way_goes_on_as_if_it_had_not()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            var (one, other) = (new PaperAccount(seed), new PaperAccount(seed));
            for (var i = 0; i < Steps; i++)
            {
                one.Step();
                other.Step();
                if (i % 10 == seed - 1) other.Books = PaperBooks.Read(other.Books.Text());
            }
            Assert.Equal(one.Books.Text(), other.Books.Text());
        }
    }

    [Fact]
    public void A_file_from_before_contracts_is_read()
    {
        var books = PaperBooks.Read("""
            {"balances":{"BTC":"0.5","USDT":"1000"},"orders":[{"id":"ba110000000040008000000000000001","order":"1","symbol":"BTC/USDT","base":"BTC","quote":"USDT","side":"Buy","quantity":"0.1","price":"40000","filled":"0","state":"Open"}],"trades":[],"numbers":1}
            """);
        Assert.Empty(books.Positions);
        Assert.False(Assert.Single(books.Orders).Value.IsContract);
        Assert.Equal(0.5m, books.Of(PaperAccount.Btc));
    }

    [Fact]
    public void A_book_is_begun_with_as_it_is_and_a_future_without_an_entry_is_refused()
    {
        var books = PaperBooks.Opened([]).With(new PositionBook([Position("BTC-PERPETUAL", -180_000, 97_100), Position("BTC-25DEC26-70000-C", -20)], [Balance("BTC", 12)]), Now);
        Assert.Equal((12m, -180_000m, 97_100m, -20m), (books.Of(PaperAccount.Btc), books.Positions["BTC-PERPETUAL"].Quantity, books.Positions["BTC-PERPETUAL"].Entry, books.Positions["BTC-25DEC26-70000-C"].Quantity));
        Assert.Throws<ArgumentException>(() => PaperBooks.Opened([]).With(new PositionBook([Position("BTC-PERPETUAL", 10)], []), Now));
    }

    private static PaperAccount Run(int seed)
    {
        var account = new PaperAccount(seed);
        for (var i = 0; i < Steps; i++) account.Step();
        return account;
    }

    /// <summary>What the trades of a contract paid: all premiums of an option with its delivery; of a future each trade from its price to the last one or the delivery, less what is open.</summary>
    private static decimal Gain(PaperAccount account, string name, TradeReport[] trades)
    {
        var delivery = account.Records.OfType<JournalRecord.Paid>().Select(p => p.Payment).FirstOrDefault(p => p.Kind == PaymentKind.Delivery && p.Symbol == name);
        var signed = trades.Select(t => (Quantity: t.Side == Side.Buy ? t.Quantity : -t.Quantity, t.Price)).ToArray();
        if (Contract(name) is Ballast.Instruments.Instrument.Option option)
            return signed.Sum(t => -t.Quantity * t.Price) + (delivery is null ? 0 : signed.Sum(t => t.Quantity)
                * Math.Max(0, option.Right == Ballast.Numerics.Options.OptionKind.Call ? delivery.Price - option.Strike : option.Strike - delivery.Price) / delivery.Price);
        var end = delivery?.Price ?? trades[^1].Price;
        var all = signed.Sum(t => OfOne(t));
        return all - (account.Books.Positions.GetValueOrDefault(name) is { } p ? OfOne((p.Quantity, p.Entry)) : 0);

        decimal OfOne((decimal Quantity, decimal Price) t) => Contract(name).Inverse ? t.Quantity * (1 / t.Price - 1 / end) : t.Quantity * (end - t.Price);
    }
}
