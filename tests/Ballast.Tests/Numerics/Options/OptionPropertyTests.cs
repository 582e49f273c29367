using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

public class OptionPropertyTests
{
    private static readonly OptionKind[] Kinds = [OptionKind.Call, OptionKind.Put];

    private static IEnumerable<(OptionKind Kind, double S, double K, double T, double R, double Q, double Vol)> Drawn(int count)
    {
        var random = new System.Random(20261123);
        double Between(double a, double b) => a + (b - a) * random.NextDouble();
        for (var i = 0; i < count; i++)
            yield return (Kinds[i % 2], Between(50, 150), Between(50, 150), Between(0.05, 2), Between(-0.05, 0.15), Between(-0.05, 0.15), Between(0.1, 1.5));
    }

    [Fact]
    public void A_call_less_a_put_is_the_forward()
    {
        foreach (var (_, s, k, t, r, q, vol) in Drawn(500))
        {
            var (call, put) = (BlackScholes.OnSpot(OptionKind.Call, s, k, t, r, q, vol), BlackScholes.OnSpot(OptionKind.Put, s, k, t, r, q, vol));
            Assert.Equal(s * Math.Exp(-q * t) - k * Math.Exp(-r * t), call.Price - put.Price, 1e-12 * s);
            Assert.Equal(Math.Exp(-q * t), call.Delta - put.Delta, 1e-14);
            Assert.Equal((call.Gamma, call.Vega, call.Vanna, call.Volga, call.Speed), (put.Gamma, put.Vega, put.Vanna, put.Volga, put.Speed));
        }
    }

    [Fact]
    public void Prices_obey_the_differential_equation()
    {
        foreach (var (kind, s, k, t, r, q, vol) in Drawn(500))
        {
            var v = BlackScholes.OnSpot(kind, s, k, t, r, q, vol);
            Assert.Equal(0, 0.5 * vol * vol * s * s * v.Gamma + (r - q) * s * v.Delta + v.Theta - r * v.Price, 1e-12 * s);
        }
    }

    [Fact]
    public void Twice_the_spot_and_the_strike_is_twice_the_price()
    {
        foreach (var (kind, s, k, t, r, q, vol) in Drawn(200))
        {
            var (one, two) = (BlackScholes.OnSpot(kind, s, k, t, r, q, vol), BlackScholes.OnSpot(kind, 2 * s, 2 * k, t, r, q, vol));
            Assert.Equal(2 * one.Price, two.Price, 1e-14 * s);
            Assert.Equal((one.Delta, one.Gamma / 2, one.Speed / 4), (two.Delta, two.Gamma, two.Speed));
        }
    }

    /// <summary>Every Greek against sixth-order differences of the one before it, settled in money and in coin, on a spot and on a forward.</summary>
    [Fact]
    public void Greeks_are_derivatives()
    {
        // Further out, a thousandth of the time left moves a price by more than six terms can follow.
        foreach (var (kind, s, k, t, r, q, vol) in Drawn(100).Where(d => Math.Abs(Math.Log(d.S / d.K)) < 4 * d.Vol * Math.Sqrt(d.T)))
        {
            Derivatives((s, t, r, q, vol) => BlackScholes.OnSpot(kind, s, k, t, r, q, vol), s, t, r, q, vol);
            Derivatives((s, t, r, q, vol) => BlackScholes.CoinSettledOnSpot(kind, s, k, t, r, q, vol), s, t, r, q, vol);
            Derivatives((s, t, r, _, vol) => BlackScholes.OnForward(kind, s, k, t, r, vol), s, t, r, q, vol);
            Derivatives((s, t, _, q, vol) => BlackScholes.CoinSettledOnForward(kind, s, k, t, q, vol), s, t, r, q, vol);
        }
    }

    [Fact]
    public void Coin_settled_options_on_the_spot_and_on_its_forward_cost_the_same()
    {
        foreach (var (kind, s, k, t, r, q, vol) in Drawn(200))
            Assert.Equal(BlackScholes.CoinSettledOnSpot(kind, s, k, t, r, q, vol).Price, BlackScholes.CoinSettledOnForward(kind, s * Math.Exp((r - q) * t), k, t, q, vol).Price, 1e-13);
    }

