namespace Ballast.Simulation;

/// <summary>One seed: a world with venues, a disk, a network, clocks and persons, and the program in the middle of it. Single-threaded, in virtual time.</summary>
internal sealed class Simulated
{
    /// <summary>How long after the last fault everything must have healed or have stopped with a name: a few minutes to come to an end, and what is not known for fifteen is told.</summary>
    private const long HealMs = 22 * 60_000;

    private readonly Invariant[] _invariants;
    private readonly Persons _persons;

    public Simulated(ulong seed, Variant variant, Cut cut, Tally tally, bool inWords)
    {
        (Variant, Tally, Cut) = (variant, tally, cut);
        (Chance, Faults) = (Chance.For(seed, "world"), new FaultPlan(seed, cut));
        (Trace, Clock, Disk, Quotes) = (new Trace(Time, inWords), new Clock(Time), new Disk(Faults), new Quotes(Time));
        (Network, Process) = (new Network(this, Chance.For(seed, "network")), new Process(this));
        Venues = Scenario.Venues(this, seed);
        Rules = variant.Rules(new ExecutionRules(Venues.ToImmutableSortedDictionary(v => v.Account, v => v.Profile.Sheet, StringComparer.Ordinal)) { Limits = Limits = Scenario.Limits(seed) });
        _persons = new Persons(this, Chance.For(seed, "persons"));
        _invariants = Invariants.All(this);
    }

    public Timeline Time { get; } = new();
    public Shadow Shadow { get; } = new();
    public Variant Variant { get; }
    public Tally Tally { get; }
    public Chance Chance { get; }
    public FaultPlan Faults { get; }
    public Trace Trace { get; }
    public Clock Clock { get; }
    public Disk Disk { get; }
    public Quotes Quotes { get; }
    public Network Network { get; }
    public Process Process { get; }
    public ImmutableArray<SimulatedVenue> Venues { get; }
    public ExecutionRules Rules { get; }

    /// <summary>The limits that hold, whatever the program believes.</summary>
    public Gates.GateLimits Limits { get; }

    public Cut Cut { get; }

    /// <summary>Whether nobody needs prices, so that none are told.</summary>
    public bool Quiet => Process.State.Plan is not null && !Process.State.HasPlan && !_persons.HasMore;

    public long Events { get; private set; }

    /// <summary>Whether a person was told of an order whose fate is not known, after its plan.</summary>
    public bool UnknownIsTold { get; set; }

    /// <summary>Whether the program says that it does not know the fate of an order: then nobody can ask it for more.</summary>
    public bool NamesUnknown => UnknownIsTold || Process.State.Status == PlanStatus.SuspendedUnknown;

    /// <exception cref="ViolationException">An invariant does not hold.</exception>
    public void Run()
    {
        _persons.Arrange();
        foreach (var venue in Venues) venue.Stream.Tick();
        Process.Boot();
        Time.After(Faults.Until, Heal);
        while (Time.Advance(Faults.Until + HealMs) || (Works && Time.Advance(Term + HealMs)))
        {
            Events++;
            foreach (var invariant in _invariants) invariant.AfterEvent();
            if (Time.Now > Faults.Until + 5_000 && Events % 8 == 0 && Ended()) break;
        }
        foreach (var invariant in _invariants) invariant.AtEnd();
    }

    public SimulatedVenue Venue(string account)
    {
        foreach (var venue in Venues)
            if (venue.Account == account) return venue;
        throw new ArgumentException($"there is no account {account}");
    }

    /// <summary>Nothing goes wrong any more: clocks are set, disks have room, lines are up.</summary>
    private void Heal()
    {
        Faults.Active = false;
        (Clock.ErrorMs, Disk.Full) = (0, false);
        if (Trace.InWords) Trace.Say("--- the faults end ---");
        foreach (var venue in Venues)
        {
            (venue.GoneUntil, venue.MaintenanceUntil) = (-1, -1);
            foreach (var market in venue.Markets) (market.FrozenUntil, market.SilentUntil) = (-1, -1);
            venue.Stream.Restore();
        }
        if (Process.Alive) Process.Hear(new ExecutionEvent.DiskChanged(Clock.Now, true, "there is room again"));
    }

