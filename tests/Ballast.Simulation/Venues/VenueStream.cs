namespace Ballast.Simulation;

/// <summary>What a venue tells without being asked: trades, orders, quotes, and whether the line is up.</summary>
internal sealed class VenueStream(Simulated world, SimulatedVenue venue, Chance chance)
{
    private int _line;

    public bool Up { get; private set; } = true;

    private bool Heard => Up && !venue.IsGone;

    public void Tell(VenueTrade trade)
    {
        if (!Heard || world.Time.Now <= trade.Order.HiddenUntil || world.Faults.Strikes(FaultKind.TradeUntold)) return;
        var copies = world.Faults.Strikes(FaultKind.TradeToldTwice) ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var late = i > 0 || world.Faults.Strikes(FaultKind.TradeToldLate);
            Deliver(late ? chance.Between(200, 15_000) : chance.Between(3, 40), at => new ExecutionEvent.TradeSeen(at, venue.Account, trade.Report));
        }
    }

    public void Tell(VenueOrder order)
    {
        if (!Heard || world.Faults.Strikes(FaultKind.OrderUntold)) return;
        var report = order.Report(world.Time.Now, world.Time.Now);
        Deliver(chance.Between(3, 60), at => new ExecutionEvent.OrderSeen(at, venue.Account, report));
    }

    /// <summary>One round of prices; the next follows by itself.</summary>
    public void Tick()
    {
        foreach (var market in venue.Markets)
        {
            if (world.Time.Now > market.FrozenUntil) market.Step(chance, world.Faults);
            if (!world.Faults.Active && world.Venues[0].Markets.FirstOrDefault(m => m.Tradable.Symbol == market.Tradable.Symbol) is { } twin && twin != market) market.Follow(twin);
            if (world.Time.Now > market.SilentUntil && Heard && !market.Delisted && !world.Quiet) Quote(market);
        }
        world.Time.After(world.Faults.Active ? chance.Between(1_500, 3_000) : 4_000, Tick);
    }

    private void Quote(VenueMarket market)
    {
        var top = market.Quote(world.Time.Now);
        if (world.Faults.Strikes(FaultKind.PriceUnusable)) top = Spoilt(top);
        if (world.Faults.Strikes(FaultKind.PriceSpike)) top = Spiked(top, market.Tradable.Tick);
        world.Quotes.Told(venue.Account, top, market);
        Deliver(chance.Between(3, 40), at => new ExecutionEvent.Quoted(at, venue.Account, top));
    }

    private TopOfBook Spoilt(TopOfBook top) => chance.Below(4) switch
    {
        0 => top with { Bid = 0, Ask = 0 },
        1 => top with { Bid = top.Ask, Ask = top.Bid },
        2 => top with { Bid = -top.Bid },
        _ => top with { VenueTime = top.VenueTime - Duration.FromMinutes(5) },
    };

    private TopOfBook Spiked(TopOfBook top, decimal tick)
    {
        var factor = chance.One(10m, 0.1m, 1.5m, 0.7m);
        var middle = decimal.Round(top.Middle * factor / tick) * tick;
        return top with { Bid = middle - tick, Ask = middle + tick };
    }

    /// <summary>The line is lost, and what happens meanwhile is not told. Some venues then cancel what is open.</summary>
    public void Cut(long ms, string why)
    {
        if (!Up) return;
        Up = false;
        var line = ++_line;
        Say(chance.Between(10, 3_000), line, false, why);
        if (venue.Profile.Sheet.DeadMan == DeadManKind.OnDisconnect) CancelOpen(chance.Between(100, 2_000));
        world.Time.After(ms, () =>
        {
            if (line == _line) Restore();
        });
    }

    /// <summary>A new line: of a new process, or after the old one was lost. Where nobody answers, it is tried again.</summary>
    public void Restore()
    {
        Up = !venue.IsGone;
        var line = ++_line;
        Say(20, line, Up, Up ? "connected" : "nobody answers");
        if (!Up) world.Time.After(2_000, () =>
        {
            if (line == _line) Restore();
        });
    }

    /// <summary>Tells of the line, unless there is a newer one by then.</summary>
    private void Say(long ms, int line, bool up, string why)
    {
        var life = world.Process.Life;
        world.Time.After(ms, () =>
        {
            if (line == _line && world.Process.Life == life) world.Process.Hear(new ExecutionEvent.VenueChanged(world.Clock.Now, venue.Account, up, why));
        });
    }

    public void CancelOpen(long ms) => world.Time.After(ms, () =>
    {
        foreach (var order in venue.Orders)
            if (order.IsOpen && order.Intent is not null) venue.Close(order, VenueState.Cancelled);
    });

    private void Deliver(long ms, Func<Instant, ExecutionEvent> told)
    {
        var life = world.Process.Life;
        world.Time.After(ms, () =>
        {
            if (world.Process.Life == life) world.Process.Hear(told(world.Clock.Now));
        });
    }
}
