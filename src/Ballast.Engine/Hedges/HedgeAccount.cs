namespace Ballast.Engine.Hedges;

/// <summary>Coins, money and the perpetual of one back-test, marked to market at every point.</summary>
internal sealed class HedgeAccount(HedgeSettings settings, HedgePoint first)
{
    // The options are paid for, or were sold, at their value.
    private double coins = -first.Options.Coins, money = -first.Options.Money;

    /// <summary>The perpetual, in coins at the point's price.</summary>
    public double Hedge { get; private set; }

    public double Mismatch { get; private set; }
    public double Squares { get; private set; }
    public double Funding { get; private set; }

    /// <summary>Of the whole account, in the sense of the numeraire, in coins.</summary>
    public double Delta(HedgePoint at)
    {
        var (total, options) = (Hedge + at.Options.Delta, at.Options);
        return settings.InCoin ? total - (money + options.Money) / at.Price : total + coins + options.Coins;
    }

    public double WealthMoney(HedgePoint at) => (coins + at.Options.Coins) * at.Price + money + at.Options.Money;

    /// <summary>Buys coins' worth of the perpetual and pays for it; what was paid, in the numeraire.</summary>
    public double Trade(double trade, double price)
    {
        Hedge += trade;
        var cost = settings.Cost * Math.Abs(trade);
        if (settings.Inverse) coins -= cost;
        else money -= cost * price;
        return settings.InCoin ? cost : cost * price;
    }

    /// <summary>From one point to the next: the perpetual gains and pays funding, and what delta was off its target is counted.</summary>
    public void Move(HedgePoint from, HedgePoint to)
    {
        var off = (Delta(from) - settings.Target) * (to.Price - from.Price) / (settings.InCoin ? to.Price : 1);
        Mismatch += off;
        Squares += off * off;
        var paid = settings.Funding * (to.Time - from.Time) * Hedge;
        Funding += settings.InCoin ? paid : paid * from.Price;
        if (settings.Inverse)
        {
            var notional = Hedge * from.Price;
            coins += notional * (1 / from.Price - 1 / to.Price) - paid;
            Hedge = notional / to.Price;
        }
        else
        {
            money += Hedge * (to.Price - from.Price) - paid * from.Price;
        }
    }
}
