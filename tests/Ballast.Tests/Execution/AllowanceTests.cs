using Ballast.Execution;
using Ballast.Orders;

namespace Ballast.Tests.Execution;

/// <summary>What a venue is asked, and how often: never more than it allows, never a thing twice at once, and never without an end.</summary>
public class AllowanceTests
{
    private static VenueSheet Sheet(double perSecond, Duration? kept = null) => new(new("test"), true, new(2026, 11, 23))
    {
        Deadline = Duration.FromSeconds(5), LagMargin = Duration.FromSeconds(10), PlaceDeadline = DeadlineCheck.Engine, RequestsPerSecond = perSecond, UnfilledKept = kept,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void No_ten_seconds_have_more_requests_than_the_venue_allows(double perSecond)
    {
        var desk = new Desk(Sheet(perSecond)).Open(btc: 10).Plan(TwelveSales());
        var times = Requests(desk, 120);

        Assert.True(times.Count > 60, "it asks next to nothing");
        Rule.Holds(from t in times let many = times.Count(o => o >= t && o - t < Duration.FromSeconds(10)) where many > 10 * perSecond select $"{many} requests in the ten seconds from {t}");
    }

    /// <summary>The venue counts by its own clock, and there ten seconds have not passed.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(3600)]
    public void A_jump_of_our_own_clock_allows_no_request_more(int seconds)
    {
        var desk = new Desk(Sheet(1)).Open(btc: 10).Plan(TwelveSales());
        Requests(desk, 5);
        desk.Jump(seconds).Tell(new ExecutionEvent.Tick(desk.Now));
        Requests(desk, 4);

        Assert.InRange(desk.Effects.Count(e => e is not Effect.Tell), 6, 10);
    }

    [Fact]
    public void A_cancel_goes_though_the_questions_have_used_what_they_may()
    {
        var desk = new Desk(Sheet(1)).Open(btc: 10).Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Acknowledged(Desk.Report(order, 0, VenueState.Open), [])));
        for (var i = 0; i < 20; i++) desk.Tell(new ExecutionEvent.TradeSeen(desk.Now, "venue", desk.Trade(order, $"x{i}", 0.001m) with { Id = null, VenueOrderId = "strange" }));

        desk.Tell(new ExecutionEvent.KillPressed(desk.Now, "*", "me", "stop"));

        Assert.Contains(desk.Effects, e => e is Effect.CancelAll);
        Assert.Contains(desk.Effects, e => e is Effect.Cancel);
    }

    [Fact]
    public void One_that_dies_again_and_again_asks_nothing_in_the_end()
    {
        var desk = new Desk(Sheet(1)).Open(btc: 10).Plan(TwelveSales());
        desk.Wait(5);
        var asked = new List<int>();
        for (var life = 0; life < 4; life++)
        {
            var before = desk.Effects.Count(IsQuestion);
            desk.Restart().Wait(1);
            asked.Add(desk.Effects.Count(IsQuestion) - before);
        }

        Assert.True(asked[0] > 0, "a single restart asks");
        Assert.Equal(0, asked[3]);
        desk.Wait(15);
        Assert.True(desk.Effects.Count(IsQuestion) > asked.Sum(), "and it asks again once it lives");
    }

    [Fact]
    public void The_same_question_waits_for_a_second()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        for (var i = 0; i < 5; i++) desk.Tell(new ExecutionEvent.TradeSeen(desk.Now, "venue", desk.Trade(order, $"x{i}", 0.1m) with { Id = null, VenueOrderId = "strange" }));

        Assert.Single(desk.Effects.OfType<Effect.Query>());
        desk.Wait(1);
        Assert.Equal(2, desk.Effects.OfType<Effect.Query>().Count());
    }

    [Fact]
    public void What_is_decided_twice_while_the_disk_is_slow_is_asked_once()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var (query, tell) = (new Effect.Query(desk.Last.Ref), new Effect.Wake(desk.Now));
        var step = new Step(desk.State, [], [query, tell]);

        Assert.Equal([query, tell, tell], Step.Together([step, step with { Effects = [new Effect.Query(desk.Last.Ref), tell] }]).Effects);
    }

    [Fact]
    public void An_order_that_its_venue_would_have_forgotten_is_told_at_once_and_not_after_a_quarter_of_an_hour()
    {
        var desk = new Desk(Sheet(5, kept: Duration.FromSeconds(20))).Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Ambiguous("no answer"))).Wait(30);

        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now)));
        Assert.NotEqual(PlanStatus.SuspendedUnknown, desk.State.Status);
        desk.Tell(new ExecutionEvent.Queried(desk.Now, order.Id, new QueryOutcome.NotFound(desk.Now)));

        Assert.Equal(PlanStatus.SuspendedUnknown, desk.State.Status);
        Assert.Equal(OrderState.Unknown, desk.Last.State);
        Assert.Equal(0.5m, desk.Last.AtRisk);
    }

    [Fact]
    public void A_cancel_that_is_refused_for_long_is_told_and_goes_on_once_a_minute_until_it_is_confirmed()
    {
        var desk = new Desk().Open().Plan(Desk.Sell(1, Desk.Btc, 0.5m, 40000m));
        var order = desk.Sent.Single();
        desk.Tell(new ExecutionEvent.Sent(desk.Now, order.Id, new SendOutcome.Acknowledged(Desk.Report(order, 0, VenueState.Open), []))).Wait(16 * 60);

        Assert.Equal(OrderState.Cancelling, desk.Last.State);
        Assert.Equal(PlanStatus.SuspendedUnknown, desk.State.Status);
        Assert.InRange(desk.Effects.OfType<Effect.Cancel>().Count(), 40, 46);
        desk.Tell(new ExecutionEvent.Cancelled(desk.Now, order.Id, new CancelOutcome.Done()));
        Assert.Equal(OrderState.Closing, desk.Last.State);
    }

    private static ParentOrder[] TwelveSales() =>
        [.. Enumerable.Range(1, 12).Select(i => Desk.Sell(i, Desk.Btc with { Symbol = $"B{i}/USDT" }, 0.1m, 40000m))];

    private static bool IsQuestion(Effect effect) => effect is Effect.Query or Effect.TakeSnapshot;

    /// <summary>When something was asked of the venue, which never answers.</summary>
    private static List<Instant> Requests(Desk desk, int seconds)
    {
        foreach (var i in Enumerable.Range(1, 12)) desk.Quote($"B{i}/USDT", 40000, 40001);
        var times = new List<Instant>();
        for (var i = 0; i < 2 * seconds; i++)
        {
            var before = desk.Effects.Count;
            desk.Wait(0.5);
            times.AddRange(desk.Effects.Skip(before).Where(e => e is not Effect.Tell).Select(_ => desk.Now));
        }
        return times;
    }
}
