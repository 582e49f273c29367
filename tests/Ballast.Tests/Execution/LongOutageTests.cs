using Ballast.Execution;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Tests.Execution;

/// <summary>A venue that answers nothing for half an hour, or for days: nothing is guessed, nothing is sent, it is asked no more than bearable, and all goes on when it is back.</summary>
public class LongOutageTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(2 * 24 * 60)]
    public void An_order_without_an_answer_stays_unknown_and_is_told_of_once(int minutes)
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.25m, 40_000m)).Wait(1);
        var order = Assert.Single(desk.Sent);
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Ambiguous("no answer")));
        var before = desk.Effects.Count;
        Away(desk, minutes);

        Assert.Equal(OrderState.Unknown, desk.Last.State);
        Assert.Equal(0.25m, desk.Last.AtRisk);
        Assert.True(desk.State.Status is PlanStatus.SuspendedVenue or PlanStatus.SuspendedUnknown or PlanStatus.Expired, desk.State.Status.ToString());
        Assert.Single(desk.Sent);
        var since = desk.Effects.Skip(before).ToArray();
        foreach (var tell in since.OfType<Effect.Tell>().GroupBy(t => t.Code)) Assert.True(tell.Count() <= 2, $"{tell.Key} is told {tell.Count()} times");
        Assert.Contains(since.OfType<Effect.Tell>(), t => t.Code == "VENUE_DOWN");
        Assert.True(since.Length < 60 + minutes * 30, $"{since.Length} effects in {minutes} minutes: {string.Join(", ", since.GroupBy(e => e.GetType().Name).Select(g => $"{g.Count()} {g.Key}"))}");

        // It was filled all the while: the first whole answers say so, and the books are right.
        Back(desk);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.Found([Desk.Report(order, order.Quantity, VenueState.Filled)], [desk.Trade(order, "t1", order.Quantity)], desk.Now))).Wait(12);
        desk.Snapshot(0.75m, 0, 10_000m).Wait(12).Snapshot(0.75m, 0, 10_000m).Wait(1);
        Assert.Equal(0.25m, desk.Last.Filled);
        Assert.Empty(desk.State.Mismatches);
        Assert.True(desk.State.IsReady("venue"));
        Assert.Single(desk.Sent);
    }

    [Fact]
    public void A_plan_that_nothing_is_wrong_with_ends_by_its_time_and_not_by_a_guess()
    {
        var desk = new Desk().Open();
        desk.Tell(new ExecutionEvent.VenueChanged(desk.Now, "venue", Up: false, "it answered 503")).Plan(Desk.Sell(1, Desk.Btc, 0.25m, 40_000m)).Wait(1);
        Assert.Equal(PlanStatus.SuspendedVenue, desk.State.Status);
        Away(desk, 31);
        Assert.Equal(PlanStatus.Expired, desk.State.Status);
        Assert.Empty(desk.Sent);
    }

    /// <summary>Every question fails, as it does at a venue that is gone.</summary>
    private static void Away(Desk desk, int minutes)
    {
        desk.Tell(new ExecutionEvent.VenueChanged(desk.Now, "venue", Up: false, "it answered 503"));
        var (done, end) = (desk.Effects.Count, desk.Now + Duration.FromMinutes(minutes));
        while (desk.Now < end)
        {
            desk.Jump(5).Tell(new ExecutionEvent.Tick(desk.Now));
            for (; done < desk.Effects.Count; done++)
                if (desk.Effects[done] is Effect.Query { Order.Id: var id }) desk.Tell(new ExecutionEvent.Queried(desk.Now, id, new QueryOutcome.Failed("it answered 503")));
                else if (desk.Effects[done] is Effect.TakeSnapshot) desk.Tell(new ExecutionEvent.SnapshotFailed(desk.Now, "venue", "it answered 503"));
                else if (desk.Effects[done] is Effect.MeasureClock) desk.Tell(new ExecutionEvent.VenueChanged(desk.Now, "venue", Up: false, "it answered 503"));
        }
    }

    private static void Back(Desk desk) => desk.Tell(new ExecutionEvent.VenueChanged(desk.Now, "venue", Up: true, "")).Tell(new ExecutionEvent.ClockMeasured(desk.Now, "venue", Duration.Zero)).Quote("BTC/USDT", 40_000, 40_001);
}
