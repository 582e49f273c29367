using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Triggers;
using NodaTime.Text;

namespace Ballast.Engine.Running;

/// <summary>What a policy remembers between looks, as text for the journal, so that a restart decides as if there had been none.</summary>
public static class MemoryText
{
    public static string Of(Memory memory, string? pendingPlan) => new JsonObject
    {
        ["firstSeen"] = Time(memory.FirstSeen),
        ["lastSeen"] = Time(memory.LastSeen),
        ["lastLook"] = Time(memory.LastLook),
        ["lastTrade"] = Time(memory.LastTrade),
        ["outsideSince"] = Time(memory.OutsideSince),
        ["breaches"] = new JsonObject(memory.Breaches.Select(b => KeyValuePair.Create(b.Key, (JsonNode?)b.Value))),
        ["traded"] = new JsonArray([.. memory.Traded.Take(400).Select(t => new JsonArray(Time(t.At), Bits(t.Turnover)))]),
        ["computedAt"] = Time(memory.ComputedAt),
        ["levels"] = memory.Computed is { } computed ? new JsonArray([.. computed.Levels.Select(Level)]) : null,
        ["uninvested"] = Figures.Exact(memory.Uninvested),
        ["highestValue"] = Bits(memory.HighestValue),
        ["pendingPlan"] = pendingPlan,
    }.ToJsonString();

    /// <summary>Computed targets come back only where the file still computes the same parts.</summary>
    /// <exception cref="JsonException">The text is none of ours.</exception>
    public static (Memory Memory, string? PendingPlan) Read(string text, Policy policy)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        var memory = new Memory
        {
            FirstSeen = Time(json["firstSeen"]), LastSeen = Time(json["lastSeen"]), LastLook = Time(json["lastLook"]), LastTrade = Time(json["lastTrade"]), OutsideSince = Time(json["outsideSince"]),
            Breaches = json["breaches"]!.AsObject().ToImmutableSortedDictionary(b => b.Key, b => (int)b.Value!),
            Traded = [.. json["traded"]!.AsArray().Reverse().Select(t => (Time(t![0])!.Value, Bits(t[1])))],
            Uninvested = decimal.Parse((string)json["uninvested"]!), HighestValue = Bits(json["highestValue"]),
        };
        var computed = json["levels"] is JsonArray levels ? Computed(levels, policy) : null;
        if (computed is not null) memory = memory with { Computed = computed, ComputedFrom = policy.Targets, ComputedAt = Time(json["computedAt"]) };
        return (memory, (string?)json["pendingPlan"]);
    }

    private static JsonObject Level(ComputedLevel level) => new()
    {
        ["from"] = level.From,
        ["leaves"] = new JsonArray([.. level.Leaves.Select(l => new JsonArray(l.Asset.Code, Figures.Exact(l.Weight)))]),
    };

    private static TargetSet? Computed(JsonArray levels, Policy policy)
    {
        TargetNode.Compute[] nodes = [.. Nodes(policy.Targets)];
        if (nodes.Length != levels.Count) return null;
        var old = nodes.Zip(levels, (node, level) => new ComputedLevel(node,
            [.. level!["leaves"]!.AsArray().Select(l => new TargetWeight(new Asset((string)l![0]!), decimal.Parse((string)l[1]!)))], (string?)level["from"])).ToImmutableArray();
        if (!old.All(o => o.Leaves.All(l => o.Node.Assets.Contains(l.Asset)))) return null;
        return TargetResolver.Resolve(policy.Targets, policy.Base, null, 365, earlier: new Earlier(old, _ => false)).Targets;
    }

    private static IEnumerable<TargetNode.Compute> Nodes(TargetNode node) => node switch
    {
        TargetNode.Compute compute => [compute],
        TargetNode.Sleeves sleeves => sleeves.Parts.SelectMany(p => Nodes(p.Node)),
        _ => [],
    };

    private static JsonNode? Time(Instant? at) => at is { } time ? InstantPattern.ExtendedIso.Format(time) : null;

    private static Instant? Time(JsonNode? text) => text is null ? null : InstantPattern.ExtendedIso.Parse((string)text!).Value;

    /// <summary>An estimate, to the last bit, in a journal that has no fractions but exact ones.</summary>
    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16");

    private static double Bits(JsonNode? text) => BitConverter.Int64BitsToDouble(Convert.ToInt64((string)text!, 16));
}
