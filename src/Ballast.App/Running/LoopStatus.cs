using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.App.Output;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Orders;

namespace Ballast.App.Running;

/// <summary>What a running loop says of itself, in a file that anybody may read: written whole, at most once a second.</summary>
internal sealed class LoopStatus(string path, string name, string mode, Instant started, IReadOnlyList<IVenue> venues)
{
    /// <summary>How many of the things that a person was told are kept.</summary>
    private const int MostTold = 20;

    private readonly Dictionary<string, VenueSheet> _venues = venues.ToDictionary(v => v.Account, v => v.Sheet);
    private readonly LinkedList<(Instant At, Effect.Tell What)> _told = [];
    private Instant _written = Instant.MinValue;
    private string _said = "";
    private string _state = "";

    public void Looked(Looked looked) => _said = looked.Reason;

    /// <summary>Called on the executor's thread.</summary>
    public void Stepped(Step step)
    {
        foreach (var tell in step.Effects.OfType<Effect.Tell>())
            lock (_told)
            {
                if (_told.First?.Value.What == tell) _told.RemoveFirst();
                _told.AddFirst((step.State.Now, tell));
                if (_told.Count > MostTold) _told.RemoveLast();
            }
    }

    public void Write(Instant now, ExecutionState state, string doing)
    {
        if (now - _written < Duration.FromSeconds(1) && doing == _state) return;
        (_written, _state) = (now, doing);
        WholeFile.Write(path, Of(now, state, doing).ToJsonString());
    }

    private JsonObject Of(Instant now, ExecutionState state, string doing) => new()
    {
        ["name"] = name, ["mode"] = mode, ["process"] = Environment.ProcessId, ["started"] = Json.Time(started), ["at"] = Json.Time(now), ["state"] = doing, ["lastDecision"] = _said,
        ["plan"] = state.Plan is not { } plan ? null : new JsonObject { ["id"] = plan.Id, ["status"] = Words.Code(state.Status.ToString()), ["why"] = state.Why, ["trades"] = plan.Parents.Length },
        ["orders"] = Json.Array(state.Orders.Values.Where(o => o.IsLive).Select(o => new JsonObject
        {
            ["id"] = o.Id.ToString(), ["account"] = o.Request.Account, ["instrument"] = o.Request.Tradable.Symbol, ["side"] = o.Request.Side.ToString().ToLowerInvariant(), ["quantity"] = Json.Exact(o.Request.Quantity),
            ["filled"] = Json.Exact(o.Filled), ["price"] = Json.Exact(o.Request.Price), ["state"] = Words.Code(o.State.ToString()),
        })),
        ["accounts"] = Json.Array(state.Accounts.Select(a => Of(a.Key, a.Value, state))),
        ["limits"] = Json.Array(state.Limits.Limits.Select(l => new JsonObject
        {
            ["limit"] = l.Key, ["inForce"] = Json.Exact(l.Value.At(now)), ["wanted"] = Json.Exact(l.Value.Wanted), ["from"] = now < l.Value.Due ? Json.Time(l.Value.Due) : null,
        })),
        ["uses"] = Json.Array(LimitUse.Of(state, _venues, now).Select(u => new JsonObject
        {
            ["limit"] = u.Key, ["account"] = u.Account, ["words"] = u.Words, ["unit"] = (GateLimit.All.FirstOrDefault(l => l.Key == u.Key)?.Unit ?? LimitUnit.Count).ToString().ToLowerInvariant(), ["used"] = Json.Exact(u.Used), ["most"] = Json.Exact(u.Most),
        })),
        ["told"] = Told(),
        ["kills"] = new JsonObject(state.Kills.Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value))),
    };

    private JsonObject Of(string account, AccountWatch watch, ExecutionState state) => new()
    {
        ["account"] = account, ["venue"] = _venues.GetValueOrDefault(account)?.Venue.Value, ["proven"] = _venues.GetValueOrDefault(account)?.Proven,
        ["ready"] = state.IsReady(account), ["up"] = watch.Up, ["why"] = state.KilledFor(account) ?? state.Mismatches.GetValueOrDefault(account) ?? (!watch.Up ? watch.DownWhy : watch.IsUnread ? $"it does not tell what it holds: {watch.UnreadWhy}" : null),
        ["clockAheadMs"] = watch.Ahead is { } ahead ? Json.Estimate(ahead.TotalMilliseconds) : null,
        ["pricedAt"] = state.Tops.Where(t => t.Key.Account == account).Select(t => (Instant?)t.Value.VenueTime).Max() is { } priced ? Json.Time(priced) : null,
        ["agreedAt"] = watch.AgreedAsOf > Instant.MinValue ? Json.Time(watch.AgreedAsOf) : null,
        ["balances"] = new JsonObject(state.Balances.Of(account).Select(b => KeyValuePair.Create(b.Key.Code, Json.Exact(b.Value)))),
    };

    /// <summary>Newest first.</summary>
    private JsonArray Told()
    {
        lock (_told)
            return Json.Array(_told.Select(t => new JsonObject { ["at"] = Json.Time(t.At), ["topic"] = t.What.Topic, ["code"] = t.What.Code, ["text"] = Words.Sentence(t.What.Text) }));
    }
}
