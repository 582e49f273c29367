using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ballast.Adapters.Alerts;
using Ballast.Adapters.Secrets;
using Ballast.Alerts;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters;

/// <summary>Each channel at a server of our own: what arrives, and what is said when it does not.</summary>
public sealed class AlertChannelTests : IDisposable
{
    private const string Secret = "123456:SECRET-IN-THE-CLEAR";

    private static readonly Alert Killed = new(Instant.FromUtc(2026, 11, 23, 12, 0), "refused", AlertKind.Begins, "KILLED", "*", "everything is stopped: “look”", Urgent: true);

    private readonly TemporaryFolder _folder = new();
    private readonly Post _post = new();

    public void Dispose()
    {
        _post.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_webhook_gets_json_signed_with_its_secret()
    {
        await new Webhook(_post.Address("hook"), Secret).SendAsync("core", Killed, TestContext.Current.CancellationToken);

        var got = Assert.Single(_post.Got);
        var json = JsonDocument.Parse(got.Body).RootElement;
        Assert.Equal(("core", "KILLED", "begins", "everything is stopped: “look”", true, "2026-11-23T12:00:00Z"), (Text(json, "portfolio"), Text(json, "code"), Text(json, "kind"), Text(json, "text"), json.GetProperty("urgent").GetBoolean(), Text(json, "at")));
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(got.Body))), got.Headers["X-Ballast-Signature"]);
        Assert.DoesNotContain("IN-THE-CLEAR", got.Body);
    }

    [Fact]
    public async Task Telegram_is_asked_as_its_document_says()
    {
        await new Telegram(_post.Address(""), Secret, "-10042").SendAsync("core", Killed, TestContext.Current.CancellationToken);

        var got = Assert.Single(_post.Got);
        Assert.Equal($"/bot{Secret}/sendMessage", got.Path);
        var json = JsonDocument.Parse(got.Body).RootElement;
        Assert.Equal(("-10042", "core: KILLED *\neverything is stopped: “look”\n2026-11-23 12:00:00 UTC"), (Text(json, "chat_id"), Text(json, "text")));
    }

    [Fact]
    public async Task A_topic_of_ntfy_gets_title_text_and_priority()
    {
        await new Ntfy(_post.Address("my-topic"), "tk_IN-THE-CLEAR").SendAsync("core", Killed, TestContext.Current.CancellationToken);

        var got = Assert.Single(_post.Got);
        Assert.Equal(("/", "Bearer tk_IN-THE-CLEAR"), (got.Path, got.Headers["Authorization"]));
        var json = JsonDocument.Parse(got.Body).RootElement;
        Assert.Equal(("my-topic", "core: KILLED *", 5), (Text(json, "topic"), Text(json, "title"), json.GetProperty("priority").GetInt32()));
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(302, false)]
    public async Task What_is_refused_says_so_without_address_or_secret(int status, bool again)
    {
        _post.Answer = status;
        foreach (var channel in Channels(_post.Address("SECRET-IN-THE-CLEAR")))
        {
            var no = await Assert.ThrowsAsync<AlertException>(() => channel.SendAsync("core", Killed, TestContext.Current.CancellationToken));
            Assert.Equal(again, no.Again);
            Assert.DoesNotContain("IN-THE-CLEAR", no.ToString() + channel);
            Assert.DoesNotContain("127.0.0.1", no.ToString() + channel);
        }
        Assert.Equal(3, _post.Got.Count); // A redirection is not followed.
    }

    [Fact]
    public async Task What_is_not_reached_says_so_without_address_or_secret()
    {
        foreach (var channel in Channels(new Uri("http://127.0.0.1:1/SECRET-IN-THE-CLEAR")))
        {
            var no = await Assert.ThrowsAsync<AlertException>(() => channel.SendAsync("core", Killed, TestContext.Current.CancellationToken));
            Assert.True(no.Again);
            Assert.DoesNotContain("IN-THE-CLEAR", no.ToString());
            Assert.DoesNotContain("127.0.0.1", no.ToString());
        }
    }

    [Fact]
    public async Task A_message_that_fails_is_tried_again_and_none_overtakes_it()
    {
        var lost = new List<string>();
        _post.Answers.Enqueue(503);
        _post.Answers.Enqueue(503);
        await using (var box = new Outbox(new Webhook(_post.Address("hook"), null), "core", [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero], lost.Add))
        {
            box.Put(Killed);
            box.Put(Killed with { Code = "SECOND" });
            await box.EndAsync(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(["KILLED", "KILLED", "KILLED", "SECOND"], _post.Got.Select(g => Text(JsonDocument.Parse(g.Body).RootElement, "code")));
        Assert.Empty(lost);
    }

    [Fact]
    public async Task A_message_that_nobody_takes_is_told_as_lost()
    {
        var lost = new List<string>();
        _post.Answer = 500;
        await using (var box = new Outbox(new Webhook(_post.Address("hook"), null), "core", [TimeSpan.Zero], lost.Add))
        {
            box.Put(Killed);
            await box.EndAsync(TimeSpan.FromSeconds(20));
        }

        Assert.Equal("KILLED was not told: webhook has a fault of its own (500)", Assert.Single(lost));
        Assert.Equal(2, _post.Got.Count);
    }

    [Fact]
    public void The_vault_keeps_a_channel_and_the_file_shows_none_of_it()
    {
        var path = Path.Combine(_folder.Path, "vault.json");
        AlertChannels.Put(Vault.Open(path, "a long passphrase"), "telegram", null, Secret, "-10042", Killed.At);

        Assert.IsType<Telegram>(AlertChannels.Find(Vault.Open(path, "a long passphrase"), "telegram"));
        Assert.Null(AlertChannels.Find(Vault.Open(path, "a long passphrase"), "ntfy"));
        Assert.DoesNotContain("IN-THE-CLEAR", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("webhook", "http://example.org/hook")]
    [InlineData("webhook", "hook")]
    [InlineData("ntfy", "https://ntfy.sh/")]
    [InlineData("ntfy", null)]
    [InlineData("telegram", null)]
    public void What_cannot_be_used_is_not_kept(string name, string? address)
    {
        var vault = Vault.Open(Path.Combine(_folder.Path, "vault.json"), "a long passphrase");
        Assert.Throws<FormatException>(() => AlertChannels.Put(vault, name, address, null, null, Killed.At));
        Assert.Empty(vault.Entries);
    }

    private static IAlertChannel[] Channels(Uri address) => [new Webhook(address, Secret), new Telegram(address, Secret, "1"), new Ntfy(address, Secret)];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
