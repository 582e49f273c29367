using Ballast.Execution;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Tests.Execution;

public class ExecutionCoreTests
{
    [Fact]
    public void A_buy_waits_for_the_sale_that_pays_for_it()
    {
        var desk = new Desk().Open(btc: 1).Plan(Desk.Buy(2, Desk.Eth, 5m, 2001m), Desk.Sell(1, Desk.Btc, 0.5m, 40000m));

        Assert.Equal([1], desk.Sent.Select(o => o.Leg));
        desk.FillLast();

        Assert.Equal([1, 2], desk.Sent.Select(o => o.Leg));
        desk.FillLast().Wait(11).Snapshot(0.5m, 5m, 20000m - 5m * 2001m).Wait(1);
        Assert.Equal(PlanStatus.Completed, desk.State.Status);
    }

    [Fact]
    public void Nothing_is_sent_whose_intent_is_not_among_the_records_of_the_same_step()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));

        Assert.Equal(desk.Sent.Single().Id, desk.Journal.OfType<JournalRecord.Intended>().Single().Order.Id);
    }

    [Fact]
    public void A_buy_is_cut_to_the_cash_there_is_once_the_sales_are_over()
    {
        var desk = new Desk().Open(btc: 1, usdt: 100m).Plan(Desk.Buy(1, Desk.Eth, 5m, 2001m));

        Assert.Equal(0.0499m, desk.Sent.Single().Quantity);
    }

    [Fact]
    public void A_time_out_is_unknown_and_counts_in_full_until_it_is_proven()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();

        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Ambiguous("no answer"))).Wait(3);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now))).Wait(1);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now))).Wait(1);

        Assert.Equal(OrderState.Unknown, desk.Last.State);
        Assert.Equal(0.5m, desk.Last.AtRisk);
        Assert.Single(desk.Sent);
    }

    [Fact]
    public void Not_found_twice_after_the_deadline_and_the_lag_proves_absence_and_the_next_attempt_has_another_id()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();

        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Ambiguous("no answer"))).Wait(16).Quote("BTC/USDT", 40000, 40001);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now)));
        Assert.Equal(OrderState.Unknown, desk.State.Orders[order.Id].State);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now)));

        Assert.Equal(OrderState.ProvenAbsent, desk.State.Orders[order.Id].State);
        Assert.Equal(2, desk.Sent.Count());
        Assert.Equal(OrderId.Of("venue", "p1", 1, 1), desk.Sent.Last().Id);
    }

    [Fact]
    public void What_the_venue_would_have_forgotten_is_never_taken_for_absent()
    {
        var desk = new Desk(new VenueSheet(new("test"), true, new(2026, 11, 23)) { Deadline = Duration.FromSeconds(5), LagMargin = Duration.FromSeconds(10), UnfilledKept = Duration.FromMinutes(30), PlaceDeadline = DeadlineCheck.Engine })
            .Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Ambiguous("no answer"))).Wait(31 * 60);

        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now))).Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now)));

        Assert.Equal(OrderState.Unknown, desk.Last.State);
    }

    [Fact]
    public void A_trade_is_booked_once_whatever_it_came_by()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        var trade = desk.Trade(order, "t1", 0.2m);

        desk.Tell(new ExecutionEvent.TradeSeen(desk.Now, "venue", trade)).Tell(new ExecutionEvent.TradeSeen(desk.Now, "venue", trade));
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, 0.2m, VenueState.Open)], [trade], desk.Now)));

        Assert.Equal(0.8m, desk.State.Balances.Of("venue", new("BTC")));
        Assert.Equal(0.2m, desk.Last.Filled);
        Assert.Equal(OrderState.Partial, desk.Last.State);
    }

    [Fact]
    public void An_order_is_not_closed_while_the_venue_counts_fills_that_are_not_booked()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();

        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, 0.3m, VenueState.Cancelled)], [], desk.Now))).Wait(20);
        Assert.Equal(OrderState.Closing, desk.Last.State);
        desk.Tell(new ExecutionEvent.TradeSeen(desk.Now, "venue", desk.Trade(order, "t1", 0.3m)));
        Assert.Equal(OrderState.Closing, desk.State.Orders[order.Id].State);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, 0.3m, VenueState.Cancelled)], [], desk.Now)));

        Assert.Equal(OrderState.Cancelled, desk.State.Orders[order.Id].State);
    }

    [Fact]
    public void Silence_confirms_no_close_and_an_answer_that_was_long_on_its_way_confirms_none_either()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var (order, told) = (desk.Sent.Single(), desk.Now);
        desk.Tell(new ExecutionEvent.OrderSeen(told, "venue", Desk.Report(order, 0, VenueState.Cancelled))).Wait(30);
        Assert.Equal(OrderState.Closing, desk.Last.State);

        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, 0, VenueState.Cancelled)], [], told + Duration.FromSeconds(2))));
        Assert.Equal(OrderState.Closing, desk.Last.State);

        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, 0, VenueState.Cancelled)], [], told + Duration.FromSeconds(13))));
        Assert.Equal(OrderState.Cancelled, desk.State.Orders[order.Id].State);
    }

    [Fact]
    public void A_person_may_close_an_order_that_no_proof_can_but_not_one_that_can_still_come()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Ambiguous("no answer")));
        Assert.Equal(OrderState.Unknown, desk.Last.State);

        desk.Tell(new ExecutionEvent.DifferenceAccepted(desk.Now, "venue", "me", "looked"));
        Assert.Equal(OrderState.Unknown, desk.Last.State);

        desk.Wait(20).Tell(new ExecutionEvent.DifferenceAccepted(desk.Now, "venue", "me", "looked"));
        Assert.Equal(OrderState.ProvenAbsent, desk.State.Orders[order.Id].State);
    }

    [Fact]
    public void A_restart_leaves_every_live_order_unknown_and_sends_nothing_before_the_books_agree()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Acknowledged(Desk.Report(order, 0, VenueState.Open), [])));

        desk.Restart().Quote("BTC/USDT", 40000, 40001).Wait(5);

        Assert.Equal(OrderState.Unknown, desk.Last.State);
        Assert.Single(desk.Sent);
        Assert.Contains(desk.Effects, e => e is Effect.Query(var asked) && asked.Id == order.Id && asked.VenueOrderId == "v0");
    }

    [Fact]
    public void A_difference_seen_twice_is_booked_by_name_and_a_large_fall_waits_for_a_person()
    {
        var desk = new Desk().Open(btc: 1, usdt: 1000m);

        desk.Snapshot(1, 0, 1500m).Wait(11).Snapshot(1, 0, 1500m);
        Assert.Equal(1500m, desk.State.Balances.Of("venue", new("USDT")));
        Assert.Equal("moved outside of Ballast", desk.Journal.OfType<JournalRecord.External>().Last().Why);

        desk.Snapshot(0.5m, 0, 1500m).Wait(11).Snapshot(0.5m, 0, 1500m);
        Assert.Equal(1m, desk.State.Balances.Of("venue", new("BTC")));
        Assert.False(desk.State.IsReady("venue"));
        desk.Tell(new ExecutionEvent.DifferenceAccepted(desk.Now, "venue", "me", "moved to cold storage")).Snapshot(0.5m, 0, 1500m);
        Assert.True(desk.State.IsReady("venue"));
    }

    [Fact]
    public void The_kill_switch_is_in_the_records_before_its_cancels_and_nothing_is_sent_after_it()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Acknowledged(Desk.Report(order, 0, VenueState.Open), [])));

        desk.Tell(new ExecutionEvent.KillPressed(desk.Now, "*", "me", "enough")).Wait(10);

        Assert.Equal(PlanStatus.Killed, desk.State.Status);
        Assert.Contains(desk.Effects, e => e is Effect.CancelAll("venue"));
        Assert.Equal(OrderState.Cancelling, desk.Last.State);
        Assert.Single(desk.Sent);
        Assert.Equal("enough", ExecutionState.Of(desk.Journal).KilledFor("venue"));
    }

    [Fact]
    public void What_is_folded_from_the_journal_is_what_is_known_while_running()
    {
        var desk = new Desk().Open(btc: 1).Plan(Desk.Buy(2, Desk.Eth, 5m, 2001m), Desk.Sell(1, Desk.Btc, 0.5m, 40000m)).FillLast().FillLast().Wait(11);
        var folded = ExecutionState.Of(desk.Journal);

        Assert.Equal(desk.State.Balances.Of("venue"), folded.Balances.Of("venue"));
        Assert.Equal(desk.State.Orders.Values, folded.Orders.Values);
        Assert.Equal((desk.State.Status, desk.State.Epoch), (folded.Status, folded.Epoch));
    }

    [Fact]
    public void An_order_refused_after_its_acceptance_is_rejected()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();

        desk.Tell(new ExecutionEvent.OrderSeen(desk.Now, "venue", Desk.Report(order, 0, VenueState.Rejected)));
        for (var i = 0; i < 2; i++) desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, 0, VenueState.Rejected)], [], desk.Now))).Wait(12);

        Assert.Equal(OrderState.Rejected, desk.State.Orders[order.Id].State);
    }

    [Fact]
    public void A_person_is_told_once_of_an_order_whose_fate_stays_unknown_after_its_plan()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        desk.Tell(new ExecutionEvent.Sent(desk.Now, desk.Sent.Single().Id, new SendOutcome.Ambiguous("no answer")));
        desk.Tell(new ExecutionEvent.StopAsked(desk.Now, "me", "enough"));

        desk.Wait(14 * 60);
        Assert.DoesNotContain(desk.Effects, e => e is Effect.Tell { Code: "ORDER_UNKNOWN" });
        desk.Wait(3 * 60);

        Assert.Single(desk.Effects, e => e is Effect.Tell { Code: "ORDER_UNKNOWN" });
    }

    [Fact]
    public void What_an_earlier_plan_may_still_trade_counts_as_turnover()
    {
        // 20,000 are out and 36,000 are wanted; the limit of an hour is the whole value, 50,000.
        var desk = new Desk().Open(btc: 2).Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        desk.Tell(new ExecutionEvent.Sent(desk.Now, desk.Sent.Single().Id, new SendOutcome.Ambiguous("no answer"))).Tell(new ExecutionEvent.StopAsked(desk.Now, "me", "enough"));

        desk.Tell(new ExecutionEvent.PlanOffered(desk.Now, desk.State.Plan! with { Id = "p2", Parents = [Desk.Sell(1, Desk.Btc, 0.9m, 40000m)] }, Approved: true));

        Assert.Equal("L7_TURNOVER", Assert.Single(desk.Journal.OfType<JournalRecord.Denied>()).Limit);
    }

    [Theory]
    [InlineData("BTC-20NOV26-90000-C", true)]
    [InlineData("BTC-25DEC26-90000-C", false)]
    [InlineData("BTC-PERPETUAL", false)]
    public void A_contract_that_has_expired_may_be_gone_and_no_other(string contract, bool mayGo)
    {
        AccountSnapshot Snapshot(Desk at, decimal held) => new("venue", at.Now, ImmutableSortedDictionary<Asset, decimal>.Empty.Add(new("BTC"), 1),
            held == 0 ? ImmutableSortedDictionary<string, decimal>.Empty : ImmutableSortedDictionary<string, decimal>.Empty.Add(contract, held), []);
        var desk = new Desk();
        desk.Tell(new ExecutionEvent.Started(desk.Now, "test", "here")).Tell(new ExecutionEvent.ClockMeasured(desk.Now, "venue", Duration.Zero)).Tell(new ExecutionEvent.SnapshotTaken(desk.Now, Snapshot(desk, 2)));
        Assert.Equal(2, desk.State.Balances.Of("venue", new Asset(contract)));

        for (var i = 0; i < 3; i++) desk.Wait(30).Tell(new ExecutionEvent.SnapshotTaken(desk.Now, Snapshot(desk, 0)));

        Assert.Equal(mayGo, desk.State.Mismatches.IsEmpty);
        Assert.Equal(mayGo ? 0 : 2, desk.State.Balances.Of("venue", new Asset(contract)));
    }

    [Fact]
    public void Not_found_confirms_a_close_only_where_the_venue_may_have_forgotten_it()
    {
        var sheet = new VenueSheet(new("test"), true, new(2026, 11, 23))
        {
            Deadline = Duration.FromSeconds(5), LagMargin = Duration.FromSeconds(10), PlaceDeadline = DeadlineCheck.Engine, UnfilledKept = Duration.FromSeconds(60),
        };
        var desk = new Desk(sheet).Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Acknowledged(Desk.Report(order, 0, VenueState.Open), []))).Wait(21);
        desk.Tell(new ExecutionEvent.Cancelled(desk.Now, order.Id, new CancelOutcome.Done()));

        NotFoundTwice();
        Assert.Equal(OrderState.Closing, desk.State.Orders[order.Id].State);
        desk.Wait(30);
        NotFoundTwice();

        Assert.Equal(OrderState.Cancelled, desk.State.Orders[order.Id].State);

        void NotFoundTwice()
        {
            for (var i = 0; i < 2; i++) desk.Wait(11).Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now)));
        }
    }
}
