using Ballast.Money;

namespace Ballast.Derivatives;

/// <summary>What a book may be exposed to: the trader's view, as ranges that no hedge is needed within.</summary>
public sealed record Outlook(Aim Delta, Aim Gamma, Aim Vega)
{
    public Aim Of(Greek greek) => greek switch { Greek.Delta => Delta, Greek.Gamma => Gamma, _ => Vega };
}

/// <summary>A sensitivity that a book can be held to.</summary>
public enum Greek { Delta, Gamma, Vega }

/// <summary>Where one sensitivity should be. Closed.</summary>
public abstract record Aim
{
    private Aim() { }

    /// <summary>Anything will do.</summary>
    public sealed record Free : Aim;

    /// <summary>Between two amounts of one unit, both included: delta in coins or money, gamma the same per 1 % of price, vega per point of volatility.</summary>
    public sealed record Between(Amount Low, Amount High) : Aim;

    /// <summary>A delta of so much of the book's equity: 0 is hedged, 1 holds as much as the book is worth.</summary>
    public sealed record OfEquity(double Share) : Aim;
}

/// <summary>A sensitivity beside the range it should be in; all in one unit.</summary>
/// <param name="Unit">Coins of the underlying, or money.</param>
public sealed record Level(Greek Greek, double Value, double Low, double High, Asset Unit)
{
    /// <summary>How far outside: above zero over the range, below zero under it, zero inside.</summary>
    public double Distance => Value > High ? Value - High : Value < Low ? Value - Low : 0;

    /// <summary>The nearest point of the range.</summary>
    public double Target => Math.Clamp(Value, Low, High);
}

/// <summary>What rules may see of a derivatives account.</summary>
/// <param name="MarginUse">Initial margin over equity; null with the reason in <paramref name="MarginMissing"/> where that is not known.</param>
public sealed record AccountLook(Exposure Exposure, Numeraire Numeraire, Outlook Outlook, double? MarginUse, string MarginMissing = "")
{
    /// <summary>A sensitivity in the unit of its aim; null where the aim is free.</summary>
    public Level? LevelOf(Greek greek) => Outlook.Of(greek) switch
    {
        Aim.Between(var low, var high) => new(greek, In(greek, low.Asset), (double)low.Value, (double)high.Value, low.Asset),
        Aim.OfEquity(var share) => new(greek, In(greek, Exposure.Underlying), share * Exposure.Equity, share * Exposure.Equity, Exposure.Underlying),
        _ => null,
    };

    /// <summary>The share of the options' and balances' delta that futures take away: 1 is hedged, 0 is not; null where there is none.</summary>
    public double? HedgeRatio => Exposure.Delta(Numeraire) - Exposure.Futures is var bare && bare == 0 ? null : -Exposure.Futures / bare;

    /// <summary>An amount in another unit: coins are money over the index; all money is alike.</summary>
    public double Convert(Amount amount, Asset unit) => (amount.Asset == Exposure.Underlying, unit == Exposure.Underlying) switch
    {
        (false, true) => (double)(amount.Value / Exposure.Index),
        (true, false) => (double)(amount.Value * Exposure.Index),
        _ => (double)amount.Value,
    };

    /// <summary>An amount in money.</summary>
    public double InMoney(Amount amount) => (double)(amount.Asset == Exposure.Underlying ? amount.Value * Exposure.Index : amount.Value);

    private double In(Greek greek, Asset unit)
    {
        var coins = unit == Exposure.Underlying;
        var index = (double)Exposure.Index;
        return greek switch
        {
            Greek.Delta => coins ? Exposure.Delta(Numeraire) : Exposure.Delta(Numeraire) * index,
            Greek.Gamma => coins ? Exposure.Greeks.GammaCoins : Exposure.Greeks.GammaMoney,
            _ => coins ? Exposure.Greeks.VegaPoint / index : Exposure.Greeks.VegaPoint,
        };
    }
}
