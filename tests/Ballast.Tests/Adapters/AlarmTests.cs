using System.Text.Json;
using Ballast.Adapters.Alerts;
using Ballast.Alerts;
using Ballast.Execution;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Tests.App;
using Ballast.Tests.Execution;

namespace Ballast.Tests.Adapters;

/// <summary>From what execution knows to what arrives.</summary>
public sealed class AlarmTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Post _post = new();

    public void Dispose()
    {
        _post.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_kill_arrives_once_and_again_when_it_is_over()
    {
        var desk = new Desk().Open();
        await using var alarm = Alarm("refused");
        desk.Tell(new ExecutionEvent.KillPressed(desk.Now, "*", "ann", "look"));
        for (var i = 0; i < 100; i++) alarm.Beat(desk.State, desk.Now + Duration.FromSeconds(i));
        desk.Tell(new ExecutionEvent.KillReleased(desk.Now, "*", "ann", "looked"));
        for (var i = 100; i < 400; i++) alarm.Beat(desk.State, desk.Now + Duration.FromSeconds(i));
        await alarm.EndAsync(desk.State, desk.Now + Duration.FromSeconds(400), null);

        Assert.Equal([("KILLED", "begins"), ("KILLED", "ends")], Arrived());
    }

    [Fact]
    public async Task What_was_not_asked_for_does_not_arrive()
    {
        var desk = new Desk().Open();
        await using var alarm = Alarm("traded", "report");
        desk.Tell(new ExecutionEvent.KillPressed(desk.Now, "*", "ann", "look"));
        alarm.Beat(desk.State, desk.Now);
        await alarm.EndAsync(desk.State, desk.Now, null);

        Assert.Empty(Arrived());
    }

    [Fact]
    public async Task A_process_that_starts_again_and_again_tells_nothing_twice()
    {
        var desk = new Desk().Open();
        desk.Tell(new ExecutionEvent.KillPressed(desk.Now, "*", "ann", "look"));
        for (var start = 0; start < 20; start++)
        {
            await using var alarm = Alarm("refused");
            alarm.Beat(desk.State, desk.Now + Duration.FromSeconds(10 * start));
            await alarm.EndAsync(desk.State, desk.Now + Duration.FromSeconds(10 * start + 5), null);
        }

        Assert.Equal([("KILLED", "begins")], Arrived());
    }

    [Fact]
    public async Task A_loop_that_ends_by_itself_says_so_whatever_was_asked_for()
    {
        var desk = new Desk().Open();
        await using var alarm = Alarm("report");
        await alarm.EndAsync(desk.State, desk.Now, new IOException("No space left on device"));

        Assert.Equal([("LOOP_ENDED", "once")], Arrived());
    }

    [Fact]
    public async Task A_day_is_reported_when_the_next_one_begins()
    {
        var desk = new Desk().Open(btc: 1);
        await using var alarm = Alarm("report");
        alarm.Beat(desk.State, desk.Now);
        desk.Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40000));
        alarm.Stepped(new Step(desk.State, [.. desk.Journal], []));
        alarm.Beat(desk.State, Desk.Start + Duration.FromHours(11));
        alarm.Beat(desk.State, Desk.Start + Duration.FromHours(12));
        alarm.Beat(desk.State, Desk.Start + Duration.FromHours(13));
        await alarm.EndAsync(desk.State, Desk.Start + Duration.FromHours(13), null);

        Assert.StartsWith("2026-11-23: 1 plan, 1 order, 0 fills.", JsonDocument.Parse(Assert.Single(_post.Got).Body).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void What_was_told_comes_back_from_the_file_and_a_spoiled_one_begins_anew()
    {
        var at = Desk.Start + Duration.FromTicks(1234567);
        var (book, told) = AlertBook.Empty.After([new Condition("refused", "KILLED", "*", "“stopped”", Urgent: true)], at, new AlertRules());
        var (quota, _) = AlertQuota.Full.After(Enumerable.Repeat(told[0], 20), at, new AlertRules());
        var memory = new AlertMemory(book, AlertMemory.Empty.Quotas.Add("ntfy", quota));
        var path = Path.Combine(_folder.Path, "alerts.json");
        new AlertFile(path).Write(memory);

        Assert.Equal(AlertFile.Text(memory), AlertFile.Text(new AlertFile(path).Read()));
        Assert.Equal(quota.Held.AsEnumerable(), new AlertFile(path).Read().Quotas["ntfy"].Held);
        var whole = File.ReadAllText(path);
        for (var cut = 0; cut < whole.Length; cut += 7)
        {
            File.WriteAllText(path, whole[..cut]);
            Assert.Empty(new AlertFile(path).Read().Quotas);
        }
    }

    private Alarm Alarm(params string[] about) => new(
        new Policy("core", new("USDT"), DateTimeZone.Utc) { Targets = new TargetNode.Weights([]), Notify = [new Notice([.. about], "webhook")] },
        [new Webhook(_post.Address("hook"), null)], new AlertFile(Path.Combine(_folder.Path, "alerts.json")), trades: true, [], _ => { });

    private IEnumerable<(string?, string?)> Arrived() =>
        _post.Got.Select(g => JsonDocument.Parse(g.Body).RootElement).Select(j => (j.GetProperty("code").GetString(), j.GetProperty("kind").GetString()));
}
