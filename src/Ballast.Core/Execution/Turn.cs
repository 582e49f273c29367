using Ballast.Gates;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>One step while it is being made: the state so far, and what is to be written and done. Lives for one call.</summary>
internal sealed class Turn(ExecutionState state, ExecutionRules rules, Instant now)
{
    private static readonly Duration OneSecond = Duration.FromSeconds(1);

    private readonly ImmutableArray<JournalRecord>.Builder _records = ImmutableArray.CreateBuilder<JournalRecord>();
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();

    public ExecutionState State { get; private set; } = state with { Now = now, Steady = state.Steady + Duration.Min(now - state.Now, OneSecond) };

    public ExecutionRules Rules => rules;

    public Instant Now => now;

    /// <summary>The limits in force: those of the rules, but for raises that wait.</summary>
    public GateLimits Limits => State.Limits.Of(rules.Limits, now);

    public Step End => new(State, _records.ToImmutable(), _effects.ToImmutable());

    public void Record(JournalRecord record)
    {
        State = State.After(record);
        _records.Add(record);
    }

    public void Do(Effect effect)
    {
        _effects.Add(effect);
        Allowance.Count(this, effect);
    }

    /// <summary>To go on at a time though nothing happens.</summary>
    public void WakeAt(Instant at) => Do(new Effect.Wake(at));

    public void Tell(string topic, string code, string text) => Do(new Effect.Tell(topic, code, text));

    public VenueSheet SheetOf(string account) => rules.Venues[account];

    /// <summary>Now, by the venue's clock.</summary>
    public Instant VenueNow(string account) => now + (State.Account(account).Ahead ?? Duration.Zero);

    // --- one order ---

    public ChildOrder Order(OrderId id) => State.Orders[id];

    public OrderWatch Watch(OrderId id) => State.Watches.GetValueOrDefault(id) ?? new OrderWatch(now, now, now);

    public void Set(OrderId id, OrderWatch watch) => State = State with { Watches = State.Watches.SetItem(id, watch) };

    /// <summary>Moves an order, by the table; the venue's id is kept where it is new.</summary>
    public void Move(OrderId id, OrderCause cause, OrderState to, string? reason = null, string? venueOrderId = null)
    {
        var order = Order(id);
        Record(new JournalRecord.OrderMoved(now, id, order.State, cause, to, order.VenueOrderId is null ? venueOrderId : null, reason));
        if (to.IsLive()) Set(id, Watch(id) with { Since = now, Asks = 0, Absent = 0, NextAsk = now + FirstAsk(to), Closed = to == OrderState.Closing ? Watch(id).Closed : null });
        else State = State with { Watches = State.Watches.Remove(id) };
    }

    /// <summary>Every path out of an intent goes through its sending, unless it was not sent.</summary>
    public void MarkSent(OrderId id)
    {
        if (Order(id).State == OrderState.Intent) Move(id, OrderCause.Sent, OrderState.Sent);
    }

    /// <summary>Asks now, or as soon as the last question is a second old and the venue allows another.</summary>
    public void Ask(OrderId id)
    {
        var (watch, account) = (Watch(id), Order(id).Request.Account);
        if (watch.Asked is { } asked && now - asked < OneSecond) Set(id, watch with { NextAsk = asked + OneSecond });
        else if (!Allowance.ForQuestion(this, account)) Set(id, watch with { NextAsk = now + OneSecond });
        else
        {
            Do(new Effect.Query(Order(id).Ref));
            Set(id, watch with { Asks = watch.Asks + 1, Asked = now, NextAsk = now + Duration.FromSeconds(Math.Min(8, 1 + watch.Asks)) });
        }
    }

    // --- one account ---

    public void Set(string account, AccountWatch watch) => State = State with { Accounts = State.Accounts.SetItem(account, watch) };

    public void Change(string account, Func<AccountWatch, AccountWatch> change) => Set(account, change(State.Account(account)));

    public void Snapshot(string account)
    {
        var may = Allowance.ForQuestion(this, account);
        if (may) Do(new Effect.TakeSnapshot(account));
        Change(account, a => a with { NextSnapshot = now + (may ? Duration.FromSeconds(a.Ready || a.Unread >= 12 ? 60 : 5) : OneSecond) });
    }

    public void SetTop(string account, TopOfBook top) =>
        State = State with { Tops = State.Tops.SetItem((account, top.Symbol), top), Prices = State.Prices.Heard(account, top, rules.PairOf(account, top.Symbol), now, Limits) };

    public void SetDepth(string account, BookDepth depth) => State = State with { Depths = State.Depths.SetItem((account, depth.Symbol), depth) };

    public void SetPrices(PriceBook prices) => State = State with { Prices = prices };

    public void SetNoPrice(PriceStop? stop) => State = State with
    {
        NoPriceSince = stop is null ? null : State.NoPriceSince ?? now, NoPrice = stop is { } && State.NoPrice is { } said && (said.Code, said.Subject) == (stop.Code, stop.Subject) ? said : stop,
    };

    public void SetDisk(string? fault) => State = State with { DiskFault = fault };

    public void Forget() => State = State.Restarted with { Now = now };

    // --- the plan ---

    public void MovePlan(PlanStatus status, string why)
    {
        if (State.Plan is not { } plan) return;
        // That another price is missing now is news; that clocks differ by a millisecond more is none.
        if (State.Status == status && (status != PlanStatus.SuspendedPrice || State.Why == why)) return;
        Record(new JournalRecord.PlanMoved(now, plan.Id, status, why));
        if (status != PlanStatus.Running) Tell(Topics.Of(status), status.ToString(), why);
    }

    private static Duration FirstAsk(OrderState state) => state switch
    {
        OrderState.Unknown or OrderState.Closing => Duration.Zero,
        OrderState.Sent => Duration.FromSeconds(4),
        OrderState.Cancelling => Duration.FromSeconds(2),
        _ => Duration.FromSeconds(10),
    };
}

/// <summary>The topics that a person can be told about, as the portfolio file names them.</summary>
public static class Topics
{
    public const string Due = "due", Traded = "traded", Refused = "refused", Margin = "margin", Disconnected = "disconnected", Report = "report";

    public static string Of(PlanStatus status) => status switch
    {
        PlanStatus.Completed or PlanStatus.CompletedWithDust => Traded,
        PlanStatus.SuspendedVenue or PlanStatus.SuspendedClock => Disconnected,
        PlanStatus.Draft => Due,
        _ => Refused,
    };
}
