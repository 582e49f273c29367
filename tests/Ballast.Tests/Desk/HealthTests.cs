using System.Text.Json.Nodes;

namespace Ballast.Tests.Serving;

/// <summary>Whether the desk tells how things are, to anybody, without naming anything.</summary>
public sealed class HealthTests
{
    [Fact]
    public void Health_is_what_is_so()
    {
        using var desk = new DeskProcess();
        (int, string?) Now() => desk.Nobody.Get("/health") is var h ? (h.Code, (string?)h.Json["state"]) : default;
        Assert.Equal((200, "ok"), Now());
        desk.Waiting("core", "health-1");
        Assert.Equal((200, "ok"), Now());
        Said(desk, 8);
        Assert.Equal((503, "late"), Now());
        Said(desk, 20);
        Assert.Equal((503, "blind"), Now());
        Said(desk, 20, "stopped");
        Assert.Equal((200, "ok"), Now()); // It ended with a word.
        Said(desk, 0);
        var broken = desk.File("broken.yaml", "version: 1\n");
        Assert.Equal((503, "blind"), Now());
        desk.As("otto").Post("/api/v1/safety/stop", new JsonObject());
        Assert.Equal((503, "stopped"), Now()); // The worst counts.
        File.Delete(broken);
        Assert.Equal((503, "stopped"), Now());
        desk.As("anna").Post("/api/v1/safety/resume", new JsonObject { ["reason"] = "looked" });
        Said(desk, 0);
        Assert.Equal((200, "ok"), Now());
        Said(desk, 0, "running", new JsonObject { ["*"] = "the drawdown" });
        Assert.Equal((503, "stopped"), Now()); // A loop stopped itself.
        var text = desk.Nobody.Get("/health").Text;
        foreach (var name in new[] { "core", "BTC", desk.Folder.Path, desk.Data.Path }) Assert.DoesNotContain(name, text);
    }

    private static void Said(DeskProcess desk, int secondsAgo, string state = "running", JsonObject? kills = null)
    {
        var path = desk.Portfolio("core").Status;
        var status = JsonNode.Parse(File.ReadAllText(path))!;
        (status["at"], status["state"], status["kills"]) = ((SystemClock.Instance.GetCurrentInstant() - Duration.FromSeconds(secondsAgo)).ToString(), state, kills ?? []);
        File.WriteAllText(path, status.ToJsonString());
    }
}
