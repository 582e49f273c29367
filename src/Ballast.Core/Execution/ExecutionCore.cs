using Ballast.Gates;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>What came of one event.</summary>
/// <param name="State">The state, with the records applied.</param>
/// <param name="Records">To be made durable before anything else is done; where that fails, the process stops.</param>
/// <param name="Effects">To be done after that, in this order.</param>
public sealed record Step(ExecutionState State, ImmutableArray<JournalRecord> Records, ImmutableArray<Effect> Effects)
{
    /// <summary>Several steps as one, whose records become durable together. What was decided twice meanwhile, because the disk was slow, is asked once.</summary>
    public static Step Together(IReadOnlyList<Step> steps)
    {
        var (records, effects) = (ImmutableArray.CreateBuilder<JournalRecord>(), ImmutableArray.CreateBuilder<Effect>());
        var seen = new Dictionary<object, int>();
        foreach (var step in steps)
        {
            records.AddRange(step.Records);
            foreach (var effect in step.Effects)
                if (effect is Effect.Wake || seen.TryAdd(WhatOf(effect), effects.Count)) effects.Add(effect);
                else effects[seen[WhatOf(effect)]] = effect; // The later one knows more of the order.
        }
        return new Step(steps[^1].State, records.ToImmutable(), effects.ToImmutable());
    }

    private static object WhatOf(Effect effect) => effect switch
    {
        Effect.Query(var order) => ("ask", order.Id),
        Effect.Cancel(var order) => ("cancel", order.Id),
        _ => effect,
    };
}

/// <summary>
/// The whole protocol of execution, pure: no clock, no I/O, no chance. The simulator and the running program call the same function.
/// It never guesses: an order of unknown fate stays unknown, counts in full against every limit, and is closed only by proof.
/// </summary>
public static class ExecutionCore
{
    /// <summary>How often a plan is looked at though nothing happens: it may have waited for long enough.</summary>
    private static readonly Duration Heartbeat = Duration.FromSeconds(5);

    public static Step On(ExecutionState state, ExecutionEvent happened, ExecutionRules rules)
    {
        var turn = new Turn(state, rules, Instant.Max(happened.At, state.Now));
        Hear(turn, happened);
        OrderTimers.Run(turn);
        AccountTimers.Run(turn);
        PlanCourse.Run(turn);
        if (NextDue(turn.State) is { } due) turn.Do(new Effect.Wake(due));
        return turn.End;
    }

