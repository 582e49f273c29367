using Ballast.Alerts;
using Ballast.Execution;
using Ballast.Orders;
using Ballast.Tests.Execution;

namespace Ballast.Tests.Alerts;

/// <summary>What execution lets people know, played on the desk.</summary>
public class ConditionsTests
{
    [Fact]
    public void A_quiet_desk_has_nothing_to_tell() => Assert.Empty(Conditions.Of(new Desk().Open().State));

    [Fact]
    public void The_kill_switch_is_a_condition_until_it_is_released()
    {
        var desk = new Desk().Open();
        desk.Tell(new ExecutionEvent.KillPressed(desk.Now, "*", "ann", "something is wrong"));
        var told = Assert.Single(Conditions.Of(desk.State));
        Assert.Equal(("refused", "KILLED", "*", true), (told.Topic, told.Code, told.Subject, told.Urgent));
        Assert.Contains("something is wrong", told.Text);

        desk.Tell(new ExecutionEvent.KillReleased(desk.Now, "*", "ann", "looked"));
        Assert.Empty(Conditions.Of(desk.State));
    }

    [Fact]
    public void A_venue_that_is_away_is_a_condition_until_it_is_back()
    {
        var desk = new Desk().Open();
        desk.Tell(new ExecutionEvent.VenueChanged(desk.Now, "venue", Up: false, "no answer"));
        Assert.Equal(("disconnected", "VENUE_DOWN", "venue is away: no answer"), Conditions.Of(desk.State).Select(c => (c.Topic, c.Code, c.Text)).Single());

        desk.Tell(new ExecutionEvent.VenueChanged(desk.Now, "venue", Up: true, ""));
        Assert.Empty(Conditions.Of(desk.State));
    }

    [Fact]
    public void A_plan_that_waits_for_approval_is_a_condition_and_not_told_twice()
    {
        var desk = new Desk().Open();
        var steps = Steps(desk, new ExecutionEvent.PlanOffered(desk.Now, PlanOf(desk), Approved: false));

        Assert.Equal("APPROVAL_WANTED", Assert.Single(Conditions.Of(steps.State)).Code);
        Assert.Empty(Conditions.Once(steps));
    }

    [Fact]
    public void A_plan_that_nobody_must_approve_is_told_as_due()
    {
        var desk = new Desk().Open();
        var step = Steps(desk, new ExecutionEvent.PlanOffered(desk.Now, PlanOf(desk), Approved: true));

        Assert.Equal(("due", "PLAN_MADE", "p1"), Conditions.Once(step).Select(a => (a.Topic, a.Code, a.Subject)).Single());
    }

    [Fact]
    public void A_plan_that_is_done_is_told_as_traded()
    {
        var desk = new Desk().Open(btc: 1).Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40000));
        var before = desk.State;
        desk.FillLast();
        for (var i = 0; i < 20 && desk.State.HasPlan; i++) desk.Wait(5).Snapshot(0.9m, 0, 4000);
        Assert.Equal(PlanStatus.Completed, desk.State.Status);

        var told = Conditions.Once(new Step(desk.State, [], [.. desk.Effects]));
        Assert.Equal(("traded", "COMPLETED"), told.Select(a => (a.Topic, a.Code)).Single());
        Assert.True(before.HasPlan);
    }

    private static ExecutionPlan PlanOf(Desk desk) => new("p1", "core", "drift", "test", desk.Now, desk.Now + Duration.FromMinutes(30), new("USDT"), 50000m, "in", "cfg",
        new ExecutionStyle { Slippage = 0.05m }, [Desk.Sell(1, Desk.Btc, 0.1m, 40000)]);

    private static Step Steps(Desk desk, ExecutionEvent happened)
    {
        var (journal, effects) = (desk.Journal.Count, desk.Effects.Count);
        desk.Tell(happened);
        return new Step(desk.State, [.. desk.Journal.Skip(journal)], [.. desk.Effects.Skip(effects)]);
    }
}
