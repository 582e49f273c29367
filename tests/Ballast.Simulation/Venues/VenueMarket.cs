namespace Ballast.Simulation;

/// <summary>The market of one symbol: a middle that walks, a spread, and what spoils either.</summary>
internal sealed class VenueMarket(Tradable tradable, decimal middle)
{
    /// <summary>What stands at the best price: no plan here is too large for it.</summary>
    private const decimal Deep = 10_000_000m;

    public Tradable Tradable { get; set; } = tradable;

    public decimal Middle { get; private set; } = middle;

    public decimal Bid => Middle - Tradable.Tick;
    public decimal Ask => Middle + Tradable.Tick;

    /// <summary>Until when the prices stand still while the venue's clock stands with them.</summary>
    public long FrozenUntil { get; set; } = -1;

    /// <summary>When the frozen quote was made.</summary>
    public long FrozenAt { get; set; }

    /// <summary>Until when nothing is told.</summary>
    public long SilentUntil { get; set; } = -1;

    public bool Delisted { get; set; }

    public void Step(Chance chance, FaultPlan faults)
    {
        var tick = Tradable.Tick;
        Middle += tick * (chance.Below(5) - 2);
        if (faults.Strikes(FaultKind.PriceJump)) Middle *= 1 + chance.Between(-40, 40) / 1000m;
        Middle = Math.Max(10 * tick, decimal.Round(Middle / tick) * tick);
    }

    /// <summary>Goes to where another venue trades the same: in a quiet world nobody leaves them apart.</summary>
    public void Follow(VenueMarket other) => Middle = other.Middle;

    /// <summary>Loses a part of its worth for good.</summary>
    public void Fall(decimal share) => Middle = Math.Max(10 * Tradable.Tick, decimal.Round(Middle * (1 - share) / Tradable.Tick) * Tradable.Tick);

    public bool Crosses(Side side, decimal price) => side == Side.Buy ? price >= Ask : price <= Bid;

    public TopOfBook Quote(long now) => new(Tradable.Symbol, Bid, Deep, Ask, Deep, Timeline.At(now <= FrozenUntil ? FrozenAt : now));
}
