using Ballast.Money;

namespace Ballast.Planning;

/// <summary>
/// Cost of one line's trade as a straight line in its size, rate · |x| + amount, good for trades of about the size at hand.
/// From the proportional fee it only ever moves to the minimum fee, so that sizing by rounds ends.
/// </summary>
internal sealed class Charge
{
    private readonly DraftLine _draft;
    private readonly Terms _terms;
    private bool _minimum;
    private decimal _impact;

    public Charge(DraftLine draft, Terms terms)
    {
        (_draft, _terms) = (draft, terms);
        BuyRate = Rate(draft.BuyCosts, bought: true);
        SellRate = Rate(draft.SellCosts, bought: false);
    }

    public decimal BuyRate { get; private set; }
    public decimal SellRate { get; private set; }

    /// <summary>What a trade in this direction costs besides its rate.</summary>
    public decimal Amount(bool bought)
    {
        var costs = bought ? _draft.BuyCosts : _draft.SellCosts;
        return costs.Fixed.Value + (_minimum ? costs.Minimum.Value : 0) + _impact;
    }

    public decimal Of(decimal change) =>
        change == 0 ? 0 : change > 0 ? BuyRate * change + Amount(true) : SellRate * -change + Amount(false);

    /// <summary>Looks again at a trade of this size; true where its cost is now another line.</summary>
    public bool Adapt(decimal change)
    {
        var costs = change > 0 ? _draft.BuyCosts : _draft.SellCosts;
        if (costs.ProportionalOnly || change == 0) return false;
        var impact = _terms.ImpactOf(costs, _draft.Asset, Math.Abs(change));
        var moved = Math.Abs(impact - _impact) > 1e-12m * Math.Abs(change);
        _impact = impact;
        if (_minimum || costs.Fee * Math.Abs(change) >= costs.Minimum.Value) return moved;
        _minimum = true;
        (BuyRate, SellRate) = (Rate(_draft.BuyCosts, true), Rate(_draft.SellCosts, false));
        return true;
    }

    /// <summary>A fee kept back from what is bought makes a unit of value received dearer: κ/(1 − f).</summary>
    private decimal Rate(Costs.CostRules costs, bool bought)
    {
        var fee = _minimum ? 0 : costs.Fee;
        var rate = fee + costs.Spread / 2 + costs.Slippage;
        var inKind = bought && _draft.Buys.Count > 0 && FeeIn.Kind(_draft.Buys[0], Side.Buy) == FeeKind.Received;
        return inKind && fee < 1 ? rate / (1 - fee) : rate;
    }
}