    [Theory]
    [InlineData(OptionKind.Call, 110, 10, 1)]
    [InlineData(OptionKind.Call, 90, 0, 0)]
    [InlineData(OptionKind.Put, 90, 10, -1)]
    [InlineData(OptionKind.Put, 110, 0, 0)]
    [InlineData(OptionKind.Call, 100, 0, 0.5)]
    [InlineData(OptionKind.Put, 100, 0, -0.5)]
    public void At_expiry_only_the_intrinsic_value_is_left(OptionKind kind, double spot, double price, double delta) =>
        Assert.Equal(new OptionValue { Price = price, Delta = delta }, BlackScholes.OnSpot(kind, spot, 100, 0, 0.05, 0.02, 0.8));

    [Fact]
    public void Without_volatility_the_discounted_intrinsic_value_on_the_forward_is_left()
    {
        var still = BlackScholes.OnSpot(OptionKind.Call, 100, 90, 2, 0.05, 0.02, 0);
        var almost = BlackScholes.OnSpot(OptionKind.Call, 100, 90, 2, 0.05, 0.02, 1e-3);

        Assert.Equal(100 * Math.Exp(-0.04) - 90 * Math.Exp(-0.1), still.Price, 1e-12);
        Assert.Equal((0, 0, 0), (still.Gamma, still.Vega, still.Volga));
        foreach (var (a, b) in new[] { (still.Delta, almost.Delta), (still.Theta, almost.Theta), (still.Rho, almost.Rho), (still.Phi, almost.Phi), (still.Charm, almost.Charm) }) Assert.Equal(b, a, 1e-10);
    }

    [Theory]
    [InlineData(0, 100, 1, 0.5)]
    [InlineData(100, double.NaN, 1, 0.5)]
    [InlineData(100, 100, -1, 0.5)]
    [InlineData(100, 100, 1, double.PositiveInfinity)]
    public void What_is_no_option_is_refused(double spot, double strike, double years, double volatility) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BlackScholes.OnSpot(OptionKind.Call, spot, strike, years, 0, 0, volatility));

    private static void Derivatives(Func<double, double, double, double, double, OptionValue> of, double s, double t, double r, double q, double vol)
    {
        var v = of(s, t, r, q, vol);
        void BySpot(double greek, Func<OptionValue, double> what) => Near(greek, h => what(of(s + h, t, r, q, vol)), 1e-3 * s);
        void ByVol(double greek, Func<OptionValue, double> what) => Near(greek, h => what(of(s, t, r, q, vol + h)), 1e-3 * vol);
        void ByTime(double greek, Func<OptionValue, double> what) => Near(greek, h => what(of(s, t - h, r, q, vol)), 1e-3 * t);
        BySpot(v.Delta, x => x.Price);
        BySpot(v.Gamma, x => x.Delta);
        BySpot(v.Speed, x => x.Gamma);
        ByVol(v.Vega, x => x.Price);
        ByVol(v.Vanna, x => x.Delta);
        ByVol(v.Volga, x => x.Vega);
        ByVol(v.Zomma, x => x.Gamma);
        ByTime(v.Theta, x => x.Price);
        ByTime(v.Charm, x => x.Delta);
        ByTime(v.Color, x => x.Gamma);
        Near(v.Rho, h => of(s, t, r + h, q, vol).Price, 1e-3);
        Near(v.Phi, h => of(s, t, r, q + h, vol).Price, 1e-3);
    }

    /// <summary>(45 (f₁ − f₋₁) − 9 (f₂ − f₋₂) + (f₃ − f₋₃)) / 60h, within what its rounding and h⁶ leave.</summary>
    private static void Near(double greek, Func<double, double> f, double h)
    {
        var difference = (45 * (f(h) - f(-h)) - 9 * (f(2 * h) - f(-2 * h)) + f(3 * h) - f(-3 * h)) / (60 * h);
        var scale = Math.Max(Math.Abs(f(h)), Math.Abs(f(-h))) / h;
        Assert.True(Math.Abs(difference - greek) <= 1e-7 * Math.Abs(greek) + 1e-9 * scale, $"{greek:R} against {difference:R}");
    }
}
