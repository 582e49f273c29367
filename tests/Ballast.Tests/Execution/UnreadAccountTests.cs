using Ballast.Execution;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Tests.Execution;

/// <summary>A venue that tells its time and its prices, and not what the account holds: as it is where a key was revoked.</summary>
public class UnreadAccountTests
{
    [Fact]
    public void Twice_is_an_accident_and_three_times_stop_the_account_until_it_is_read_again()
    {
        var desk = new Desk().Open();
        Fail(desk, 2);
        desk.Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40_000m)).Wait(0.5);
        Assert.Single(desk.Sent);
        Assert.DoesNotContain(desk.Effects, e => e is Effect.Tell { Code: "ACCOUNT_UNREAD" });

        Fail(desk, 2);
        desk.Wait(1);
        Assert.Equal((PlanStatus.SuspendedVenue, "venue does not tell what it holds: Invalid API-key"), (desk.State.Status, desk.State.Why));
        Assert.False(desk.State.IsReady("venue"));
        Assert.Single(desk.Effects.OfType<Effect.Tell>(), t => t.Code == "ACCOUNT_UNREAD");

        // What it trades at is still told, and changes nothing.
        desk.Tell(new ExecutionEvent.ClockMeasured(desk.Now, "venue", Duration.Zero)).Quote("BTC/USDT", 40_000, 40_001).Wait(1);
        Assert.Equal(PlanStatus.SuspendedVenue, desk.State.Status);

        desk.FillLast().Wait(11).Snapshot(0.9m, 0, 4_000m).Wait(1).Snapshot(0.9m, 0, 4_000m).Wait(1);
        Assert.True(desk.State.IsReady("venue"));
        Assert.Equal(PlanStatus.Completed, desk.State.Status);
    }

    [Fact]
    public void It_is_asked_every_five_seconds_for_a_minute_and_then_every_minute()
    {
        var desk = new Desk().Open();
        var (asked, end) = (desk.Effects.Count(e => e is Effect.TakeSnapshot), desk.Now + Duration.FromMinutes(31));
        for (; desk.Now < end; Answer())
        {
            desk.Jump(1).Tell(new ExecutionEvent.Tick(desk.Now)).Tell(new ExecutionEvent.ClockMeasured(desk.Now, "venue", Duration.Zero));
        }
        Assert.InRange(asked, 30 + 10, 30 + 20);
        return;

        void Answer()
        {
            var now = desk.Effects.Count(e => e is Effect.TakeSnapshot);
            if (now > asked) Fail(desk, 1);
            asked = now;
        }
    }

    private static void Fail(Desk desk, int times)
    {
        for (var i = 0; i < times; i++) desk.Tell(new ExecutionEvent.SnapshotFailed(desk.Now, "venue", "Invalid API-key."));
    }
}
