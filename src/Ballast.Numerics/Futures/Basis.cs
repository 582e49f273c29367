namespace Ballast.Numerics.Futures;

/// <summary>How far a future is from its index.</summary>
/// <param name="Simple">X/I − 1.</param>
/// <param name="SimpleAYear">The same a year, without compounding; null for what does not expire.</param>
/// <param name="LogAYear">ln(X/I)/T; null for what does not expire.</param>
public readonly record struct Basis(double Simple, double? SimpleAYear, double? LogAYear)
{
    /// <param name="years">To expiry; 0 for a perpetual.</param>
    public static Basis Of(double mark, double index, double years)
    {
        if (!(years >= 0 && double.IsFinite(years))) throw new ArgumentOutOfRangeException(nameof(years), years, "the time to expiry is not negative");
        var simple = (Price.Checked(mark) - Price.Checked(index)) / index;
        return years == 0 ? new(simple, null, null) : new(simple, simple / years, Math.Log(mark / index) / years);
    }
}

/// <summary>What holding the coin and selling the future brings a year, as a fraction.</summary>
/// <param name="Basis">Logarithm of future over index, a year.</param>
/// <param name="Funding">What the hedging leg pays in funding, a year.</param>
/// <param name="Fees">All fees of both legs, in and out, as a fraction, once.</param>
/// <param name="Borrow">Interest on what is borrowed, a year.</param>
/// <param name="Years">To expiry, above zero.</param>
public readonly record struct CashAndCarry(double Basis, double Funding, double Fees, double Borrow, double Years)
{
    /// <summary>Basis less funding, fees over the time left, and interest.</summary>
    public double NetAYear => Basis - Funding - Fees / Years - Borrow;

    /// <summary>The same for a day: what a roll compares.</summary>
    public double NetADay => NetAYear / 365;

    /// <summary>Whether the next expiry brings more a day than this one, by at least so much.</summary>
    public bool IsWorthRolling(CashAndCarry next, double leastGainADay = 0) => next.NetADay - NetADay > leastGainADay;
}
