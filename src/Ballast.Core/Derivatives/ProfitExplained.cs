using Ballast.Numerics.Derivatives;

namespace Ballast.Derivatives;

/// <summary>What positions gained between two chains, split by what moved; in money, each position's price by its own forward and volatility.</summary>
/// <param name="Actual">The change of value, both ends counted in money at their own index.</param>
/// <param name="Delta">By the move of the underlying, to first order: of coin-settled positions, with the coin they hold.</param>
/// <param name="Gamma">By the square of the move.</param>
/// <param name="Vega">By the change of volatility.</param>
/// <param name="Theta">By the time that passed.</param>
/// <param name="Vanna">By move and volatility together.</param>
/// <param name="Volga">By the square of the change of volatility.</param>
public sealed record ProfitExplained(double Actual, double Delta, double Gamma, double Vega, double Theta, double Vanna, double Volga)
{
    /// <summary>What the six leave over.</summary>
    public double Unexplained => Actual - Delta - Gamma - Vega - Theta - Vanna - Volga;

    /// <summary>Whether what is left over is more than a fifth of the whole: then only a full revaluation may be relied on.</summary>
    public bool Unreliable => Math.Abs(Unexplained) > 0.2 * Math.Abs(Actual);

    /// <summary>Explains one position that was priced at both ends; quantities and entries are those of the first.</summary>
    /// <remarks>A second-order Taylor series of the value in money, V(F, σ, t), with the Greeks of the first end; a coin-settled option is worth c·F at its forward.</remarks>
    public static ProfitExplained Of(PricedPosition.Known from, PricedPosition.Known to)
    {
        var (leg, after, greeks, q) = (from.Leg, to.Leg, from.Greeks, from.Coins);
        var (dF, dσ, dt) = (after.Price - leg.Price, after.Volatility - leg.Volatility, leg.Years - after.Years);
        if (!leg.IsOption) return new(FutureGain(leg, after.Price), q * dF, 0, 0, 0, 0, 0);
        var actual = q * (to.Greeks.Price - greeks.Price);
        return new(actual, q * greeks.Delta * dF, q * greeks.Gamma * dF * dF / 2, q * greeks.Vega * dσ, q * greeks.Theta * dt, q * greeks.Vanna * dF * dσ, q * greeks.Volga * dσ * dσ / 2);
    }

    /// <summary>A future's gain in money of the later price: an inverse one's coins are worth that.</summary>
    private static double FutureGain(Leg leg, double price) =>
        leg.Kind == LegKind.InverseFuture ? leg.Gain(price / leg.Price - 1) * price : leg.Gain(price / leg.Price - 1);

    public static ProfitExplained operator +(ProfitExplained a, ProfitExplained b) =>
        new(a.Actual + b.Actual, a.Delta + b.Delta, a.Gamma + b.Gamma, a.Vega + b.Vega, a.Theta + b.Theta, a.Vanna + b.Vanna, a.Volga + b.Volga);

    public static ProfitExplained None { get; } = new(0, 0, 0, 0, 0, 0, 0);
}
