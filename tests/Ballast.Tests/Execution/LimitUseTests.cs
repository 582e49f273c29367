using Ballast.Execution;
using Ballast.Gates;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Tests.Execution;

/// <summary>What is used up of the limits is what the gate would count for the next order.</summary>
public class LimitUseTests
{
    [Fact]
    public void Nothing_is_used_before_anything_is_done()
    {
        var desk = new Desk().Open();
        Assert.Empty(Of(desk).Where(u => u.Account is null));
        Assert.Equal(0, Used(desk, "openOrders"));
        Assert.Equal(300, Of(desk).Single(u => u.Key == "ordersPerHour").Most);
    }

    [Fact]
    public void Fills_count_towards_turnover_and_time_forgets_them()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.25m, 40_000m)).Wait(1);
        Assert.Equal((1, 1, 0), (Used(desk, "openOrders"), Used(desk, "ordersPerHour"), Used(desk, "turnoverHour")));
        desk.FillLast().Wait(1);

        // A quarter of a bitcoin at the price of the order, of the plan's 50,000.
        var share = 0.25m * desk.Sent.Last().Price / 50_000m;
        Assert.Equal((share, share, 0, 1), (Used(desk, "turnoverHour"), Used(desk, "turnoverDay"), Used(desk, "openOrders"), Used(desk, "repeats")));
        desk.Jump(3_601).Wait(1);
        Assert.Equal((0, share, 0, 0), (Used(desk, "turnoverHour"), Used(desk, "turnoverDay"), Used(desk, "ordersPerHour"), Used(desk, "repeats")));
    }

    [Fact]
    public void An_order_is_refused_where_what_is_used_and_itself_are_more_than_the_limit()
    {
        var desk = new Desk(limits: new GateLimits { OrderShare = 1m, OrderMost = 1_000_000m, BlindShare = 1m, TurnoverHour = 0.3m }).Open().Plan(Desk.Sell(1, Desk.Btc, 0.25m, 40_000m)).Wait(1).FillLast().Wait(1);
        var use = Of(desk).Single(u => u.Key == "turnoverHour");
        Assert.Equal(0.3m, use.Most);
        Assert.True(use.Used + 0.25m * 40_000m / 50_000m > use.Most);
        desk.Wait(11).Snapshot(0.75m, 0, 10_000m).Wait(1).Quote("BTC/USDT", 40_000, 40_001);
        Assert.Equal(PlanStatus.Completed, desk.State.Status);
        desk.Tell(new ExecutionEvent.PlanOffered(desk.Now, desk.State.Plan! with { Id = "p2", At = desk.Now, ValidUntil = desk.Now + Duration.FromMinutes(30) }, Approved: true)).Wait(1);
        Assert.Contains("within an hour", desk.State.Why);
        Assert.Single(desk.Sent);
    }

    private static ImmutableArray<LimitUse> Of(Desk desk) => LimitUse.Of(desk.State, new Dictionary<string, VenueSheet> { ["venue"] = new(new("test"), true, new(2026, 11, 23)) { Deadline = Duration.FromSeconds(5), LagMargin = Duration.FromSeconds(10), PlaceDeadline = DeadlineCheck.Engine } }, desk.Now);

    private static decimal Used(Desk desk, string key) => Of(desk).SingleOrDefault(u => u.Key == key)?.Used ?? 0;
}