    /// <summary>Whether the plan at hand is still at work: then it has its own time, which may be longer than what heals.</summary>
    private bool Works => !Process.Alive || (Process.State.HasPlan && !Invariants.IsNamedStop(this, Process.State));

    /// <summary>When the plan at hand is too old to go on.</summary>
    private long Term => Process.State.Plan is { } plan ? Timeline.Of(plan.ValidUntil) : 0;

    /// <summary>Whether nothing is left to happen: the plan is over or waits for a person, nothing lives, and the books are settled.</summary>
    private bool Ended()
    {
        var state = Process.State;
        if (!Process.Alive || state.Plan is null || _persons.HasMore || !Invariants.IsNamedStop(this, state)) return false;
        foreach (var (_, order) in state.Orders)
            if (order.IsLive) return false;
        foreach (var venue in Venues)
            if (!Books.Settled(this, venue) || venue.Orders.Any(o => o.IsOpen && o.Intent is not null)) return false;
        return true;
    }

    // --- what the parts of the world report ---

    public void Booted(ExecutionState state)
    {
        if (Trace.InWords) Trace.Say($"process {Process.Life} starts; the journal has {Disk.Frames} records");
        Clock.ErrorMs = Faults.Strikes(FaultKind.ClockSkew) ? Faults.Of(FaultKind.ClockSkew).One(-60_000, -3_000, -400, 400, 3_000, 60_000) : 0;
        foreach (var invariant in _invariants) invariant.Booted(state);
    }

    /// <summary>The core has decided something of an event; it is not durable yet.</summary>
    public void Decided(ExecutionEvent heard, JournalRecord record)
    {
        foreach (var invariant in _invariants) invariant.Decided(heard, record);
    }

    public void Died(string why)
    {
        if (Trace.InWords) Trace.Say($"process dies: {why}");
    }

    public void Heard(ExecutionEvent happened)
    {
        Trace.Add("heard", (ulong)happened.At.ToUnixTimeMilliseconds());
        if (Trace.InWords && happened is not (ExecutionEvent.Tick or ExecutionEvent.Quoted)) Trace.Say($"  hears {Words.Of(happened)}");
        foreach (var invariant in _invariants) invariant.Heard(happened);
    }

    public byte[] Written(JournalRecord record)
    {
        var bytes = RecordCodec.Write(record);
        Trace.Add(bytes);
        return bytes;
    }

    public void Durable(JournalRecord record)
    {
        if (Trace.InWords) Trace.Say($"    keeps {Words.Of(record)}");
        foreach (var invariant in _invariants) invariant.Durable(record);
        Shadow.Take(record, Time.Now);
        Tally.Durable(record);
    }

    public void Kept(ExecutionState state)
    {
        foreach (var invariant in _invariants) invariant.Kept(state);
    }

    public void Performed(Effect effect)
    {
        Trace.Add(effect.GetType().Name, 0);
        if (Trace.InWords && effect is not (Effect.Wake or Effect.MeasureClock)) Trace.Say($"    does {Words.Of(effect)}");
        foreach (var invariant in _invariants) invariant.Performed(effect);
    }

    /// <summary>An order leaves the program.</summary>
    public void Leave(OrderRequest order, bool frozen)
    {
        foreach (var invariant in _invariants) invariant.Left(order, frozen);
        Network.Send(Venue(order.Account), order);
    }

    public void Accepted(SimulatedVenue venue, VenueOrder order)
    {
        Trace.Add("accepted", (ulong)venue.Orders.Count);
        if (Trace.InWords) Trace.Say($"venue: {venue.Account} accepts {order.VenueOrderId} for {order.Id?.ToString()[..8]} {order.Side} {order.Quantity} {order.Symbol} at {order.Price}");
        foreach (var invariant in _invariants) invariant.Accepted(venue, order);
    }

    public void Traded(SimulatedVenue venue, VenueTrade trade)
    {
        Trace.Add("traded", (ulong)venue.Trades.Count);
        if (Trace.InWords) Trace.Say($"venue: {venue.Account} fills {trade.Report.Quantity} of {trade.Order.VenueOrderId} at {trade.Report.Price} as {trade.Report.TradeId}");
        foreach (var invariant in _invariants) invariant.Traded(venue, trade);
    }

    public void Asked(SimulatedVenue venue, int lately)
    {
        foreach (var invariant in _invariants) invariant.Asked(venue, lately);
    }
}
