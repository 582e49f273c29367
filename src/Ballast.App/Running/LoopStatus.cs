using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.App.Output;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Orders;

namespace Ballast.App.Running;

/// <summary>What a running loop says of itself, in a file that anybody may read: written whole, at most once a second.</summary>
internal sealed class LoopStatus(string path, string name, string mode, Instant started)
{
    private Instant _written = Instant.MinValue;
    private string _said = "";
    private string _state = "";

    public void Looked(Looked looked) => _said = looked.Reason;

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
        ["accounts"] = Json.Array(state.Accounts.Select(a => new JsonObject
        {
            ["account"] = a.Key, ["ready"] = state.IsReady(a.Key), ["up"] = a.Value.Up, ["why"] = state.KilledFor(a.Key) ?? state.Mismatches.GetValueOrDefault(a.Key) ?? (a.Value.Up ? null : a.Value.DownWhy),
            ["clockAheadMs"] = a.Value.Ahead is { } ahead ? Json.Estimate(ahead.TotalMilliseconds) : null,
            ["balances"] = new JsonObject(state.Balances.Of(a.Key).Select(b => KeyValuePair.Create(b.Key.Code, Json.Exact(b.Value)))),
        })),
        ["limits"] = Json.Array(state.Limits.Limits.Select(l => new JsonObject
        {
            ["limit"] = l.Key, ["inForce"] = Json.Exact(l.Value.At(now)), ["wanted"] = Json.Exact(l.Value.Wanted), ["from"] = now < l.Value.Due ? Json.Time(l.Value.Due) : null,
        })),
        ["kills"] = new JsonObject(state.Kills.Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value))),
    };
}
