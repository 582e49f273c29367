using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Planning;

/// <summary>What holds for any portfolio, rules and intent.</summary>
public class PlanPropertyTests
{
    private static readonly Config Many = Chance.Cases(300);

    [Fact]
    public void Value_is_conserved_but_for_the_costs() => ForAll((s, plan) =>
        Assert.True(Math.Abs(plan.Before.Value - plan.Cost - plan.After.Value) <= 1e-20m * plan.Before.Value, $"{plan.Before.Value} - {plan.Cost} is not {plan.After.Value}"));

    [Fact]
    public void The_cost_is_the_sum_of_the_trades_costs() => ForAll((_, plan) => Assert.Equal(plan.Trades.Sum(t => t.Cost), plan.Cost));

    [Fact]
    public void No_balance_is_negative_after_any_trade() => ForAll((s, plan) =>
    {
        var book = s.Portfolio.Book;
        foreach (var trade in plan.Trades)
        {
            book = Settlement.Apply(book, trade, TradeFill.AsPlanned(trade, plan.At));
            Assert.All(book.Holdings, h => Assert.True(h.Quantity >= 0, $"{h.Quantity} {h.Asset} in {h.Account} after trade {trade.Number}"));
            Assert.Equal(trade.CashAfter, book.Holdings.Where(h => h.Account == trade.Account && h.Asset == trade.Instrument.Quote && h.StatusAt(plan.At) == HoldingStatus.Free).Sum(h => h.Quantity));
        }
    });

    [Fact]
    public void What_may_not_be_sold_is_not_touched() => ForAll((s, plan) =>
    {
        var after = Settlement.Apply(s.Portfolio.Book, plan);
        for (var i = 0; i < s.Portfolio.Book.Holdings.Length; i++)
        {
            var h = s.Portfolio.Book.Holdings[i];
            var kept = s.Portfolio.Rules.Of(h.Status).Sell == SellRule.No || s.Rules.Limits.NeverSell.Contains(h.Asset) || !s.Portfolio.Book.AccountNamed(h.Account).May.HasFlag(Permissions.Sell);
            var fee = plan.Trades.Any(t => t.Fee.Asset == h.Asset);
            if (kept && !fee && h.Asset != s.Portfolio.Base) Assert.True(after.Holdings[i].Quantity >= h.Quantity, $"{h} was sold");
        }
    });

    [Fact]
    public void A_mode_allows_only_its_trades() => ForAll((s, plan) =>
    {
        var raising = s.Intent is { Mode: Mode.CashFlow, NewCash: < 0 };
        if (s.Intent.Mode is Mode.BuyOnly or Mode.CashFlow && !raising) Assert.DoesNotContain(plan.Trades, t => t.Side == Side.Sell);
        if (s.Intent.Mode == Mode.SellOnly || raising) Assert.DoesNotContain(plan.Trades, t => t.Side == Side.Buy);
        Assert.DoesNotContain(plan.Trades, t => t.Side == Side.Buy && s.Rules.Limits.NeverBuy.Contains(t.Instrument.Base));
        Assert.DoesNotContain(plan.Trades, t => !s.Portfolio.Book.AccountNamed(t.Account).May.HasFlag(t.Side == Side.Buy ? Permissions.Buy : Permissions.Sell));
    });

    [Fact]
    public void Buys_leave_the_cash_buffer() => ForAll((s, plan) =>
    {
        var buffer = Math.Max(s.Rules.Limits.CashBuffer.Value, s.Rules.Limits.CashBufferShare * plan.Before.Value);
        if (plan.Trades.Any(t => t.Side == Side.Buy)) Assert.True(plan.After.Cash >= buffer, $"{plan.After.Cash} is below {buffer}");
    });

    [Fact]
    public void Every_order_is_one_that_the_venue_accepts() => ForAll((s, plan) => Assert.All(plan.Trades, t =>
    {
        var rules = t.Instrument.Rules;
        Assert.True(t.Quantity % rules.Lot == 0 || !s.WithLots, $"{t.Quantity} is no multiple of {rules.Lot}");
        Assert.True(rules.Accepts(t.Quantity, t.Price) || !s.WithLots, $"{t.Quantity} at {t.Price} is below the minima");
        Assert.True(t.Value >= s.Rules.Limits.MinTrade.Value && t.Value <= (s.Rules.Limits.MaxTrade?.Value ?? decimal.MaxValue));
    }));

    [Fact]
    public void Counts_and_turnover_stay_within_their_limits() => ForAll((s, plan) =>
    {
        Assert.True(plan.Trades.Length <= (s.Rules.Limits.MaxTrades ?? int.MaxValue));
        Assert.True(s.Rules.Limits.Turnover is not { } limit || plan.Traded <= limit.Share * plan.Before.Value);
    });

    [Fact]
    public void Sells_come_before_buys_in_every_plan() => ForAll((_, plan) => Assert.Equal(plan.Trades.OrderBy(t => t.Side == Side.Buy).Select(t => t.Number), plan.Trades.Select(t => t.Number)));

    [Fact]
    public void No_asset_is_bought_and_sold_in_one_plan() => ForAll((_, plan) =>
        Assert.All(plan.Trades.GroupBy(t => t.Instrument.Base), g => Assert.Single(g.Select(t => t.Side).Distinct())));

    [Fact]
    public void Planning_again_after_the_fills_gives_nothing() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var s = Scenario.Of(seed, lots: false, limits: false);
        // Proceeds in an account that may sell and not buy cannot be put to work, so that a second plan may have more to bring down.
        if (s.Portfolio.Book.Accounts.Any(a => a.May == Permissions.Sell)) return;
        if (s.Plan() is not { } plan || plan.Trades.Any(t => t.Fee.Asset != s.Portfolio.Base)) return;
        var again = (s with { Portfolio = s.With(Settlement.Apply(s.Portfolio.Book, plan)) }).Plan()!;
        Assert.True(again.Trades.IsEmpty, $"seed {seed}: {string.Join("; ", Given.Words(again))}");
    }));

    [Fact]
    public void A_portfolio_ten_times_as_large_trades_ten_times_as_much() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var s = Scenario.Of(seed, lots: true);
        if (s.Plan() is not { } plan) return;
        Assert.Equal(plan.Trades.Select(t => $"{t.Side} {Figures.Exact(t.Quantity * 10)} {t.Instrument} {t.Account}"), s.Times(10).Plan()!.Trades.Select(t => $"{t.Side} {Figures.Exact(t.Quantity)} {t.Instrument} {t.Account}"));
    }));

    [Fact]
    public void The_order_of_the_inputs_does_not_matter() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var s = Scenario.Of(seed, lots: seed % 2 == 0);
        if (s.Plan() is not { } plan) return;
        Assert.Equal(plan.Trades.Select(t => t.ToString()), s.Reversed().Plan()!.Trades.Select(t => t.ToString()));
    }));

    private static Arbitrary<int> Seeds => Gen.Choose(0, 1_000_000).ToArbitrary();

    private static void ForAll(Action<Scenario, Plan> holds) => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        foreach (var lots in (bool[])[false, true])
        {
            var scenario = Scenario.Of(seed, lots);
            if (scenario.Plan() is not { } plan) continue;
            try
            {
                holds(scenario, plan);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, lots {lots}: {e.Message}", e);
            }
        }
    }));
}
