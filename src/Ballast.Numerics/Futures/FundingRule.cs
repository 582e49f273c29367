namespace Ballast.Numerics.Futures;

/// <summary>How a venue makes a funding rate of the perpetual's premium over its index. The numbers are the venue's, and change.</summary>
/// <param name="Lowest">The cap below, a fraction an interval.</param>
/// <param name="Highest">The cap above.</param>
public abstract record FundingRule(double Lowest, double Highest)
{
    /// <summary>(mark − index)/index.</summary>
    public static double Premium(double mark, double index) => (Price.Checked(mark) - Price.Checked(index)) / index;

    /// <summary>The rate of a premium before the caps.</summary>
    public abstract double Uncapped(double premium);

    /// <summary>The rate of a premium, a fraction an interval.</summary>
    public double Rate(double premium) => Math.Min(Highest, Math.Max(Lowest, Uncapped(premium)));

    /// <summary>Nothing within the damper, beyond it the rest: max(d, P) + min(−d, P), as Deribit says.</summary>
    public sealed record Damped(double Damper, double Lowest, double Highest) : FundingRule(Lowest, Highest)
    {
        public override double Uncapped(double premium) => Math.Max(Damper, premium) + Math.Min(-Damper, premium);
    }

    /// <summary>The average premium, drawn towards an interest rate by at most a clamp: P + clamp(I − P, −c, c), as Binance says.</summary>
    /// <param name="Interest">I, a fraction an interval.</param>
    public sealed record WithInterest(double Interest, double Clamp, double Lowest, double Highest) : FundingRule(Lowest, Highest)
    {
        public override double Uncapped(double premium) => premium + Math.Clamp(Interest - premium, -Clamp, Clamp);
    }
}
