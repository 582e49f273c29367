using Ballast.Derivatives;
using Ballast.Engine.Execution;
using Ballast.Execution;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using Ballast.Triggers;

namespace Ballast.Engine.Running;

/// <summary>How a loop runs a policy.</summary>
/// <param name="ConfigHash">Of the portfolio file.</param>
/// <param name="Trades">Whether plans are carried out; a dry run only says them.</param>
/// <param name="Preapproved">Whether a plan needs nobody's word.</param>
public sealed record LoopSettings(string ConfigHash, bool Trades, ExecutionStyle Style, Func<Plan, bool> Preapproved)
{
    /// <summary>What was due while nobody looked is not made up for.</summary>
    public bool SkipMissed { get; init; }

    /// <summary>Whether a hedge needs nobody's word.</summary>
    public Func<ExecutionPlan, bool> HedgePreapproved { get; init; } = _ => false;
}

/// <summary>Looks at a portfolio, one look at a time: decides, has the decision journaled, and offers the plan to execution.</summary>
public sealed class Loop
{
    /// <summary>A look that says the same as the one before is kept this often.</summary>
    private static readonly Duration KeepEvery = Duration.FromMinutes(15);

    private readonly Executor _executor;
    private LookSources _sources;
    private LoopSettings _settings;
    private Memory _memory;
    private string? _pending;
    private (string Kind, Instant At)? _kept;
    private volatile IReadOnlyList<ChainQuote>? _options;
    private bool _begun;

    public Loop(LookSources sources, LoopSettings settings, Executor executor)
    {
        (_sources, _settings, _executor) = (sources, settings, executor);
        (_memory, _pending) = executor.State.Memory is { } text ? MemoryText.Read(text, sources.Policy) : (Memory.Empty, null);
        // A plan that was decided, and of which no journal knows: the process ended in between, and nothing was sent.
        if (executor.State.Plan?.Id != _pending) _pending = null;
    }

    /// <summary>Why a look now would see half of it; null where it may be done.</summary>
    public string? Waits
    {
        get
        {
            var state = _executor.State;
            if (_pending is not null && state.Plan?.Id == _pending && state.HasPlan) return $"plan {_pending} is {Words(state.Status)}";
            if (_pending is not null && state.Plan?.Id != _pending) return "a plan has just been made";
            foreach (var account in Trading())
                if (Unready(state, account) is { } why) return why;
            return _sources.Hedge is not null && _options is null ? "the options of the book have not been read yet" : null;
        }
    }

    /// <summary>What a venue says of the options that a hedged book is on.</summary>
    public void See(IReadOnlyList<ChainQuote> options) => _options = options;

    /// <summary>Another text of the same policy is what the next look decides by. What is remembered of its rules stays remembered.</summary>
    public void Adopt(LookSources sources, LoopSettings settings) =>
        (_sources, _settings, _memory) = (sources, settings, MemoryText.Read(MemoryText.Of(_memory, _pending), sources.Policy).Memory);

    /// <summary>One look; null where it has to wait.</summary>
    /// <param name="bar">The bar that has just ended, where history is run.</param>
    public Looked? Look(Instant now, Bar? bar = null)
    {
        if (Waits is not null) return null;
        var state = _executor.State;
        if (_pending is { } over) Close(state, over);
        if (!_begun && _settings.SkipMissed && _memory.LastSeen is not null) _memory = _memory with { LastSeen = now };
        _begun = true;
        var looked = Looking.Look(_sources, state, _memory, now, bar);
        _memory = looked.Decision.Memory;
        if (_sources.Hedge is { } hedge && looked.Approved is null) return LookAtHedge(hedge, looked, state, now);
        var ticket = looked.Approved is not null && _settings.Trades && !looked.Plan!.Trades.IsEmpty ? TicketOf(state, now, looked.InputHash) : null;
        Keep(now, looked, ticket?.Id);
        if (ticket is not null) Offer(now, ExecutionPlan.Of(looked.Approved!, ticket, _settings.Style), _settings.Preapproved(looked.Plan!));
        return looked;
    }

