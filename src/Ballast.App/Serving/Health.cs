using System.Text.Json.Nodes;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>Whether things are as they should be, told to anybody on this machine: no name and no figure of a portfolio.</summary>
internal static class Health
{
    /// <summary><c>ok</c>, <c>late</c>, <c>blind</c> or <c>stopped</c>, whichever is worst.</summary>
    public static Answer Of(Portfolios portfolios, Loops loops, Instant now, Instant started, bool toStrangers)
    {
        var seen = portfolios.All();
        var running = loops.All(now).ToArray();
        int Aged(string age) => running.Count(l => (string?)l["age"] == age);
        var blind = seen.Count(s => s.Trouble is not null && !(s.IsOnlyPolicy && running.Any(l => (string?)l["name"] == s.Name && l["running"]!.GetValue<bool>())));
        var (state, why) = loops.Kill is not null || running.Any(l => l["kills"] is JsonObject { Count: > 0 } && l["running"]!.GetValue<bool>()) ? ("stopped", "the kill switch is set")
            : blind > 0 ? ("blind", $"{Money.Figures.Count(blind, "portfolio")} cannot be read")
            : Aged("stale") > 0 ? ("blind", $"{Money.Figures.Count(Aged("stale"), "loop")} ended without a word, or hangs")
            : Aged("late") > 0 ? ("late", $"{Money.Figures.Count(Aged("late"), "loop")} late")
            : ("ok", "");
        if (toStrangers) return new Answer(state is "ok" ? 200 : 503, new JsonObject { ["state"] = state, ["reason"] = "", ["at"] = Json.Time(now) });
        return new Answer(state is "ok" ? 200 : 503, new JsonObject
        {
            ["state"] = state, ["reason"] = why, ["at"] = Json.Time(now), ["started"] = Json.Time(started), ["version"] = typeof(Health).Assembly.GetName().Version!.ToString(3),
            ["portfolios"] = seen.Count, ["unreadable"] = blind,
            ["loops"] = new JsonObject { ["fresh"] = Aged("fresh"), ["late"] = Aged("late"), ["stale"] = Aged("stale"), ["ended"] = Aged("ended") },
        });
    }
}
