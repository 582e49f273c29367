namespace Ballast.Simulation;

/// <summary>The people around the program, and what befalls an account or an instrument without any of them.</summary>
internal sealed class Persons(Simulated world, Chance chance)
{
    private ExecutionPlan? _second;

    /// <summary>Whether somebody still wants something.</summary>
    public bool HasMore => _second is not null;

    public void Arrange()
    {
        var first = world.Cut.Of(Scenario.Plan(world, chance, "plan-1", Timeline.At(1_000)));
        var approved = chance.Happens(0.7);
        world.Time.After(chance.Between(50, 3_000), () => Offer(first, approved));
        if (world.Faults.Times(FaultKind.SecondPlan).Any()) _second = Scenario.Plan(world, chance, "plan-2", Timeline.At(world.Faults.Until + 2_000));
        world.Time.After(5_000, Look);
        At(FaultKind.Kill, Kill);
        At(FaultKind.Stop, () => Hear(at => new ExecutionEvent.StopAsked(at, "a person", "enough for today")));
        At(FaultKind.Deposit, () => Flow(chance.Between(1, 2_000)));
        At(FaultKind.Withdrawal, () => Flow(-chance.Between(1, 2_000)));
        At(FaultKind.ManualTrade, () => Manual(told: chance.Happens(0.5)));
        At(FaultKind.ForeignOrder, Foreign);
        At(FaultKind.DiskFull, () => Disk(writable: null));
        At(FaultKind.DiskNearlyFull, () => Disk(writable: false));
        At(FaultKind.ClockJump, () => world.Clock.ErrorMs += chance.One(-60_000, -5_000, -1_000, 1_000, 5_000, 60_000));
        Befall();
    }

    /// <summary>What befalls venues and instruments.</summary>
    private void Befall()
    {
        At(FaultKind.StreamCut, () => Venue().Stream.Cut(chance.Between(500, 20_000), "the line is lost"));
        At(FaultKind.Outage, () => Outage(Venue(), chance.Between(5_000, 60_000)));
        At(FaultKind.Maintenance, () => Venue().MaintenanceUntil = world.Time.Now + chance.Between(2_000, 30_000));
        At(FaultKind.DeadManFires, () => Venue().Stream.CancelOpen(0));
        At(FaultKind.OrderRemoved, Remove);
        At(FaultKind.PriceFrozen, () => Freeze(Market()));
        At(FaultKind.QuotesStop, () => Market().SilentUntil = world.Time.Now + chance.Between(5_000, 60_000));
        At(FaultKind.Depeg, () => Market().Fall(chance.One(0.005m, 0.02m, 0.12m)));
        At(FaultKind.Delisted, () => Delist(Venue()));
        At(FaultKind.FiltersChanged, () => Refilter(Market()));
        At(FaultKind.Funding, () => Derivative((v, t) => v.Pay(t, chance.Between(-3, 3) / 1000m)));
        At(FaultKind.Liquidation, () => Derivative((v, t) => v.CloseOut(t, 0.5m, chance.Happens(0.5))));
        At(FaultKind.Expiry, () => Derivative(Expire));
    }

    // --- the owner ---

    /// <summary>Offers a plan until the journal has it.</summary>
    private void Offer(ExecutionPlan plan, bool approved)
    {
        if (world.Shadow.Plans.ContainsKey(plan.Id)) return;
        Hear(at => new ExecutionEvent.PlanOffered(at, plan, approved));
        world.Time.After(3_000, () => Offer(plan, approved));
    }

    /// <summary>Looks every few seconds: at plans to approve, at differences, at kill switches.</summary>
    private void Look()
    {
        world.Time.After(chance.Between(4_000, 8_000), Look);
        if (!world.Process.Alive) return;
        var state = world.Process.State;
        if (state is { Plan: { } plan, Status: PlanStatus.Draft }) Answer(plan.Id);
        foreach (var (account, _) in state.Mismatches)
            if (chance.Happens(0.3)) Hear(at => new ExecutionEvent.DifferenceAccepted(at, account, "a person", "seen at the venue"));
        foreach (var (_, order) in state.Orders)
            if (order.State == OrderState.Unknown && world.Time.True - order.Request.Deadline > Duration.FromSeconds(930))
                Hear(at => new ExecutionEvent.DifferenceAccepted(at, order.Request.Account, "a person", "not seen at the venue"));
        foreach (var (scope, _) in state.Kills)
            if (!world.Faults.Active && chance.Happens(0.2)) Hear(at => new ExecutionEvent.KillReleased(at, scope, "a person", "the cause is known"));
        if (_second is { } second && world.Time.Now > world.Faults.Until && state.Plan is not null && !state.HasPlan) Second(second);
        if (_second is not null && state.Status is PlanStatus.HoldLegs or PlanStatus.HoldMismatch or PlanStatus.SuspendedUnknown && world.Time.Now > world.Faults.Until + 60_000) _second = null;
    }

    private void Answer(string plan)
    {
        var declined = world.Faults.Times(FaultKind.Declined).Any();
        Hear(at => new ExecutionEvent.PlanAnswered(at, plan, !declined, "a person", null));
    }

