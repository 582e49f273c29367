using Ballast.Money;

namespace Ballast.Triggers;

/// <summary>Fires when money has come in or gone out since the last rebalance, of at least this amount.</summary>
public sealed record Flow(Amount AtLeast) : ITrigger
{
    public string Words => $"{AtLeast} or more arrives or leaves";

    public TriggerResult Check(Look look)
    {
        var unit = look.Portfolio.Base;
        if (look.Portfolio.Market.TryConvert(AtLeast, unit) is not { Value: var least }) return TriggerResult.Unknown($"whether {Words} is not known: there is no price of {AtLeast.Asset} in {unit}");
        var come = look.Memory.Uninvested + look.Flow;
        var size = Math.Abs(come);
        Sentence said = new(() => come == 0 ? "no money has come or gone" : $"{Figures.Money(size, unit)} {unit} {(come < 0 ? "has left" : "has arrived")}");
        var way = least > 0 ? (double)(size / least) : come == 0 ? 0 : 1;
        return size >= least && come != 0
            ? TriggerResult.Yes(said, way)
            : TriggerResult.No(said, new(() => $"{Figures.Money(least - size, unit)} {unit} to go"), way);
    }
}

/// <summary>Fires when more cash than the buffer and the target lies idle.</summary>
public sealed record IdleCash(Amount? AtLeast, decimal? Share) : ITrigger
{
    public string Words => $"{(AtLeast is { } a ? a.ToString() : Figures.Percent(Share!.Value) + " of value")} or more lies idle in cash";

    public TriggerResult Check(Look look)
    {
        var (portfolio, unit) = (look.Portfolio, look.Portfolio.Base);
        var threshold = AtLeast is { } amount ? portfolio.Market.TryConvert(amount, unit)?.Value : Share!.Value * portfolio.Value;
        if (threshold is not { } least) return TriggerResult.Unknown($"whether {Words} is not known: there is no price of {AtLeast!.Value.Asset} in {unit}");
        var kept = Math.Max(look.CashBuffer, (look.Targets.CashRest + look.Targets.Of(unit)) * portfolio.Value);
        var idle = Math.Max(0, portfolio[unit].Sellable - kept);
        Sentence said = new(() => $"{Figures.Money(idle, unit)} {unit} lies idle");
        var way = least > 0 ? (double)(idle / least) : idle > 0 ? 1 : 0;
        return idle >= least && idle > 0
            ? TriggerResult.Yes(said, way)
            : TriggerResult.No(said, new(() => $"{Figures.Money(least - idle, unit)} {unit} to go"), way);
    }
}
