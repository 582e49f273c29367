using Ballast.Derivatives;
using Ballast.Adapters.Files;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Options;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Margin;

public class MarginAccountTests
{
    private const string Call = "BTC-30JAN26-70000-C", Put = "BTC-30JAN26-55000-P";

    private static readonly MarginPreset Preset = MarginPresetFile.BuiltIn.Find("deribit-pm", new Asset("BTC"))!;
    private static readonly Chain Market = new(Now, [Option(Call, 0.4), Option(Put, 0.45), Quote("BTC-PERPETUAL", 60_010, null, 60_010, 60_000)]);
    private static readonly PositionBook Trader = new([Position(Call, -10), Position("BTC-PERPETUAL", -60_010, 60_010)], [Balance("BTC", 5)]);

    private static ChainQuote Option(string name, double volatility)
    {
        var contract = (Instrument.Option)Contract(name);
        var years = PositionPricer.Years(Now, contract.Expiry);
        return Quote(name, (decimal)(BlackScholes.OnForward(contract.Right, 60_200, (double)contract.Strike, years, 0, volatility).Price / 60_200), volatility, 60_200, 60_000);
    }

    private static MarginAccount Account(PositionBook book, MarginPreset? preset = null) => MarginAccounts.Of(preset ?? Preset, book, Market).Account!;

    /// <summary>A short perpetual of one coin: −q × 0.16/1.16 at the edge above, and 1 % for the roll.</summary>
    [Fact]
    public void A_perpetual_needs_the_edge_and_the_roll()
    {
        var figures = MarginFigures.Of(Account(new([Position("BTC-PERPETUAL", 60_010)], [Balance("BTC", 1)])));

        Assert.Equal(Math.Round(0.16 / 0.84, 9) + 0.01, figures.Margin.Initial, 1e-9);
        Assert.Equal(0.8 * figures.Margin.Initial, figures.Margin.Maintenance, 1e-9);
        Assert.Equal((1, new Asset("BTC")), ((int)figures.Account.Equity, figures.Account.Unit));
    }

    [Fact]
    public void Where_the_floor_is_open_the_larger_reading_decides()
    {
        var figures = MarginFigures.Of(Account(Trader));

        Assert.True(figures.Other!.Value.Initial > figures.Margin.Initial, "40 % of volatility is below the floor");
        Assert.Equal(figures.Other.Value, figures.Decisive);
        Assert.Equal(figures.Decisive, MarginFigures.Decide(figures.Account));
    }

    [Fact]
    public void An_account_moved_is_worth_what_its_positions_gain()
    {
        var (account, moved) = (Account(Trader), Account(Trader).After(0.1, 1.2, 3));
        var (call, future) = (account.Parts[0].Account.Legs[0].Leg, account.Parts[0].Account.Legs[1].Leg);

        Assert.Equal(account.Equity + call.Gain(0.1, 1.2 * call.Volatility, call.Years - 3.0 / 365) + future.Gain(0.1), moved.Equity, 1e-12);
        Assert.Equal(66_000, moved.Parts[0].Account.Index, 1e-9);
    }

    /// <summary>The call has 28 days: 30 % becomes 30 % × (30/28)^0.3.</summary>
    [Fact]
    public void Volatility_of_near_expiries_changes_more()
    {
        var (down, up) = (Account(Trader).AfterByTerm(0, -0.3, 0), Account(Trader).AfterByTerm(0, 0.3, 0));
        var scale = 0.3 * Math.Pow(30 / 28.0, 0.3);

        Assert.Equal(0.4 * (1 - scale), down.Parts[0].Account.Legs[0].Leg.Volatility, 1e-12);
        Assert.Equal(0.4 * (1 + scale), up.Parts[0].Account.Legs[0].Leg.Volatility, 1e-12);
        Assert.Equal(Account(Trader).Equity, Account(Trader).AfterByTerm(0, 0, 0).Equity, 1e-12);
    }

    /// <summary>In money: what the contracts gain when revalued in full, and the five coins, by the same five points.</summary>
    [Fact]
    public void Volatility_by_points_gains_what_a_full_revaluation_gains()
    {
        var (account, moved) = (Account(Trader), Account(Trader).AfterByPoints(0.1, 0.05, 3));
        Assert.Equal(0.45, moved.Parts[0].Account.Legs[0].Leg.Volatility, 1e-12);
        Assert.Equal(0, Account(Trader).AfterByPoints(0, -0.6, 0).Parts[0].Account.Legs[0].Leg.Volatility);
        var call = account.Parts[0].Positions[0];
        var option = -10 * (BlackScholes.OnForward(call.Leg.Right, 60_200 * 1.1, 70_000, call.Leg.Years - 3.0 / 365, 0, 0.45).Price / (60_200 * 1.1) - (double)call.Mark);
        var future = -60_010 * (1 / 60_010.0 - 1 / (60_010 * 1.1));
        Assert.Equal(account.Equity + option + future, moved.Equity, 1e-9);
    }

