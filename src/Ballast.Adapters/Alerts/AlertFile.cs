using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.Alerts;
using NodaTime.Text;

namespace Ballast.Adapters.Alerts;

/// <summary>What was told, kept over a restart: a process that starts again and again tells nothing twice. It decides no trade; one that cannot be read is begun anew.</summary>
public sealed class AlertFile(string path)
{
    public AlertMemory Read()
    {
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject json ? Of(json) : AlertMemory.Empty;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NullReferenceException or FormatException or UnparsableValueException or ArgumentException or IOException)
        {
            return AlertMemory.Empty;
        }
    }

    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(AlertMemory memory) => WholeFile.Write(path, Text(memory));

    public static string Text(AlertMemory memory) => new JsonObject
    {
        ["version"] = 1,
        ["open"] = new JsonArray([.. memory.Book.Open.Values.Where(l => l.Told).Select(l => new JsonObject
        {
            ["topic"] = l.What.Topic, ["code"] = l.What.Code, ["subject"] = l.What.Subject, ["text"] = l.What.Text, ["urgent"] = l.What.Urgent, ["since"] = Text(l.Since), ["last"] = Text(l.Last),
        })]),
        ["channels"] = new JsonObject(memory.Quotas.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)new JsonObject
        {
            ["sent"] = new JsonArray([.. q.Value.Sent.Select(s => (JsonNode)Text(s))]),
            ["held"] = new JsonArray([.. q.Value.Held.Select(a => new JsonObject
            {
                ["at"] = Text(a.At), ["topic"] = a.Topic, ["kind"] = a.Kind.ToString(), ["code"] = a.Code, ["subject"] = a.Subject, ["text"] = a.Text, ["urgent"] = a.Urgent,
            })]),
        }))),
    }.ToJsonString();

    private static AlertMemory Of(JsonObject json) => new(
        AlertBook.Empty with
        {
            Open = AlertBook.Empty.Open.AddRange(json["open"]!.AsArray().Select(o => new Lasting(
                new Condition((string)o!["topic"]!, (string)o["code"]!, (string)o["subject"]!, (string)o["text"]!, (bool)o["urgent"]!), Time(o["since"]), Time(o["last"]), Told: true)).Select(l => KeyValuePair.Create(l.What.Key, l))),
        },
        json["channels"]!.AsObject().ToImmutableSortedDictionary(c => c.Key, c => new AlertQuota(
            [.. c.Value!["sent"]!.AsArray().Select(Time)],
            [.. c.Value["held"]!.AsArray().Select(a => new Alert(Time(a!["at"]), (string)a["topic"]!, Enum.Parse<AlertKind>((string)a["kind"]!), (string)a["code"]!, (string)a["subject"]!, (string)a["text"]!, (bool)a["urgent"]!))])));

    private static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static Instant Time(JsonNode? node) => InstantPattern.ExtendedIso.Parse((string)node!).Value;
}

/// <summary>What was told on which channel.</summary>
public sealed record AlertMemory(AlertBook Book, ImmutableSortedDictionary<string, AlertQuota> Quotas)
{
    public static AlertMemory Empty { get; } = new(AlertBook.Empty, ImmutableSortedDictionary<string, AlertQuota>.Empty);
}
