namespace Ballast.Numerics.Options;

/// <summary>What one option is worth and how that changes, raw: the derivatives of <see cref="Price"/>, in its own unit.</summary>
/// <param name="Price">V, in the currency of the strike, or in coin for coin-settled options.</param>
/// <param name="Delta">∂V/∂S, S being the spot or the forward that the option was priced on.</param>
/// <param name="Gamma">∂²V/∂S².</param>
/// <param name="Vega">∂V/∂σ, for 1.00 of volatility.</param>
/// <param name="Theta">∂V/∂t = −∂V/∂T, a year.</param>
/// <param name="Rho">∂V/∂r, for 1.00 of the interest rate.</param>
/// <param name="Phi">∂V/∂q, for 1.00 of the yield.</param>
/// <param name="Vanna">∂²V/∂S∂σ.</param>
/// <param name="Volga">∂²V/∂σ².</param>
/// <param name="Charm">∂²V/∂S∂t, a year.</param>
/// <param name="Speed">∂³V/∂S³.</param>
/// <param name="Color">∂³V/∂S²∂t, a year.</param>
/// <param name="Zomma">∂³V/∂S²∂σ.</param>
public readonly record struct OptionValue(
    double Price, double Delta, double Gamma, double Vega, double Theta, double Rho, double Phi,
    double Vanna, double Volga, double Charm, double Speed, double Color, double Zomma)
{
    /// <summary>The same counted in the underlying: c(S) = V(S)/S, so that V = cS, V' = c'S + c, V'' = c''S + 2c' and so on.</summary>
    public OptionValue InCoin(double underlying)
    {
        var (price, vega, theta) = (Price / underlying, Vega / underlying, Theta / underlying);
        var delta = (Delta - price) / underlying;
        var gamma = (Gamma - 2 * delta) / underlying;
        var (vanna, charm) = ((Vanna - vega) / underlying, (Charm - theta) / underlying);
        return new(price, delta, gamma, vega, theta, Rho / underlying, Phi / underlying, vanna, Volga / underlying, charm,
            (Speed - 3 * gamma) / underlying, (Color - 2 * charm) / underlying, (Zomma - 2 * vanna) / underlying);
    }
}
