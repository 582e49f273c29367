using Ballast.App.Serving;
using Ballast.App.Serving.People;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>When sessions end, and how guessing is slowed, at times that are chosen.</summary>
public sealed class SessionTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);

    private static Sessions Of(TemporaryFolder folder) => new(new Users(Path.Combine(folder.Path, "users.json")), SessionLimits.Public);

    private static Instant After(double minutes) => Start + Duration.FromMinutes(minutes);

    [Fact]
    public void A_session_in_which_nothing_is_asked_ends()
    {
        using var folder = new TemporaryFolder();
        var sessions = Of(folder);
        var (cookie, _) = sessions.Enter(sessions.Invite("anna", Role.Admin, Start), Start)!.Value;
        Assert.NotNull(sessions.Of(cookie, After(29)));
        Assert.NotNull(sessions.Of(cookie, After(58), asks: false)); // A page that follows events asks nothing.
        Assert.NotNull(sessions.Of(cookie, After(59), asks: false));
        Assert.Null(sessions.Of(cookie, After(60)));
        Assert.Null(sessions.Of(cookie, After(29)));
    }

    [Fact]
    public void A_session_ends_however_busy_it_is()
    {
        using var folder = new TemporaryFolder();
        var sessions = Of(folder);
        var (cookie, _) = sessions.Enter(sessions.Invite("anna", Role.Admin, Start), Start)!.Value;
        for (var minutes = 0; minutes <= 720; minutes += 20) Assert.NotNull(sessions.Of(cookie, After(minutes)));
        Assert.Null(sessions.Of(cookie, After(721)));
    }

    [Fact]
    public void A_link_ends_after_an_hour()
    {
        using var folder = new TemporaryFolder();
        var sessions = Of(folder);
        Assert.Null(sessions.Enter(sessions.Invite("anna", Role.Admin, Start), After(61)));
    }

    [Fact]
    public void A_second_factor_that_was_given_again_allows_one_act_soon()
    {
        using var folder = new TemporaryFolder();
        var sessions = Of(folder);
        var (cookie, _) = sessions.Enter(sessions.Invite("anna", Role.Admin, Start), Start)!.Value;
        Assert.False(sessions.Spend(cookie, Start));
        sessions.Raise(cookie, Start);
        Assert.Equal(1, Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Count(_ => sessions.Spend(cookie, After(1))));
        sessions.Raise(cookie, Start);
        Assert.False(sessions.Spend(cookie, After(2.1)));
    }

    [Fact]
    public void Guessing_is_slower_each_time_and_is_forgiven()
    {
        var backoff = new Backoff();
        var now = Start;
        for (var i = 0; i < 5; i++, now += Duration.FromSeconds(1)) { Assert.Equal(Duration.Zero, backoff.Wait("anna", now)); backoff.Wrong("anna", now); }
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            waits.Add(backoff.Wait("anna", now - Duration.FromSeconds(1)).TotalSeconds);
            now += Duration.FromSeconds(waits[^1]) + Duration.FromSeconds(1);
            backoff.Wrong("anna", now - Duration.FromSeconds(1));
        }
        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900], waits);
        Assert.Equal(Duration.Zero, backoff.Wait("otto", now));
        backoff.Right("anna");
        Assert.Equal(Duration.Zero, backoff.Wait("anna", now));
    }

    [Fact]
    public void The_audit_shows_what_was_changed_taken_out_or_put_in()
    {
        using var folder = new TemporaryFolder();
        var audit = new Audit(Path.Combine(folder.Path, "audit.jsonl"));
        for (var i = 0; i < 200; i++) audit.Write(After(i), "anna", Role.Admin, $"act {i}", 200, null, new() { ["note"] = new string('n', i * 7) }, "t");
        var lines = File.ReadAllLines(audit.Path);
        var (count, torn, head, broken) = audit.Verify();
        Assert.Equal((200, 0, null), (count, torn, broken));
        Assert.EndsWith(head + "\"}", lines[^1]);
        int? With(IEnumerable<string> changed) { File.WriteAllLines(audit.Path, changed); return audit.Verify().Broken; }
        Assert.Equal(78, With(lines.Select((l, i) => i == 77 ? l.Replace("act 77", "act 78") : l)));
        Assert.Equal(78, With(lines.Where((_, i) => i != 77)));
        Assert.Equal(78, With([.. lines[..77], lines[3], .. lines[77..]]));
        Assert.Equal(78, With([.. lines[..77], lines[78], lines[77], .. lines[79..]]));
        Assert.Null(With(lines));
        File.AppendAllText(audit.Path, lines[0][..30]); // The machine stops in the middle of a line.
        new Audit(audit.Path).Write(After(300), "otto", Role.Operator, "act", 200, null, null, "t");
        Assert.Equal((202, 1, null), audit.Verify() is var v ? (v.Lines, v.Torn, v.Broken) : default);
    }

    [Fact]
    public void Two_processes_write_one_audit()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.jsonl");
        Enumerable.Range(0, 60).AsParallel().WithDegreeOfParallelism(4).ForAll(i => new Audit(path).Write(Start, "a", null, $"{i}", 200, null, null, "t"));
        Assert.Equal((60, 0, null), new Audit(path).Verify() is var v ? (v.Lines, v.Torn, v.Broken) : default);
    }
}
