using Ballast.Money;

namespace Ballast.Triggers;

/// <summary>Fires when money has come in or gone out since the last rebalance, of at least this amount.</summary>
public sealed record Flow(Amount AtLeast) : ITrigger
{
    public string Words => $"{AtLeast} or more arrives or leaves";

    public TriggerResult Check(Look look)
    {
        var least = look.Portfolio.Market.Convert(AtLeast, look.Portfolio.Base).Value;
        var come = look.Memory.Uninvested + look.Flow;
        var said = $"{Figures.Money(Math.Abs(come))} {look.Portfolio.Base} {(come < 0 ? "has left" : "has arrived")}";
        var way = least > 0 ? (double)(Math.Abs(come) / least) : 1;
        return Math.Abs(come) >= least && come != 0
            ? TriggerResult.Yes(said, way)
            : TriggerResult.No(come == 0 ? "no money has come or gone" : said, $"{Figures.Money(least - Math.Abs(come))} {look.Portfolio.Base} to go", way);
    }
}

/// <summary>Fires when more cash than the buffer and the target lies idle.</summary>
public sealed record IdleCash(Amount? AtLeast, decimal? Share) : ITrigger
{
    public string Words => $"{(AtLeast is { } a ? a.ToString() : Figures.Percent(Share!.Value) + " of value")} or more lies idle in cash";

    public TriggerResult Check(Look look)
    {
        var portfolio = look.Portfolio;
        var kept = Math.Max(look.CashBuffer, (look.Targets.CashRest + look.Targets.Of(portfolio.Base)) * portfolio.Value);
        var idle = portfolio[portfolio.Base].Sellable - kept;
        var least = AtLeast is { } amount ? portfolio.Market.Convert(amount, portfolio.Base).Value : Share!.Value * portfolio.Value;
        var way = least > 0 ? Math.Max(0, (double)(idle / least)) : 1;
        return idle >= least && idle > 0
            ? TriggerResult.Yes($"{Figures.Money(idle)} {portfolio.Base} lies idle", way)
            : TriggerResult.No($"{Figures.Money(Math.Max(0, idle))} {portfolio.Base} lies idle", $"{Figures.Money(least - Math.Max(0, idle))} {portfolio.Base} to go", way);
    }
}