    private void Second(ExecutionPlan plan)
    {
        if (world.Shadow.Plans.ContainsKey(plan.Id)) _second = null;
        else Hear(at => new ExecutionEvent.PlanOffered(at, plan with { At = world.Time.True, ValidUntil = world.Time.True + plan.Style.Validity }, true));
    }

    private void Kill()
    {
        var scope = chance.One("*", Venue().Account);
        Press();

        void Press()
        {
            if (world.Shadow.Kills.Contains(scope)) return;
            Hear(at => new ExecutionEvent.KillPressed(at, scope, "a person", "something is wrong"));
            world.Time.After(1_500, Press);
        }
    }

    private void Flow(long amount)
    {
        var (venue, asset) = (Venue(), new Asset("USDT"));
        if (venue.Books.Of(asset) + amount > 0) venue.Books.Move(world.Time.Now, "outside", asset, amount, outside: true);
    }

    private void Manual(bool told)
    {
        var (venue, market) = (Venue(), Market());
        market = venue.Market(venue.Markets[chance.Below(venue.Markets.Length)].Tradable.Symbol);
        venue.Foreign(market.Tradable, chance.One(Side.Buy, Side.Sell), market.Tradable.Lot * chance.Between(1, 20), market.Middle, told);
    }

    /// <summary>An open order that is not ours; or one that carries our tag and that no journal knows.</summary>
    private void Foreign()
    {
        var venue = Venue();
        var market = venue.Markets[chance.Below(venue.Markets.Length)];
        var id = chance.Happens(0.3) ? OrderId.Of(venue.Account, "another journal", 1, 0) : new OrderId(chance.Next());
        var order = new VenueOrder($"{venue.Account}-f{venue.Orders.Count}", id, null, market.Tradable.Symbol, Side.Buy, market.Tradable.Lot, market.Bid, world.Time.Now) { Matched = true };
        venue.Orders.Add(order);
        venue.Stream.Tell(order);
        world.Time.After(chance.Between(1_000, 30_000), () => venue.Close(order, VenueState.Cancelled));
    }

    // --- the machine ---

    /// <summary>A disk without room, known beforehand or not.</summary>
    private void Disk(bool? writable)
    {
        if (writable is null) world.Disk.Full = true;
        else Hear(at => new ExecutionEvent.DiskChanged(at, false, "less than 64 MB are free"));
        world.Time.After(chance.Between(1_000, 20_000), () =>
        {
            world.Disk.Full = false;
            Hear(at => new ExecutionEvent.DiskChanged(at, true, "there is room again"));
        });
    }

    // --- venues and instruments ---

    private void Outage(SimulatedVenue venue, long ms)
    {
        venue.GoneUntil = world.Time.Now + ms;
        venue.Stream.Cut(ms, "nobody answers");
    }

    private void Remove()
    {
        foreach (var order in Venue().Orders)
            if (order.IsOpen && order.Intent is not null) world.Venue(order.Intent.Account).Close(order, VenueState.Expired);
    }

    private void Freeze(VenueMarket market) => (market.FrozenAt, market.FrozenUntil) = (world.Time.Now, world.Time.Now + chance.Between(5_000, 90_000));

    private void Delist(SimulatedVenue venue)
    {
        var market = venue.Markets[chance.Below(venue.Markets.Length)];
        market.Delisted = true;
        foreach (var order in venue.Orders)
            if (order.IsOpen && order.Symbol == market.Tradable.Symbol) venue.Close(order, VenueState.Expired);
    }

    private void Refilter(VenueMarket market)
    {
        var old = market.Tradable;
        market.Tradable = chance.Below(3) switch
        {
            0 => old with { Lot = old.Lot * 10, MinQuantity = old.Lot * 10 },
            1 => old with { Tick = old.Tick * 10 },
            _ => old with { MinNotional = 50m },
        };
    }

    private void Derivative(Action<SimulatedVenue, Tradable> befalls)
    {
        foreach (var venue in world.Venues)
            foreach (var market in venue.Markets)
                if (!market.Tradable.IsSpot && venue.Books.Of(new Asset(market.Tradable.Symbol)) != 0)
                {
                    befalls(venue, market.Tradable);
                    return;
                }
    }

    private void Expire(SimulatedVenue venue, Tradable tradable)
    {
        foreach (var order in venue.Orders)
            if (order.IsOpen && order.Symbol == tradable.Symbol) venue.Close(order, VenueState.Expired);
        venue.CloseOut(tradable, 1m, told: false);
        venue.Market(tradable.Symbol).Delisted = true;
    }

    // --- all of them ---

    private void At(FaultKind kind, Action happens)
    {
        foreach (var at in world.Faults.Times(kind)) world.Time.After(at, () =>
        {
            if (world.Trace.InWords) world.Trace.Say($"fault: {kind}");
            happens();
        });
    }

    private void Hear(Func<Instant, ExecutionEvent> said)
    {
        if (world.Process.Alive) world.Process.Hear(said(world.Clock.Now));
    }

    private SimulatedVenue Venue() => world.Venues[chance.Below(world.Venues.Length)];

    private VenueMarket Market()
    {
        var venue = Venue();
        return venue.Markets[chance.Below(venue.Markets.Length)];
    }
}
