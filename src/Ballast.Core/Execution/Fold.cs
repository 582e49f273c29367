using Ballast.Ledger;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>How each record changes what the journal says. Nothing else changes it, while running or when it is read again.</summary>
public sealed partial record ExecutionState
{
    /// <summary>The state that a journal leaves.</summary>
    public static ExecutionState Of(IEnumerable<JournalRecord> records)
    {
        var state = Empty;
        foreach (var record in records) state = state.After(record);
        return state;
    }

    /// <summary>The state that a checkpoint keeps.</summary>
    /// <exception cref="System.Text.Json.JsonException">The bytes are none, or of another version.</exception>
    public static ExecutionState Of(ReadOnlySpan<byte> checkpoint) => Checkpoint.Read(checkpoint);

    /// <summary>What the journal says, in bytes, for <see cref="Of(ReadOnlySpan{byte})"/>: the same state gives the same bytes.</summary>
    public byte[] ToCheckpoint() => Checkpoint.Write(this);

    public ExecutionState After(JournalRecord record) => record switch
    {
        JournalRecord.Started started => this with { Epoch = started.Epoch, Begun = Allowance.Lately(Begun, started.At).Enqueue(started.At) },
        JournalRecord.PlanCreated created => Begin(created.Plan),
        JournalRecord.PlanApproved => this with { Status = PlanStatus.Running, Why = "approved" },
        JournalRecord.PlanDeclined declined => this with { Status = PlanStatus.Declined, Why = declined.Note ?? "declined" },
        JournalRecord.PlanMoved moved => this with { Status = moved.State, Why = moved.Reason },
        JournalRecord.Unwinding unwinding => this with { Unwinding = Unwinding.Add(unwinding.Group) },
        JournalRecord.Intended intended => Intend(intended),
        JournalRecord.OrderMoved moved => Move(moved),
        JournalRecord.Filled filled => Book(filled),
        JournalRecord.External external => Post(external),
        JournalRecord.Paid paid => this with { Trades = Trades.Add(TradeKey.Of(paid.Account, paid.Payment)), Balances = Bookings.Of(paid).Aggregate(Balances, (all, entry) => all.After(entry)) },
        JournalRecord.Reconciled reconciled => this with { Mismatches = Mismatches.Remove(reconciled.Account), Opened = Opened.Add(reconciled.Account) },
        JournalRecord.Mismatched mismatched => this with { Mismatches = Mismatches.SetItem(mismatched.Account, mismatched.Reason) },
        JournalRecord.Accepted accepted => this with { Mismatches = Mismatches.Remove(accepted.Account) },
        JournalRecord.Denied denied => this with { DeniedLegs = DeniedLegs.SetItem(denied.Leg, denied.Limit) },
        JournalRecord.KillSet kill => this with { Kills = Kills.SetItem(kill.Scope, kill.Reason) },
        JournalRecord.KillCleared cleared => this with { Kills = Kills.Remove(cleared.Scope) },
        JournalRecord.Remembered remembered => this with { Memory = remembered.Memory, MovedSinceLook = [] },
        JournalRecord.LimitsAsked asked => this with { Limits = Limits.After(asked.Limits, asked.At) },
        _ => this,
    };

    /// <summary>Closed orders of earlier plans are let go: what is booked stays booked.</summary>
    private ExecutionState Begin(ExecutionPlan plan) => this with
    {
        Plan = plan, Status = PlanStatus.Draft, Why = "made", Unwinding = [], PlanFees = 0, DeniedLegs = DeniedLegs.Clear(),
        Orders = Orders.RemoveRange(Orders.Where(o => !o.Value.IsLive).Select(o => o.Key)),
    };

    private ExecutionState Intend(JournalRecord.Intended intended)
    {
        var order = intended.Order;
        return this with
        {
            Orders = Orders.Add(order.Id, new ChildOrder(order, OrderState.Intent) { Unit = Plan is { } plan ? Sights.UnitOf(plan, order.Leg) : 0 }),
            Sends = Recent(Sends, s => s.At, intended.At).Enqueue((intended.At, order.Account)),
            Starts = order.Attempt > 0 ? Starts : Recent(Starts, s => s.At, intended.At).Enqueue((intended.At, order.PlanId, (order.Account, order.Tradable.Symbol, order.Side))),
        };
    }

    /// <summary>What is older than a day is let go.</summary>
    private static ImmutableQueue<T> Recent<T>(ImmutableQueue<T> queue, Func<T, Instant> at, Instant now)
    {
        while (!queue.IsEmpty && now - at(queue.Peek()) >= Duration.FromDays(1)) queue = queue.Dequeue();
        return queue;
    }

    private ExecutionState Move(JournalRecord.OrderMoved moved)
    {
        var order = Orders[moved.Id];
        if (order.State != moved.From || !Transitions.Allows(moved.From, moved.Cause, moved.To))
            throw new InvalidOperationException($"order {moved.Id} is {order.State} and may not go from {moved.From} by {moved.Cause} to {moved.To}");
        return this with { Orders = Orders.SetItem(moved.Id, order with { State = moved.To, VenueOrderId = moved.VenueOrderId ?? order.VenueOrderId }) };
    }

    private ExecutionState Book(JournalRecord.Filled filled)
    {
        var key = new TradeKey(filled.Account, filled.Trade.VenueOrderId, filled.Trade.TradeId);
        if (Trades.Contains(key)) throw new InvalidOperationException($"trade {key.TradeId} of {filled.Account} is booked already");
        var balances = Balances;
        foreach (var entry in Bookings.Of(filled)) balances = balances.After(entry);
        var next = this with { Trades = Trades.Add(key), Balances = balances, LastFill = LastFill.SetItem(filled.Account, filled.At) };
        if (filled.Order is not { } id || !Orders.TryGetValue(id, out var order)) return next;
        var (quantity, price, fee) = (filled.Trade.Quantity, filled.Trade.Price, filled.Trade.Fee);
        var unit = Plan?.Id == order.Request.PlanId ? order.Unit : 0; // An earlier plan's fees are not this plan's.
        return next with
        {
            Traded = Recent(Traded, t => t.At, filled.At).Enqueue((filled.At, filled.Account, filled.Tradable.Notional(quantity, price) * order.Unit)),
            PlanFees = PlanFees + (fee.Asset == filled.Tradable.Quote ? fee.Value * unit : fee.Asset == filled.Tradable.Base && filled.Tradable.Kind != TradableKind.Option ? fee.Value * price * unit : 0),
            Orders = Orders.SetItem(id, order with { Filled = order.Filled + quantity, Value = order.Value + quantity * price, VenueOrderId = order.VenueOrderId ?? filled.Trade.VenueOrderId }),
        };
    }

    private ExecutionState Post(JournalRecord.External external)
    {
        var balances = Balances;
        foreach (var entry in Bookings.Of(external)) balances = balances.After(entry);
        return this with { Balances = balances, MovedSinceLook = external.Why == Reconciling.Opening ? MovedSinceLook : MovedSinceLook.Add(new(external.Quantity, external.Asset)) };
    }
}
