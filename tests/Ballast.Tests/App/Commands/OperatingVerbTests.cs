using System.Text.Json;
using System.Text.RegularExpressions;
using Ballast.Adapters;
using Ballast.Adapters.Alerts;
using Ballast.Adapters.Journal;
using Ballast.Adapters.Secrets;
using Ballast.Tests.Adapters;

namespace Ballast.Tests.App.Commands;

/// <summary>The verbs that keep a running system in order.</summary>
[Collection(Terminal.Alone)]
public sealed class OperatingVerbTests : IDisposable
{
    private const string Pass = "a long passphrase", Secret = "SECRET-IN-THE-CLEAR";

    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable("BALLAST_PASSPHRASE");

    public OperatingVerbTests()
    {
        Environment.SetEnvironmentVariable("BALLAST_PASSPHRASE", Pass);
        Assert.Equal(0, Terminal.Run("init", _folder.Path).ExitCode);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("BALLAST_PASSPHRASE", _before);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("data")]
    [InlineData("data", "fetch")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("doctor")]
    [InlineData("keys")]
    public void Its_help_has_an_example(params string[] verb) => Assert.Contains($"  ballast {string.Join(' ', verb)}", Terminal.Run([.. verb, "--help"]).Out);

    [Fact]
    public void The_drill_what_a_paper_run_left_is_the_same_after_a_backup_and_a_restore()
    {
        var run = Terminal.Run("run", At("core.yaml"), "--paper", "--prices", At("synthetic-prices.csv"), "--holdings", At("holdings.csv"), "--from", "2026-06-01", "--data", At("data"), "--json").Json();
        // The journal of a replay can be made again and is not saved; as the journal of a paper account it is.
        Directory.Move(run.GetProperty("journal").GetString()!, new DataFolder(At("data")).Portfolio("core").Journal(paper: true));
        Assert.Equal(0, Terminal.Run("backup", At("backup.tar.gz"), "--data", At("data")).ExitCode);
        Assert.Equal(0, Terminal.Run("restore", At("backup.tar.gz"), "--data", At("restored")).ExitCode);

        var (was, proof) = (Proof("data"), Proof("restored"));
        Assert.Null(proof.Fault);
        Assert.True(run.GetProperty("fills").GetInt32() > 0 && proof.Entries > 100);
        Assert.Equal((was.Entries, run.GetProperty("head").GetString()), (proof.Entries, proof.Head));
        Assert.Equal(was.State.Balances.Of("paper").AsEnumerable(), proof.State.Balances.Of("paper"));
        Assert.Equal((was.State.Epoch, was.State.Status, was.State.Memory, was.State.Plan?.Id), (proof.State.Epoch, proof.State.Status, proof.State.Memory, proof.State.Plan?.Id));
        Assert.True(was.State.Trades.SetEquals(proof.State.Trades));
        Assert.Equal(was.State.Orders.Keys, proof.State.Orders.Keys);
    }

    [Fact]
    public void A_test_alert_arrives_and_no_secret_is_printed()
    {
        using var post = new Post();
        AlertChannels.Put(Vault.Open(new DataFolder(At("data")).Vault, Pass), "webhook", post.Address(Secret).ToString(), Secret, null, SystemClock.Instance.GetCurrentInstant());
        var run = Terminal.Run("alerts", "test", Notifying("webhook"), "--data", At("data"), "--json");

        Assert.True(run.Json().GetProperty("ok").GetBoolean());
        Assert.Equal("TEST", JsonDocument.Parse(Assert.Single(post.Got).Body).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain(Secret, run.Out + run.Err);
    }

    [Fact]
    public void A_test_alert_that_is_not_taken_ends_with_4_and_tells_no_secret()
    {
        using var post = new Post { Answer = 500 };
        AlertChannels.Put(Vault.Open(new DataFolder(At("data")).Vault, Pass), "ntfy", post.Address(Secret).ToString(), Secret, null, SystemClock.Instance.GetCurrentInstant());
        var run = Terminal.Run("alerts", "test", Notifying("ntfy"), "--data", At("data"));

        Assert.Equal((4, "Ntfy has a fault of its own (500).\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public void A_channel_that_is_not_set_up_is_named()
    {
        var run = Terminal.Run("alerts", "test", Notifying("telegram"), "--data", At("data"));
        Assert.Equal((3, "Nobody is told by telegram: `ballast alerts set telegram`.\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public void Doctor_names_channels_that_are_not_set_up()
    {
        var run = Terminal.Run("doctor", Notifying("telegram"), "--data", At("data"), "--json");
        var finding = JsonDocument.Parse(run.Out).RootElement.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("what").GetString() == "notify telegram");
        Assert.False(finding.GetProperty("ok").GetBoolean());
        Assert.Equal(3, run.ExitCode);
    }

    private JournalProof Proof(string folder) => JournalProof.Of(new DataFolder(At(folder)).Portfolio("core").Journal(paper: true));

    private string Notifying(string channel) => _folder.File("notify.yaml", Regex.Replace(File.ReadAllText(At("core.yaml")), @"(?m)^notify:\n(  .*\n)*", "") + $"\nnotify:\n  - {{ about: [refused], by: {channel} }}\n");

    private string At(string name) => Path.Combine(_folder.Path, name);
}
