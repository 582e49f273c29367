using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

public class ImpliedVolatilityTests
{
    /// <summary>The whole plane of strikes and deviations: what comes back gives the price again, within what its last digits say of it.</summary>
    [Fact]
    public void What_is_priced_comes_back()
    {
        var compared = 0;
        for (var x = -6.0; x <= 6; x += 0.125)
            for (var s = 0.005; s < 12; s *= 1.09)
                foreach (var kind in new[] { OptionKind.Call, OptionKind.Put })
                {
                    var (forward, strike, years) = (100.0, 100 * Math.Exp(-x), 0.25);
                    var value = BlackScholes.OnForward(kind, forward, strike, years, 0, 2 * s);
                    if (value.Price < 1e-290 || value.Price >= (kind == OptionKind.Call ? forward : strike)) continue;
                    var condition = value.Price / (2 * s * value.Vega);
                    var found = ImpliedVolatility.Of(kind, forward, strike, years, value.Price);
                    if (!(condition < 1e10)) continue;
                    compared++;
                    var error = Math.Abs(found.Volatility!.Value / (2 * s) - 1) * Math.Pow(2, 53) / Math.Max(1, condition);
                    Assert.True(error <= 64, $"{kind} x = {x}, s = {s}: {found}, off by {error:F1} units at condition {condition:E1}");
                }
        Assert.True(compared > 9_000, $"{compared}");
    }

    [Theory]
    [InlineData(OptionKind.Call, 110, 100, 9.99, VolatilityVerdict.BelowIntrinsic)]
    [InlineData(OptionKind.Call, 90, 100, -0.01, VolatilityVerdict.BelowIntrinsic)]
    [InlineData(OptionKind.Put, 90, 100, 9, VolatilityVerdict.BelowIntrinsic)]
    [InlineData(OptionKind.Call, 90, 100, 90, VolatilityVerdict.AboveMaximum)]
    [InlineData(OptionKind.Put, 90, 100, 101, VolatilityVerdict.AboveMaximum)]
    public void No_volatility_gives_a_price_out_of_bounds(OptionKind kind, double forward, double strike, double price, VolatilityVerdict verdict) =>
        Assert.Equal(new(null, verdict), ImpliedVolatility.Of(kind, forward, strike, 1, price));

    [Theory]
    [InlineData(OptionKind.Call, 110, 10)]
    [InlineData(OptionKind.Put, 90, 10)]
    [InlineData(OptionKind.Put, 110, 0)]
    public void The_intrinsic_value_says_zero(OptionKind kind, double forward, double price) =>
        Assert.Equal(new(0, VolatilityVerdict.NoTimeValue), ImpliedVolatility.Of(kind, forward, 100, 1, price));

    [Fact]
    public void A_price_whose_last_digit_is_all_it_has_says_nothing()
    {
        var found = ImpliedVolatility.Of(OptionKind.Call, 1000, 1, 1, Math.BitIncrement(999.0));

        Assert.Equal(VolatilityVerdict.NoInformation, found.Verdict);
        Assert.True(found.Volatility > 0);
    }

    /// <summary>Steps that come from one side only once ended in doubling what was already found.</summary>
    [Fact]
    public void Next_to_the_money_no_digit_is_lost()
    {
        for (var strike = 99.0; strike < 101; strike += 0.0137)
            for (var vol = 0.02; vol < 1.2; vol *= 1.07)
                Assert.Equal(vol, ImpliedVolatility.Of(OptionKind.Call, 100, strike, 1, BlackScholes.OnForward(OptionKind.Call, 100, strike, 1, 0, vol).Price).Volatility!.Value, 4e-15 * Math.Max(1, 1 / vol));
    }

    /// <summary>By the tail: −2 ln b ≈ (x/s)² for prices next to nothing, near the money and far from it; what is below them is no time value.</summary>
    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-6)]
    [InlineData(0.01)]
    [InlineData(3)]
    [InlineData(10)]
    public void The_smallest_prices_have_one(double x)
    {
        var strike = Math.Exp(x);
        var found = ImpliedVolatility.Of(OptionKind.Call, 1, strike, 1, 1e-295);
        Assert.Equal(VolatilityVerdict.Good, found.Verdict);
        Assert.Equal(x / Math.Sqrt(-2 * Math.Log(1e-295)), found.Volatility!.Value, 0.05 * x);
        Assert.Equal(new(0, VolatilityVerdict.NoTimeValue), ImpliedVolatility.Of(OptionKind.Call, 1, strike, 1, 1e-305));
    }

    [Fact]
    public void At_the_money_the_price_is_nearly_proportional()
    {
        // V = F (2 N(s/2) − 1) = F s φ(0) (1 − s²/24 ...).
        var found = ImpliedVolatility.Of(OptionKind.Call, 100, 100, 1, 100 * 0.01 / Math.Sqrt(2 * Math.PI) * (1 - 1e-4 / 24));
        Assert.Equal(0.01, found.Volatility!.Value, 1e-11);
    }
}
