using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Running;

namespace Ballast.App.Serving;

/// <summary>What the running loops say of themselves, with the age of it: a loop that ended without a word is not taken for one that runs.</summary>
internal sealed class Loops(DataFolder data)
{
    /// <summary>A loop writes every second; older than these its word is late, and then stale.</summary>
    private static readonly Duration Late = Duration.FromSeconds(5), Stale = Duration.FromSeconds(15);

    public DataFolder Data => data;

    public Kill? Kill => new KillSwitch(data.KillSwitch).Read();

    /// <summary>Null where no loop of that portfolio has ever run here.</summary>
    public JsonObject? Of(string name, Instant now) => Read(data.Portfolio(name), now);

    /// <summary>All that have ever run here.</summary>
    public IEnumerable<JsonObject> All(Instant now)
    {
        var root = Path.Combine(data.Root, "portfolios");
        return Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal).Select(f => Read(new PortfolioFolder(f), now)).OfType<JsonObject>() : [];
    }

    private static JsonObject? Read(PortfolioFolder folder, Instant now)
    {
        try
        {
            if (!File.Exists(folder.Status) || JsonNode.Parse(File.ReadAllText(folder.Status)) is not JsonObject status) return null;
            var age = now - Commands.Options.Time((string)status["at"]!, "at")!.Value;
            var ended = (string?)status["state"] == "stopped";
            status["ageSeconds"] = Math.Round(age.TotalSeconds, 1);
            status["age"] = ended ? "ended" : age > Stale ? "stale" : age > Late ? "late" : "fresh";
            status["running"] = !ended && age <= Stale;
            return status;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or InvalidInputException or ArgumentNullException)
        {
            return null;
        }
    }
}