    [Fact]
    public void Equity_that_is_given_replaces_what_is_held() => Assert.Equal(3, Account(Trader).Holding(3).Equity, 1e-12);

    /// <summary>At the price that is found, equity is maintenance margin.</summary>
    [Fact]
    public void At_the_price_of_liquidation_nothing_is_left_above_maintenance()
    {
        var account = Account(Trader).Holding(3);
        var found = MarginLiquidation.Of(account);
        var there = account.After(found.Price.Above!.Value, 1, 0);

        Assert.Equal(there.Equity, MarginFigures.Decide(there).Maintenance, 1e-7);
        Assert.True(found.Joint!.Value.Distance <= Math.Log(1 + found.Price.Above.Value) / found.Sigma + 1e-6, "a shock of two kinds is at most as far as the nearest of one");
        var joint = account.After(found.Joint.Value.Move, found.Joint.Value.Volatility, 0);
        Assert.Equal(joint.Equity, MarginFigures.Decide(joint).Maintenance, 1e-6);
    }

    /// <summary>All, none and parts of legs, one of which closes a position: as if the book were read anew.</summary>
    [Fact]
    public void Legs_that_fill_in_parts_need_what_a_fresh_book_needs()
    {
        var account = Account(Trader);
        PricedPosition.Known[] legs = [.. new[] { Position(Put, 6), Position(Call, 10), Position("BTC-PERPETUAL", 30_005) }.Select(p => (PricedPosition.Known)PositionPricer.Price(p, Market))];
        foreach (var preset in new[] { Preset, MarginPresetFile.BuiltIn.Find("deribit-sm", new Asset("BTC"))!, MarginPresetFile.BuiltIn.Find("deribit-xpm", new Asset("BTC"))! })
        {
            var fills = new MarginFills(Account(Trader, preset), [.. legs]);
            foreach (var parts in new double[][] { [0, 0, 0], [1, 1, 1], [0.5, 0, 1], [0, 0.5, 0.25] })
            {
                var part = legs.Zip(parts, (leg, share) => (PricedPosition.Known)PositionPricer.Price(leg.Position with { Quantity = leg.Position.Quantity * (decimal)share }, Market));
                var fresh = Account(MarginAccounts.Traded(Trader, [.. part.Where(p => p.Position.Quantity != 0)], Market), preset);
                Assert.Equal(Account(Trader, preset).Equity, fresh.Equity, 1e-9);
                Assert.Equal(MarginFigures.Decide(fresh).Initial, fills.Initial(parts), 2e-9);
            }
        }
    }

    [Fact]
    public void A_cross_account_adds_underlyings_and_charges_haircuts()
    {
        var eth = Quote("ETH-PERPETUAL", 3_000, null, 3_000, 3_000);
        var chain = new Chain(Now, [.. Market.Quotes, eth]);
        var preset = MarginPresetFile.BuiltIn.Find("deribit_xpm_btc_2026", null)! with { Underlying = null };
        var (account, _) = MarginAccounts.Of(preset, new([Position("BTC-PERPETUAL", 60_010), Position("ETH-PERPETUAL", 3_000)], [Balance("USDT", 1_000)]), chain);
        var figures = MarginFigures.Of(account!);

        Assert.Equal((2, "USD", 1_000), (figures.Parts.Length, account!.Unit.Code, account.Equity));
        Assert.Equal(figures.Parts.Sum(p => p.Margin.Maintenance), figures.Margin.Maintenance);
        Assert.Contains(account.Notes, n => n.StartsWith("1000 USDT counts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MIXED_SETTLEMENT", "BTC-PERPETUAL", "BTC_USDC-PERPETUAL")]
    [InlineData("PRESET_UNDERLYING", "ETH-PERPETUAL")]
    [InlineData("MARK_MISSING", "BTC-30JAN26-99000-C")]
    [InlineData("EXPIRED", "BTC-1JAN26-60000-C")]
    [InlineData("NO_POSITIONS")]
    public void What_cannot_be_margined_says_why(string code, params string[] names)
    {
        var (account, refusals) = MarginAccounts.Of(Preset, new([.. names.Select(n => Position(n, 1))], [Balance("BTC", 1)]), Market);

        Assert.Null(account);
        Assert.Contains(refusals, r => r.Code == code && r.Reason.Length > 20);
    }

    [Fact]
    public void A_crossed_market_is_no_price()
    {
        var crossed = new Chain(Now, [Option(Call, 0.4) with { Bid = 0.02m, Ask = 0.01m }]);

        Assert.Equal("CROSSED_MARKET", Assert.Single(MarginAccounts.Of(Preset, new([Position(Call, 1)], []), crossed).Refusals).Code);
    }
}
