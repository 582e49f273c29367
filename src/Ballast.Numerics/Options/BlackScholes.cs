using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Options;

/// <summary>Prices European options on a spot with interest and yield, or on a forward, with twelve Greeks.</summary>
/// <remarks>
/// Black and Scholes (1973), Merton (1973), Black (1976). Rates are continuous and a year, volatility is per √year, times are years.
/// An option that expires now is worth its intrinsic value with a delta of 0, ½ or 1; one whose σ√T is below 1e-8 is worth its discounted
/// intrinsic value on the forward, and has no gamma and no vega.
/// </remarks>
public static class BlackScholes
{
    private const double LeastDeviation = 1e-8;

    /// <summary>An option on a spot price; throws for anything that is not a finite number, or not above zero where it has to be.</summary>
    public static OptionValue OnSpot(OptionKind kind, double spot, double strike, double years, double rate, double yield, double volatility)
    {
        Check(spot, strike, years, volatility);
        if (!double.IsFinite(rate)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "a rate is finite");
        if (!double.IsFinite(yield)) throw new ArgumentOutOfRangeException(nameof(yield), yield, "a yield is finite");
        var forward = spot * Math.Exp((rate - yield) * years);
        var at = new Terms(kind == OptionKind.Call ? 1 : -1, spot, strike, years, rate, yield, volatility, forward);
        return volatility * Math.Sqrt(years) < LeastDeviation ? at.Certain() : at.Value();
    }

    /// <summary>An option on a forward or future (Black 1976): delta and the rest are by the forward, rho is of the discount alone, phi is none.</summary>
    public static OptionValue OnForward(OptionKind kind, double forward, double strike, double years, double rate, double volatility)
    {
        var value = OnSpot(kind, forward, strike, years, rate, rate, volatility);
        return value with { Rho = -years * value.Price, Phi = 0 };
    }

    /// <summary>A coin-settled ("inverse") option on a spot: pays max(±(S − K), 0)/S in coin and is paid for in coin.</summary>
    public static OptionValue CoinSettledOnSpot(OptionKind kind, double spot, double strike, double years, double rate, double yield, double volatility) =>
        OnSpot(kind, spot, strike, years, rate, yield, volatility).InCoin(spot);

    /// <summary>A coin-settled ("inverse") option on a forward: c = e^(−qT) B(F)/F, q being what the coin itself yields; it has no rho.</summary>
    public static OptionValue CoinSettledOnForward(OptionKind kind, double forward, double strike, double years, double yield, double volatility)
    {
        var value = OnForward(kind, forward, strike, years, yield, volatility).InCoin(forward);
        return value with { Rho = 0, Phi = value.Rho };
    }

    internal static void Check(double underlying, double strike, double years, double volatility)
    {
        if (!(underlying > 0 && double.IsFinite(underlying))) throw new ArgumentOutOfRangeException(nameof(underlying), underlying, "a price is above zero");
        if (!(strike > 0 && double.IsFinite(strike))) throw new ArgumentOutOfRangeException(nameof(strike), strike, "a strike is above zero");
        if (!(years >= 0 && double.IsFinite(years))) throw new ArgumentOutOfRangeException(nameof(years), years, "the time to expiry is not negative");
        if (!(volatility >= 0 && double.IsFinite(volatility))) throw new ArgumentOutOfRangeException(nameof(volatility), volatility, "a volatility is not negative");
    }

    /// <summary>One option on a spot, checked; w is +1 for a call and −1 for a put.</summary>
    private readonly record struct Terms(double w, double S, double K, double T, double r, double q, double σ, double F)
    {
        public OptionValue Value()
        {
            var (root, x) = (Math.Sqrt(T), NormalisedBlack.LogMoneyness(S, K) + (r - q) * T);
            var v = σ * root;
            var (d1, d2) = (x / v + v / 2, x / v - v / 2);
            var (e, discount, b) = (Math.Exp(-q * T), Math.Exp(-r * T), r - q);
            var (density, ahead, paid) = (e * Normal.Pdf(d1), S * e * Normal.Cdf(w * d1), K * discount * Normal.Cdf(w * d2));
            var (gamma, vega) = (density / (S * v), S * density * root);
            return new(
                Price(discount, x, v), w * ahead / S, gamma, vega,
                -vega * σ / (2 * T) + w * (q * ahead - r * paid), w * T * paid, -w * T * ahead,
                -density * d2 / σ, vega * d1 * d2 / σ, -density * (b / v - d2 / (2 * T)) + w * q * ahead / S,
                -gamma / S * (1 + d1 / v), gamma * (q + b * d1 / v + (1 - d1 * d2) / (2 * T)), gamma * (d1 * d2 - 1) / σ);
        }

        /// <summary>Without chance: the option is exercised, or it is not, or (½) nobody can say.</summary>
        public OptionValue Certain()
        {
            var exercised = 0.5 * (1 + Math.Sign(w * (F - K)));
            var (e, discount) = (Math.Exp(-q * T), Math.Exp(-r * T));
            var (ahead, paid) = (S * e * exercised, K * discount * exercised);
            var price = discount * Math.Max(0, w * (F - K));
            if (T == 0) return new() { Price = price, Delta = w * exercised };
            return new() { Price = price, Delta = w * e * exercised, Theta = w * (q * ahead - r * paid), Rho = w * T * paid, Phi = -w * T * ahead, Charm = w * q * e * exercised };
        }

        /// <summary>The intrinsic value and, of the side that is out of the money, the time value: neither loses digits. What is below 1e-300 is nothing.</summary>
        private double Price(double discount, double x, double v)
        {
            var time = discount * Math.Sqrt(F) * Math.Sqrt(K) * NormalisedBlack.Price(-Math.Abs(x), v);
            return (time < 1e-300 ? 0 : time) + discount * Math.Max(0, w * (F - K));
        }
    }
}
