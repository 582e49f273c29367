namespace Ballast.Planning;

/// <summary>
/// Goals of a plan that may sell to buy: targets as shares of the value after costs (or before, as the costs say).
/// A line that cannot come down to its target keeps what it must and the others share the rest in proportion;
/// one that cannot be bought keeps what it has and its money stays in cash. No target ever grows because of another line.
/// </summary>
internal sealed class FullSizing
{
    private enum Pin { None, Over, Under }

    private readonly DraftLine[] _drafts;
    private readonly Charge[] _charges;
    private readonly Pin[] _pins;
    private readonly decimal[] _kept;
    private readonly Terms _terms;
    private readonly decimal _value, _cashFloor;
    private decimal _paid, _shared;

    private FullSizing(DraftLine[] drafts, Terms terms, decimal value, decimal cashFloor)
    {
        (_drafts, _terms, _value, _cashFloor) = (drafts, terms, value, cashFloor);
        foreach (var draft in drafts) draft.Goal = draft.Wanted * value;
        _charges = [.. drafts.Select(d => new Charge(d, terms))];
        (_pins, _kept) = (new Pin[drafts.Length], new decimal[drafts.Length]);
    }

    /// <summary>Sets the goal of every draft; a refusal where costs leave no answer.</summary>
    /// <param name="value">Before costs.</param>
    /// <param name="cashFloor">The buffer, or cash that cannot be spent, whichever is more.</param>
    public static PlanResult.Refused? Size(DraftLine[] drafts, Terms terms, decimal value, decimal cashFloor)
    {
        var sizing = new FullSizing(drafts, terms, value, cashFloor);
        for (var i = 0; i < drafts.Length; i++)
            if (KeptAsItIs(drafts[i], terms)) sizing.Keep(i, drafts[i].Value, drafts[i].Named ? sizing.SideOf(i) : Pin.Over);
        // Every round but the last pins a line or moves a charge to its minimum; the impact settles within fifty.
        for (var round = 0; round < 4 * drafts.Length + 50; round++)
        {
            if (sizing.Solve() is { } refused) return refused;
            if (!sizing.PinOver() && !sizing.PinUnder() && !sizing.Adapt() && sizing.AmountsPaid() == sizing._paid) break;
        }
        return null;
    }

    private static bool KeptAsItIs(DraftLine draft, Terms terms) =>
        !draft.Named || (draft.NoSell is not null && draft.NoBuy is not null) || (draft.Wanted == 0 && draft.Value < terms.Dust);

    private Pin SideOf(int i) => _drafts[i].Value >= _drafts[i].Wanted * _value ? Pin.Over : Pin.Under;

    private void Keep(int i, decimal value, Pin pin) => (_kept[i], _pins[i]) = (value, pin);

    private PlanResult.Refused? Solve()
    {
        var pools = Pools();
        _paid = AmountsPaid();
        if (SelfFinancing.ValueAfter(_value - _paid, Lines(), pools) is not { } after)
            return new("COSTS_EXCEED_TARGETS", "the costs are so high that the trades to the targets have no single size; lower costs or targets");
        if (after <= 0) return new("COSTS_EXCEED_VALUE", $"the costs of the trades are more than the value of {Money.Figures.Money(_value)}");
        _shared = SelfFinancing.Shared(pools, after);
        for (var i = 0; i < _drafts.Length; i++)
            _drafts[i].Goal = _pins[i] != Pin.None ? _kept[i] : _drafts[i].Wanted * _shared;
        return null;
    }

    /// <summary>
    /// Value by which the wanted weights of the free lines are multiplied: what is not kept over target, as their share of it,
    /// and never so much that the cash that must stay is touched.
    /// </summary>
    private Pool[] Pools()
    {
        var (wanted, over, overWanted, under) = (0m, 0m, 0m, 0m);
        for (var i = 0; i < _drafts.Length; i++)
            switch (_pins[i])
            {
                case Pin.None: wanted += _drafts[i].Wanted; break;
                case Pin.Over: over += _kept[i]; overWanted += _drafts[i].Wanted; break;
                default: under += _kept[i]; break;
            }
        if (wanted == 0 || overWanted >= 1) return [default];
        var scale = 1 / (1 - overWanted);
        var ofTargets = _terms.Rules.Costs.Sizing == Costs.Sizing.BeforeCosts ? new Pool(scale * (_value - over), 0) : new Pool(-scale * over, scale);
        return [ofTargets, new Pool(-(over + under + _cashFloor) / wanted, 1 / wanted)];
    }

    private SizedLine[] Lines()
    {
        var lines = new List<SizedLine>(_drafts.Length);
        for (var i = 0; i < _drafts.Length; i++)
            if (_pins[i] == Pin.None)
                lines.Add(new(_drafts[i].Wanted, _drafts[i].Value, _charges[i].BuyRate, _charges[i].SellRate));
        return [.. lines];
    }

    /// <summary>Costs that do not depend on V': of sales down to what is kept, and fixed parts of all other trades.</summary>
    private decimal AmountsPaid()
    {
        var sum = 0m;
        for (var i = 0; i < _drafts.Length; i++)
            sum += _pins[i] != Pin.None ? _charges[i].Of(_kept[i] - _drafts[i].Value)
                : _drafts[i].Goal != _drafts[i].Value ? _charges[i].Amount(_drafts[i].Goal > _drafts[i].Value) : 0;
        return sum;
    }

    /// <summary>Lines that cannot come down to their share, and kept ones that turn out to be over it once the shares have shrunk.</summary>
    private bool PinOver()
    {
        var pinned = false;
        for (var i = 0; i < _drafts.Length; i++)
        {
            var (share, floor) = (_drafts[i].Wanted * _shared, _pins[i] == Pin.None ? _drafts[i].Floor : _kept[i]);
            if (_pins[i] == Pin.Over || share >= floor || (_pins[i] == Pin.None && share >= _drafts[i].Value)) continue;
            Keep(i, floor, Pin.Over);
            pinned = true;
        }
        return pinned;
    }

    private bool PinUnder()
    {
        var pinned = false;
        for (var i = 0; i < _drafts.Length; i++)
            if (_pins[i] == Pin.None && _drafts[i].NoBuy is not null && _drafts[i].Goal > _drafts[i].Value)
            {
                Keep(i, _drafts[i].Value, Pin.Under);
                pinned = true;
            }
        return pinned;
    }

    /// <summary>Where costs are not only proportional: takes the right piece of each, and drops trades that are not worth their fixed cost.</summary>
    private bool Adapt()
    {
        var moved = false;
        for (var i = 0; i < _drafts.Length; i++)
        {
            if (_pins[i] != Pin.None) continue;
            var change = _drafts[i].Goal - _drafts[i].Value;
            moved |= _charges[i].Adapt(change);
            if (change == 0 || Math.Abs(change) > _charges[i].Of(change)) continue;
            Keep(i, _drafts[i].Value, change < 0 ? Pin.Over : Pin.Under);
            moved = true;
        }
        return moved;
    }
}
