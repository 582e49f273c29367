using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

/// <summary>Worked examples of Haug, "The Complete Guide to Option Pricing Formulas", second edition, chapters 1 and 2, to the digits that are printed; his cost of carry b is r less the yield.</summary>
public class PublishedOptionTests
{
    [Theory]
    [InlineData("Black-Scholes call", OptionKind.Call, 60, 65, 0.25, 0.08, 0.08, 0.30, 2.1334)]
    [InlineData("Merton put", OptionKind.Put, 100, 95, 0.5, 0.10, 0.05, 0.20, 2.4648)]
    [InlineData("Black 76 call", OptionKind.Call, 19, 19, 0.75, 0.10, 0, 0.28, 1.7011)]
    [InlineData("Garman-Kohlhagen call", OptionKind.Call, 1.56, 1.6, 0.5, 0.06, -0.02, 0.12, 0.0291)]
    public void Prices(string what, OptionKind kind, double spot, double strike, double years, double rate, double carry, double volatility, double published) =>
        Same(what, Value(kind, spot, strike, years, rate, carry, volatility).Price, published);

    [Fact]
    public void Greeks()
    {
        Same("delta of a call", Value(OptionKind.Call, 105, 100, 0.5, 0.10, 0, 0.36).Delta, 0.5946);
        Same("delta of a put", Value(OptionKind.Put, 105, 100, 0.5, 0.10, 0, 0.36).Delta, -0.3566);
        Same("gamma", Value(OptionKind.Call, 55, 60, 0.75, 0.10, 0.10, 0.30).Gamma, 0.0278);
        Same("vega", Value(OptionKind.Call, 55, 60, 0.75, 0.10, 0.10, 0.30).Vega, 18.9358);
        Same("theta of a put", Value(OptionKind.Put, 430, 405, 1.0 / 12, 0.07, 0.02, 0.20).Theta, -31.1924);
        Same("volga", Value(OptionKind.Call, 90, 130, 0.75, 0.05, 0, 0.28).Volga, 92.3444);
        Same("charm of a put", Value(OptionKind.Put, 105, 90, 0.25, 0.14, 0, 0.24).Charm, 0.3700);
        Same("speed", Value(OptionKind.Call, 50, 48, 1.0 / 12, 0.06, 0.01, 0.20).Speed, -0.0291);
    }

    private static OptionValue Value(OptionKind kind, double spot, double strike, double years, double rate, double carry, double volatility) =>
        BlackScholes.OnSpot(kind, spot, strike, years, rate, rate - carry, volatility);

    /// <summary>To half of the last printed digit.</summary>
    private static void Same(string what, double actual, double published) => Assert.True(Math.Abs(actual - published) <= 5e-5, $"{what}: {actual:R}, published {published}");
}
