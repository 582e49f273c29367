using Ballast.Numerics.Derivatives;

namespace Ballast.Numerics.Margin;

/// <summary>A leg of an account with what it has gained so far.</summary>
/// <param name="Accrued">In its settlement unit: an option's value, a future's gain since its entry.</param>
public readonly record struct AccountLeg(Leg Leg, double Accrued)
{
    /// <summary>An option by its model value, a future by its entry.</summary>
    public static AccountLeg Entered(Leg leg, double entry) => new(leg, leg.Kind switch
    {
        LegKind.LinearFuture => leg.Quantity * (leg.Price - entry),
        LegKind.InverseFuture => leg.Quantity * leg.Price * (1 / entry - 1 / leg.Price),
        LegKind.Coin => 0,
        _ => leg.Quantity * leg.UnitValue,
    });
}

/// <summary>What secures an account.</summary>
/// <param name="Amount">Coins of the underlying, or money; below zero is a debt.</param>
/// <param name="IsCoin">Whether its value moves with the underlying: then the loss and the collateral come together.</param>
/// <param name="Ratio">How much of its value counts; null counts all of it.</param>
public sealed record Collateral(double Amount, bool IsCoin, Slices? Ratio = null);

/// <summary>An account on one underlying whose legs secure each other: what it is worth, and what it must keep, after any move.</summary>
/// <param name="Unit">What it is counted in; in coin it holds nothing else.</param>
/// <param name="Index">The underlying's price in money.</param>
public sealed record CrossAccount(CountedIn Unit, double Index, IReadOnlyList<AccountLeg> Legs, IReadOnlyList<Collateral> Collateral)
{
    private const int Together = 512;

    /// <summary>Equity as it stands.</summary>
    public double Equity => Worth(0) + Legs.Sum(l => l.Accrued * (Unit == CountedIn.Money && l.Leg.InCoin ? Index : 1));

    /// <summary>Maintenance margin as it stands, position by position.</summary>
    public double Maintenance(StandardMargin rules) => Legs.Sum(l => rules.Of(l.Leg, Index).Maintenance * (Unit == CountedIn.Money && l.Leg.InCoin ? Index : 1));

    /// <summary>Equity less maintenance margin where each position is margined by itself.</summary>
    /// <param name="volatility">By what implied volatilities are multiplied.</param>
    public Headroom Headroom(StandardMargin rules, double volatility = 1) => (moves, headroom) => Walk(moves, headroom, volatility, rules);

    /// <summary>Equity after each of some moves.</summary>
    /// <param name="volatility">By what implied volatilities are multiplied.</param>
    public void Equities(ReadOnlySpan<double> moves, Span<double> equity, double volatility = 1) => Walk(moves, equity, volatility, null);

    /// <summary>A leg after a move: an inverse future keeps its money, and so has other coins.</summary>
    public static Leg After(Leg leg, double move, double volatility = 1) => leg with
    {
        Price = leg.Price * (1 + move), Volatility = leg.Volatility * volatility,
        Quantity = leg.Kind == LegKind.InverseFuture ? leg.Quantity / (1 + move) : leg.Quantity,
    };

    private void Walk(ReadOnlySpan<double> moves, Span<double> headroom, double volatility, StandardMargin? rules)
    {
        for (var i = 0; i < moves.Length; i++) headroom[i] = Worth(moves[i]);
        var sheet = new OptionSheet(Math.Min(moves.Length, Together));
        foreach (var leg in Legs)
        {
            if (!leg.Leg.IsOption) Future(leg, moves, headroom, rules);
            else
                for (var from = 0; from < moves.Length; from += Together)
                    Option(leg, moves.Slice(from, Math.Min(Together, moves.Length - from)), headroom[from..], volatility, rules, sheet);
        }
    }

    private double Worth(double move)
    {
        var sum = 0.0;
        foreach (var item in Collateral)
        {
            var value = item.IsCoin && Unit == CountedIn.Money ? item.Amount * Index * (1 + move) : item.Amount;
            sum += item.Ratio?.Collateral(value) ?? value;
        }
        return sum;
    }

    private void Future(AccountLeg leg, ReadOnlySpan<double> moves, Span<double> headroom, StandardMargin? rules)
    {
        for (var i = 0; i < moves.Length; i++)
        {
            var after = After(leg.Leg, moves[i]);
            headroom[i] += ((leg.Accrued + leg.Leg.Gain(moves[i])) - (rules?.Of(leg.Leg, after.Price, after.Quantity, Index * (1 + moves[i]), 0).Maintenance ?? 0)) * Value(leg.Leg, moves[i]);
        }
    }

    private void Option(AccountLeg leg, ReadOnlySpan<double> moves, Span<double> headroom, double volatility, StandardMargin? rules, OptionSheet sheet)
    {
        var (option, now) = (leg.Leg, leg.Leg.UnitValue);
        sheet.Terms(option, 0, moves.Length, option.Years);
        sheet.Volatilities.AsSpan(0, moves.Length).Fill(option.Volatility * volatility);
        for (var i = 0; i < moves.Length; i++) sheet.Prices[i] = option.Price * (1 + moves[i]);
        var prices = sheet.Price(moves.Length, 0);
        var (kept, constant) = (option.Quantity < 0 ? rules : null, leg.Accrued - option.Quantity * now);
        for (var i = 0; i < moves.Length; i++)
        {
            var unit = option.InCoin ? prices[i] / sheet.Prices[i] : prices[i];
            var size = option.InCoin ? 1 : Index * (1 + moves[i]);
            var maintenance = kept is null ? 0 : -option.Quantity * kept.MaintenanceOfShort(option.Right, size, unit);
            headroom[i] += (constant + option.Quantity * unit - maintenance) * Value(option, moves[i]);
        }
    }

    /// <summary>One of a leg's settlement unit in the account's, after a move.</summary>
    private double Value(Leg leg, double move) => Unit == CountedIn.Money && leg.InCoin ? Index * (1 + move) : 1;
}