    private static void Hear(Turn turn, ExecutionEvent happened)
    {
        switch (happened)
        {
            case ExecutionEvent.Started e: Start(turn, e); break;
            case ExecutionEvent.Tick: break;
            case ExecutionEvent.Noted e: turn.Record(e.Record); break;
            case ExecutionEvent.ClockMeasured e: Clock(turn, e); break;
            case ExecutionEvent.PlanOffered e: PlanCourse.Offer(turn, e.Plan, e.Approved); break;
            case ExecutionEvent.PlanAnswered e: PlanCourse.Answer(turn, e); break;
            case ExecutionEvent.StopAsked e: if (turn.State.HasPlan) turn.MovePlan(PlanStatus.StoppedByUser, $"stopped by {e.By}: {e.Reason}"); break;
            case ExecutionEvent.Sent e: OrderAnswers.Sent(turn, e.Id, e.Outcome); break;
            case ExecutionEvent.Cancelled e: OrderAnswers.Cancelled(turn, e.Id, e.Outcome); break;
            case ExecutionEvent.Queried e: OrderAnswers.Queried(turn, e.Id, e.Outcome); break;
            case ExecutionEvent.TradeSeen e: OrderFacts.Trade(turn, e.Account, e.Trade); break;
            case ExecutionEvent.PaymentSeen e: OrderFacts.Payment(turn, e.Account, e.Payment); break;
            case ExecutionEvent.OrderSeen e: OrderFacts.Order(turn, e.Account, e.Order); break;
            case ExecutionEvent.SnapshotTaken e: turn.Change(e.Snapshot.Account, a => a with { Unread = 0 }); Reconciling.Compare(turn, e.Snapshot); break;
            case ExecutionEvent.SnapshotFailed e: Unread(turn, e); break;
            case ExecutionEvent.Quoted e: turn.SetTop(e.Account, e.Top); break;
            case ExecutionEvent.DepthSeen e: turn.SetDepth(e.Account, e.Depth); break;
            case ExecutionEvent.FactsSeen e: turn.SetPrices(turn.State.Prices.Seen(e.Account, e.Facts)); break;
            case ExecutionEvent.PriceSeen e: turn.SetPrices(turn.State.Prices.Seen(e.Source, e.Pair, e.Price, e.PricedAt)); break;
            case ExecutionEvent.LimitsAsked e: Ask(turn, e.Limits); break;
            case ExecutionEvent.VenueChanged e: Venue(turn, e); break;
            case ExecutionEvent.DiskChanged e: turn.SetDisk(e.Writable ? null : e.Reason); break;
            case ExecutionEvent.KillPressed e: Killing.Set(turn, e.Scope, e.By, e.Reason); break;
            case ExecutionEvent.KillReleased e: Killing.Clear(turn, e.Scope, e.By, e.Reason); break;
            case ExecutionEvent.DifferenceAccepted e: Reconciling.Accept(turn, e); break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Starting is recovering: whatever was live is of unknown fate, and nothing trades before the books agree with the venue.</summary>
    private static void Start(Turn turn, ExecutionEvent.Started e)
    {
        turn.Forget();
        turn.Record(new JournalRecord.Started(turn.Now, turn.State.Epoch + 1, e.Version, e.Host));
        Ask(turn, turn.Rules.Limits);
        foreach (var (id, order) in turn.State.Orders)
            if (order.IsLive && order.State != OrderState.Unknown) turn.Move(id, OrderCause.Restart, OrderState.Unknown, "the process started again");
        foreach (var account in turn.Rules.Venues.Keys) Allowance.Begin(turn, account);
        foreach (var (scope, why) in turn.State.Kills) Killing.CancelAll(turn, scope, why);
    }

    /// <summary>The limits of the file are asked for; those that are raised wait, and somebody is told.</summary>
    private static void Ask(Turn turn, GateLimits limits)
    {
        var numbers = LimitBook.NumbersOf(limits);
        if (turn.State.Limits.Wants(numbers)) return;
        turn.Record(new JournalRecord.LimitsAsked(turn.Now, numbers));
        foreach (var (key, held) in turn.State.Limits.Waiting(turn.Now))
            turn.Tell(Topics.Refused, "LIMIT_RAISED", $"the limit {key} is raised, and in force from {held.Due} on; until then it is as it was");
    }

    /// <summary>Once or twice is an accident; more often, nothing trades there and somebody is told.</summary>
    private static void Unread(Turn turn, ExecutionEvent.SnapshotFailed e)
    {
        var before = turn.State.Account(e.Account);
        turn.Change(e.Account, a => a with { Doubt = null, NextSnapshot = a.Unread < 12 ? Instant.Min(a.NextSnapshot, turn.Now + Duration.FromSeconds(5)) : a.NextSnapshot, Unread = a.Unread + 1, UnreadWhy = e.Reason.TrimEnd('.') });
        if (before is { Up: true, IsUnread: false } && turn.State.Account(e.Account).IsUnread) turn.Tell(Topics.Disconnected, "ACCOUNT_UNREAD", $"{e.Account} does not tell what it holds: {e.Reason.TrimEnd('.')}; nothing trades there until it does");
    }

    /// <summary>A venue that tells its time is there.</summary>
    private static void Clock(Turn turn, ExecutionEvent.ClockMeasured e)
    {
        if (!turn.State.Account(e.Account).Up) Venue(turn, new ExecutionEvent.VenueChanged(e.At, e.Account, Up: true, "it answers again"));
        turn.Change(e.Account, a => a with { Ahead = e.Ahead, NextClock = turn.Now + Duration.FromMinutes(1) });
    }

    /// <summary>A connection that was lost has missed things: the account is compared anew before it trades. That it is still away is no news.</summary>
    private static void Venue(Turn turn, ExecutionEvent.VenueChanged e)
    {
        var wasUp = turn.State.Account(e.Account).Up;
        var next = e.Up ? turn.Now : turn.Now + Duration.FromSeconds(5);
        turn.Change(e.Account, a => a with { Up = e.Up, DownWhy = e.Reason, Ready = false, Doubt = null, NextSnapshot = next, NextClock = next });
        if (wasUp && !e.Up) turn.Tell(Topics.Disconnected, "VENUE_DOWN", $"{e.Account}: {e.Reason}");
    }

    /// <summary>When something is to be done though nothing happens. What is overdue waits for something else, such as its connection.</summary>
    private static Instant? NextDue(ExecutionState state)
    {
        Instant? due = state.HasPlan ? state.Now + Heartbeat : null;
        foreach (var (_, watch) in state.Watches)
        {
            Earlier(watch.NextAsk);
            if (watch.NextCancel is { } cancel) Earlier(cancel);
        }
        foreach (var (_, account) in state.Accounts)
        {
            Earlier(account.NextSnapshot);
            Earlier(account.NextClock);
        }
        return due is { } first ? Instant.Max(first, state.Now + Duration.FromMilliseconds(50)) : null;

        void Earlier(Instant at)
        {
            if (at > state.Now && !(due < at)) due = at;
        }
    }
}

/// <summary>What does not change while a process runs.</summary>
/// <param name="Venues">What the venue of each account promises.</param>
public sealed record ExecutionRules(ImmutableSortedDictionary<string, VenueSheet> Venues)
{
    /// <summary>What no order passes.</summary>
    public GateLimits Limits { get; init; } = new();

    /// <summary>What spot markets trade, as BTC/USDT, where their symbols do not say.</summary>
    public ImmutableDictionary<(string Account, string Symbol), string> Pairs { get; init; } = ImmutableDictionary<(string, string), string>.Empty;

    /// <summary>The pair of a spot market; null of any other.</summary>
    public string? PairOf(string account, string symbol) =>
        Pairs.TryGetValue((account, symbol), out var pair) ? pair : symbol.Contains('/', StringComparison.Ordinal) && !symbol.Contains(':', StringComparison.Ordinal) ? symbol : null;

    /// <summary>The checks of the gate; the simulation leaves one out at a time, to see that it is missed.</summary>
    internal ImmutableArray<GateCheck> Checks { get; init; } = Gate.Checks;

    /// <summary>From how far a venue's clock may differ from ours before nothing is signed.</summary>
    public Duration ClockLimit { get; init; } = Duration.FromMilliseconds(500);

    /// <summary>An unexplained fall of an asset by more than this share waits for a person.</summary>
    public decimal FallLimit { get; init; } = 0.2m;

    /// <summary>Safeguards that the simulation turns off one at a time, to see that it would notice; all on in every program.</summary>
    internal Safeguards Safeguards { get; init; } = new();
}

/// <summary>The guards that the protocol rests on.</summary>
internal sealed record Safeguards
{
    public bool ProofNeedsDeadline { get; init; } = true;
    public bool ProofNeedsTwo { get; init; } = true;
    public bool OnlyDefiniteRejects { get; init; } = true;
    public bool TradesOnce { get; init; } = true;
    public bool FillsBeforeClose { get; init; } = true;
    public bool StableBeforeClose { get; init; } = true;
    public bool UnknownCounts { get; init; } = true;
    public bool OneLiveChild { get; init; } = true;
    public bool ReconcileBeforeTrade { get; init; } = true;
    public bool DoubtTwice { get; init; } = true;
    public bool FailedIsNotZero { get; init; } = true;
    public bool BuysWaitForCash { get; init; } = true;
    public bool FreshPrice { get; init; } = true;
    public bool PriceGate { get; init; } = true;
    public bool KillStops { get; init; } = true;
    public bool ClockChecked { get; init; } = true;
    public bool Allowance { get; init; } = true;
}
