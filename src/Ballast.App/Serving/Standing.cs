using System.Text.Json.Nodes;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>How a portfolio stands, in one word, and what it needs of a person, in one sentence; the most urgent counts.</summary>
internal static class Standing
{
    public static (string State, string? Needs) Of(Seen seen, JsonObject? loop)
    {
        if (loop?["kills"] is JsonObject { Count: > 0 } kills) return ("Stopped", $"Stopped: {kills.First().Value}.");
        if (Waiting(loop) is { } account) return ("Held", $"{account.Name}: {account.Why}.");
        if ((string?)loop?["plan"]?["status"] is { } plan && loop["running"]?.GetValue<bool>() == true)
        {
            var why = (string?)loop["plan"]!["why"];
            if (plan == "DRAFT") return ("Waiting for you", "A plan waits for your approval.");
            if (plan.StartsWith("HOLD", StringComparison.Ordinal)) return ("Held", Words.Sentence($"the plan is held: {why}"));
            if (plan.StartsWith("SUSPENDED", StringComparison.Ordinal)) return ("Blind", null);
            if (plan == "RUNNING") return ("Sending", null);
        }
        if (loop?["age"]?.GetValue<string>() is "stale") return ("Blind", $"The loop has said nothing since {loop["at"]}; look whether it still runs.");
        if ((seen.IsOnlyPolicy || seen.IsBook) && loop?["running"]?.GetValue<bool>() == true) return ("Watching", null);
        if (seen.Trouble is { } trouble) return ("Blind", trouble);
        if (seen.Decision?.Intent is not null) return ("Out of band", Words.Sentence(seen.Decision.Reason));
        return ("Watching", null);
    }

    private static (string Name, string Why)? Waiting(JsonObject? loop) =>
        loop?["running"]?.GetValue<bool>() == true && (loop["accounts"] as JsonArray)?.FirstOrDefault(a => a?["ready"]?.GetValue<bool>() == false && a["up"]?.GetValue<bool>() == true && a["why"] is not null) is { } account
            ? ((string)account["account"]!, (string)account["why"]!) : null;
}