    /// <summary>Weights come first; where they rest, the book's Greeks are looked at.</summary>
    private Looked LookAtHedge(HedgeSources sources, Looked looked, ExecutionState state, Instant now)
    {
        var book = HedgeLooking.BookOf(sources, state);
        var chain = HedgeLooking.ChainOf(sources, state, _options!, now);
        var (sight, answer) = HedgeLooking.Look(sources, book, chain);
        looked = answer switch
        {
            Answer<HedgePlan>.Found { Value: var plan } => looked with { Hedge = plan },
            Answer<HedgePlan>.Refused(var code, var reason) => looked with { Refusal = (code, reason) },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var approved = looked.Hedge is { } found && !(found.Trades.IsEmpty && found.Relief.IsEmpty) ? ApprovedHedge.Of(found, sight) : null;
        if (approved is Answer<ApprovedHedge>.Refused(var no, var why)) looked = looked with { Refusal = (no, why) };
        var ticket = approved is Answer<ApprovedHedge>.Found && _settings.Trades ? TicketOf(state, now, looked.InputHash) : null;
        Keep(now, looked, ticket?.Id);
        if (ticket is null) return looked;
        var execution = HedgeLooking.PlanOf(((Answer<ApprovedHedge>.Found)approved!).Value, _sources.Policy, chain, ticket, _settings.Style);
        Offer(now, execution, _settings.HedgePreapproved(execution));
        return looked;
    }

    private PlanTicket TicketOf(ExecutionState state, Instant now, string inputHash) =>
        new($"{_sources.Policy.Name}-{now.ToString("uuuuMMdd'T'HHmmss'Z'", null)}-{state.Epoch}", _sources.Policy.Name, "schedule", inputHash, _settings.ConfigHash);

    private void Offer(Instant now, ExecutionPlan plan, bool approved) =>
        _executor.Post(new ExecutionEvent.PlanOffered(now, plan with { At = now, ValidUntil = now + _settings.Style.Validity }, approved));

    private IEnumerable<string> Trading() => _sources.Policy.Accounts.Where(a => a.May != Permissions.None).Select(a => a.Name);

    private static string? Unready(ExecutionState state, string account)
    {
        if (state.KilledFor(account) is { } kill) return $"the kill switch is set: {kill}";
        if (state.Mismatches.TryGetValue(account, out var mismatch)) return $"{account} waits for you: {mismatch}";
        var watch = state.Account(account);
        if (!watch.Up) return $"{account} is away: {watch.DownWhy}";
        if (watch.IsUnread) return $"{account} does not tell what it holds: {watch.UnreadWhy}";
        if (!watch.Ready) return $"{account} is being compared with its venue";
        return state.LastFill.TryGetValue(account, out var fill) && watch.AgreedAsOf <= fill + (watch.Ahead ?? Duration.Zero) ? $"{account} has not confirmed the last fill yet" : null;
    }

    /// <summary>A plan that traded starts the clocks of the policy again.</summary>
    private void Close(ExecutionState state, string planId)
    {
        _pending = null;
        if (state.Plan is not { } plan || plan.Id != planId || plan.Value <= 0) return;
        var traded = plan.Parents.Sum(p => Traded(p, state.Orders.Values.Where(o => o.Request.PlanId == planId && o.Request.Leg == p.Number).Sum(o => o.Filled)));
        if (traded > 0) _memory = _memory.AfterTrade(plan.At, (double)(traded / plan.Value));
    }

    /// <summary>A whole fill is worth what was planned, to the last digit, as in a back-test.</summary>
    private static decimal Traded(ParentOrder parent, decimal filled) => filled == parent.Quantity ? parent.Value : parent.Value / parent.Quantity * filled;

    private void Keep(Instant now, Looked looked, string? planId)
    {
        _pending = planId;
        var outcome = planId is not null ? "plan" : looked.Refusal is not null ? "refused" : looked.Plan is { Trades.IsEmpty: false } || looked.Hedge is { Trades.IsEmpty: false } or { Relief.IsEmpty: false } ? "dry" : "hold";
        var kind = $"{outcome} {looked.Refusal?.Code} {string.Join(' ', looked.Decision.Answers.Where(a => a.Result.Fired).Select(a => a.Rule.Words))}";
        // Money that has come is looked at once: it is remembered, whatever else there is to say.
        if (planId is null && _executor.State.MovedSinceLook.IsEmpty && _kept is { } kept && kept.Kind == kind && now - kept.At < KeepEvery) return;
        _kept = (kind, now);
        var notes = (looked.Plan?.NotTraded ?? []).Select(n => new Note(n.Asset.Code, n.Code, n.Reason)).ToImmutableArray();
        _executor.Post(new ExecutionEvent.Noted(now, new JournalRecord.Decided(now, _sources.Policy.Name, outcome, looked.Reason, planId, looked.InputHash, notes, ValueOf(looked))));
        _executor.Post(new ExecutionEvent.Noted(now, new JournalRecord.Remembered(now, _sources.Policy.Name, MemoryText.Of(_memory, planId))));
    }

    private static Amount? ValueOf(Looked looked) => looked.Decision.Portfolio is { Value: > 0 } portfolio && portfolio.Lines.All(l => l.Quantity == 0 || l.Price is not null) ? new Amount(portfolio.Value, portfolio.Base) : null;

    private static string Words(PlanStatus status) => status switch
    {
        PlanStatus.Draft => "waiting for approval",
        PlanStatus.Running => "being carried out",
        _ when status.IsSuspended() => "suspended",
        _ => "waiting for you",
    };
}
