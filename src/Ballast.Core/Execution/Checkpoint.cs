using System.Text.Json;
using System.Text.Json.Serialization;
using Ballast.Gates;
using Ballast.Ledger;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>
/// What a journal says up to some record, whole and in one byte form, so that a start need not fold every record again. It is made from the records and from nothing else,
/// can be thrown away at any time, and is never believed against them.
/// </summary>
internal sealed record Checkpoint(
    long Epoch, ImmutableArray<Checkpoint.Holding> Balances, ImmutableArray<ChildOrder> Orders, ImmutableArray<TradeKey> Trades, ExecutionPlan? Plan, PlanStatus Status, string Why,
    ImmutableArray<int> Unwinding, ImmutableSortedDictionary<int, string> DeniedLegs, ImmutableArray<Checkpoint.Sent> Sends, ImmutableArray<Checkpoint.Begun> Starts,
    ImmutableArray<Checkpoint.Exchanged> Traded, decimal PlanFees, ImmutableSortedDictionary<string, string> Kills, ImmutableSortedDictionary<string, string> Mismatches,
    ImmutableSortedDictionary<string, Instant> LastFill, ImmutableSortedSet<string> Opened, ImmutableArray<Amount> MovedSinceLook, string? Memory, ImmutableArray<Checkpoint.Limit> Limits)
{
    internal sealed record Holding(string Account, Asset Asset, decimal Quantity);

    internal sealed record Sent(Instant At, string Account);

    internal sealed record Begun(Instant At, string PlanId, string Account, string Symbol, Side Side);

    /// <param name="Due">When what is wanted holds; null where it always has.</param>
    internal sealed record Limit(string Key, decimal InForce, decimal Wanted, Instant? Due);

    internal sealed record Exchanged(Instant At, string Account, decimal Value);

    /// <summary>Trades have no order of their own: sorted, so that the same state gives the same bytes.</summary>
    public static byte[] Write(ExecutionState state) => JsonSerializer.SerializeToUtf8Bytes(new Checkpoint(
        state.Epoch,
        [.. state.Balances.Accounts.SelectMany(a => state.Balances.Of(a).Select(h => new Holding(a, h.Key, h.Value)))],
        [.. state.Orders.Values],
        [.. state.Trades.OrderBy(t => t.Account, StringComparer.Ordinal).ThenBy(t => t.VenueOrderId, StringComparer.Ordinal).ThenBy(t => t.TradeId, StringComparer.Ordinal)],
        state.Plan, state.Status, state.Why, [.. state.Unwinding], state.DeniedLegs,
        [.. state.Sends.Select(s => new Sent(s.At, s.Account))],
        [.. state.Starts.Select(s => new Begun(s.At, s.PlanId, s.Leg.Account, s.Leg.Symbol, s.Leg.Side))],
        [.. state.Traded.Select(t => new Exchanged(t.At, t.Account, t.Value))],
        state.PlanFees, state.Kills, state.Mismatches, state.LastFill, state.Opened, state.MovedSinceLook, state.Memory,
        [.. state.Limits.Limits.Select(l => new Limit(l.Key, l.Value.InForce, l.Value.Wanted, l.Value.Due == Instant.MinValue ? null : l.Value.Due))]), CheckpointShape.Default.Checkpoint);

    /// <exception cref="JsonException">The bytes are none, or of another version.</exception>
    public static ExecutionState Read(ReadOnlySpan<byte> bytes)
    {
        var kept = JsonSerializer.Deserialize(bytes, CheckpointShape.Default.Checkpoint) ?? throw new JsonException("a checkpoint may not be null");
        return ExecutionState.Empty with
        {
            Epoch = kept.Epoch, Balances = kept.Balances.Aggregate(Ledger.Balances.Empty, (all, held) => all.Add(held.Account, new(held.Quantity, held.Asset))),
            Orders = kept.Orders.ToImmutableSortedDictionary(o => o.Id, o => o), Trades = [.. kept.Trades], Plan = kept.Plan, Status = kept.Status, Why = kept.Why,
            Unwinding = [.. kept.Unwinding], DeniedLegs = kept.DeniedLegs,
            Sends = ImmutableQueue.CreateRange(kept.Sends.Select(s => (s.At, s.Account))),
            Starts = ImmutableQueue.CreateRange(kept.Starts.Select(s => (s.At, s.PlanId, (s.Account, s.Symbol, s.Side)))),
            Traded = ImmutableQueue.CreateRange(kept.Traded.Select(t => (t.At, t.Account, t.Value))),
            PlanFees = kept.PlanFees, Kills = kept.Kills, Mismatches = kept.Mismatches, LastFill = kept.LastFill, Opened = kept.Opened, MovedSinceLook = kept.MovedSinceLook,
            Memory = kept.Memory, Limits = LimitBook.Of(kept.Limits.Select(l => KeyValuePair.Create(l.Key, new HeldLimit(l.InForce, l.Wanted, l.Due ?? Instant.MinValue)))),
        };
    }
}

/// <summary>How a checkpoint is written; generated when the project is built.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, IgnoreReadOnlyProperties = true,
    Converters = [typeof(ExactDecimal), typeof(UtcTime), typeof(SpanOfTime), typeof(AssetCode), typeof(HexId)])]
[JsonSerializable(typeof(Checkpoint))]
internal sealed partial class CheckpointShape : JsonSerializerContext;
