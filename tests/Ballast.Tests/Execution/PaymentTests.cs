using Ballast.Execution;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Tests.Execution;

/// <summary>What a venue pays for contracts, and contracts whose time is over.</summary>
public class PaymentTests
{
    private static readonly Asset Btc = new("BTC"), Option = new("BTC-23NOV26-95000-C");

    /// <summary>The desk's day is 23 November 2026, 12:00; its options of that day ended at 08:00.</summary>
    private static readonly Asset Later = new("BTC-24NOV26-95000-C");

    [Fact]
    public void A_payment_is_booked_once_and_is_no_money_that_came()
    {
        var desk = new Desk().Open(btc: 1);
        var funding = new PaymentReport("p1", "BTC-PERPETUAL", PaymentKind.Funding, new(-0.25m, Btc), 0, 96_000, desk.Now);
        desk.Tell(new ExecutionEvent.PaymentSeen(desk.Now, "venue", funding)).Tell(new ExecutionEvent.PaymentSeen(desk.Now, "venue", funding)).Restart().Tell(new ExecutionEvent.PaymentSeen(desk.Now, "venue", funding));

        Assert.Equal(0.75m, desk.State.Balances.Of("venue", Btc));
        Assert.Single(desk.Journal.OfType<JournalRecord.Paid>());
        Assert.Empty(desk.State.MovedSinceLook);
        Assert.Equal(desk.State.Trades, ExecutionState.Of(desk.State.ToCheckpoint()).Trades);
    }

    [Fact]
    public void What_was_paid_before_an_account_was_first_seen_is_in_what_it_had_then()
    {
        var desk = new Desk();
        desk.Tell(new ExecutionEvent.PaymentSeen(desk.Now, "venue", new PaymentReport("p1", "BTC-PERPETUAL", PaymentKind.Gain, new(0.5m, Btc), 0, 96_000, desk.Now))).Open(btc: 1);
        Assert.Equal(1, desk.State.Balances.Of("venue", Btc));
    }

    [Fact]
    public void A_contract_that_expired_is_gone_and_one_that_did_not_waits_for_a_person()
    {
        var desk = Holding(Option, Later);
        See(desk, Later).Wait(11);
        See(desk, Later);
        Assert.True(desk.State.IsReady("venue"));
        Assert.Equal(0, desk.State.Balances.Of("venue", Option));

        See(desk).Wait(11);
        See(desk);
        Assert.False(desk.State.IsReady("venue"));
        Assert.Equal(2, desk.State.Balances.Of("venue", Later));
    }

    private static Desk Holding(params Asset[] contracts)
    {
        var desk = new Desk();
        desk.Tell(new ExecutionEvent.Started(desk.Now, "test", "here")).Tell(new ExecutionEvent.ClockMeasured(desk.Now, "venue", Duration.Zero));
        return See(desk, contracts);
    }

    private static Desk See(Desk desk, params Asset[] contracts) => desk.Tell(new ExecutionEvent.SnapshotTaken(desk.Now, new AccountSnapshot("venue", desk.Now,
        ImmutableSortedDictionary<Asset, decimal>.Empty.Add(Btc, 1), contracts.ToImmutableSortedDictionary(c => c.Code, _ => 2m), [])));
}
