using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Journal;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.App.Serving;

/// <summary>A plan as the journal has it.</summary>
/// <param name="Digest">SHA-256 of its bytes in the journal: who approves says with it what was read.</param>
internal sealed record KeptPlan(ExecutionPlan Plan, string Digest);

/// <summary>One record of a journal, told.</summary>
internal sealed record Entry(Frame Frame, JournalRecord Record, string Text, string? Plan, string? Account);

/// <summary>A journal as it was when it was last read, from its first record to its end or its first fault.</summary>
internal sealed record JournalSeen(ImmutableArray<Entry> Entries, string Head, JournalFault? Fault, ImmutableDictionary<string, KeptPlan> Plans)
{
    public static JournalSeen Empty { get; } = new([], "", null, ImmutableDictionary<string, KeptPlan>.Empty);
}

/// <summary>Reads journals for the pages, and again only when they have grown.</summary>
internal sealed class JournalView
{
    private readonly ConcurrentDictionary<string, Followed> _known = new(StringComparer.Ordinal);

    /// <summary>The journal of a portfolio: that of its running mode, else the one that is there.</summary>
    /// <param name="asked"><c>live</c>, <c>paper</c> or <c>replay</c>; null for the one that matters.</param>
    public static string Folder(PortfolioFolder folder, string? asked, JsonObject? loop) => (asked ?? (string?)loop?["mode"]) switch
    {
        "live" => folder.Journal(paper: false),
        "paper" => folder.Journal(paper: true),
        "replay" => folder.Replay,
        null or "dry" => new[] { folder.Journal(paper: false), folder.Journal(paper: true), folder.Replay }.FirstOrDefault(Directory.Exists) ?? folder.Journal(paper: false),
        var other => throw Problem.Bad($"journal: `{other}`; expected live, paper or replay."),
    };

    public JournalSeen Read(string folder)
    {
        if (Stamp(folder) is { Length: > 0 } stamp) return _known.GetOrAdd(folder, f => new Followed(f)).At(stamp);
        _known.TryRemove(folder, out _);
        return JournalSeen.Empty;
    }

    /// <summary>The same, read from its first record again: for what is acted on.</summary>
    public JournalSeen ReadWhole(string folder)
    {
        _known.TryRemove(folder, out _);
        return Read(folder);
    }

    public static string Stamp(string folder) => !Directory.Exists(folder) ? ""
        : string.Join('|', new DirectoryInfo(folder).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));

    /// <summary>A journal that grows: what was read once is not read again, unless it is not what it was.</summary>
    private sealed class Followed(string folder)
    {
        private readonly Lock _gate = new();
        private JournalReader _reader = new(folder);
        private JournalStory _story = new();
        private ImmutableArray<Entry>.Builder _entries = ImmutableArray.CreateBuilder<Entry>();
        private ImmutableDictionary<string, KeptPlan> _plans = ImmutableDictionary<string, KeptPlan>.Empty;
        private JournalSeen _seen = JournalSeen.Empty;
        private string _stamp = "";

        public JournalSeen At(string stamp)
        {
            lock (_gate)
            {
                if (stamp == _stamp) return _seen;
                var grew = _reader is { Last: > 0, Fault: null or { Repairable: true } };
                if (grew) Take(_reader.Further());
                if (!grew || _reader.Fault is { Repairable: false }) Begin();
                _stamp = stamp;
                return _seen = new(_entries.ToImmutable(), _reader.Head, _reader.Fault, _plans);
            }
        }

        private void Begin()
        {
            (_reader, _story, _plans) = (new JournalReader(folder), new JournalStory(), ImmutableDictionary<string, KeptPlan>.Empty);
            _entries = ImmutableArray.CreateBuilder<Entry>();
            Take(_reader.Frames());
        }

        private void Take(IEnumerable<Frame> frames)
        {
            foreach (var frame in frames)
            {
                var record = frame.Record;
                var (text, plan, account) = _story.Next(record);
                _entries.Add(new(frame, record, text.Trim(), plan, account));
                if (record is JournalRecord.PlanCreated made) _plans = _plans.SetItem(made.Plan.Id, new(made.Plan, Convert.ToHexStringLower(SHA256.HashData(frame.Payload))));
            }
        }
    }

    /// <summary>A page of a journal, the newest first.</summary>
    /// <param name="before">Only older ones than this record.</param>
    public static JsonObject Page(JournalSeen seen, int limit, ulong? before, Func<Entry, bool> wanted)
    {
        var found = seen.Entries.Reverse().Where(e => (before is not { } b || e.Frame.Sequence < b) && wanted(e)).Take(limit + 1).ToArray();
        return new()
        {
            ["items"] = Json.Array(found.Take(limit).Select(Of)),
            ["next"] = found.Length > limit ? found[limit - 1].Frame.Sequence.ToString() : null,
            ["entries"] = seen.Entries.Length,
            ["head"] = seen.Head,
            ["fault"] = seen.Fault?.ToString(),
        };
    }

    /// <summary>Entries of a plan, of a type, with some words; null asks for all.</summary>
    public static Func<Entry, bool> Wanted(string? plan, string? type, string? find) => e =>
        (plan is null || e.Plan == plan) && (type is null || RecordCodec.NameOf(e.Frame.Type) == type) && (find is null || e.Text.Contains(find, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Of(Entry entry) => new()
    {
        ["sequence"] = entry.Frame.Sequence, ["at"] = Json.Time(entry.Record.At), ["type"] = RecordCodec.NameOf(entry.Frame.Type), ["plan"] = entry.Plan, ["account"] = entry.Account, ["text"] = entry.Text,
        ["hash"] = Convert.ToHexStringLower(entry.Frame.Hash), ["record"] = JsonNode.Parse(entry.Frame.Payload),
    };

    /// <summary>A plan of the journal as the pages show it.</summary>
    public static JsonObject Of(KeptPlan kept) => new()
    {
        ["id"] = kept.Plan.Id, ["reason"] = kept.Plan.Trigger, ["at"] = Json.Time(kept.Plan.At), ["expiresAt"] = Json.Time(kept.Plan.ValidUntil), ["base"] = kept.Plan.Base.Code, ["digest"] = kept.Digest,
        ["value"] = Json.Exact(kept.Plan.Value),
        ["trades"] = Json.Array(kept.Plan.Parents.Select(p => new JsonObject
        {
            ["number"] = p.Number, ["account"] = p.Account, ["instrument"] = p.Tradable.Symbol, ["side"] = p.Side == Side.Buy ? "buy" : "sell", ["quantity"] = Json.Exact(p.Quantity),
            ["price"] = Json.Exact(p.Price), ["value"] = Json.Exact(p.Value), ["reason"] = p.Reason,
        })),
    };
}
