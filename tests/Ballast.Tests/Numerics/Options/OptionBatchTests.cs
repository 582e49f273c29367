using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

public class OptionBatchTests
{
    private const double Rate = 0.03, Yield = 0.01;

    /// <summary>All lengths around the eight of a step; expired options, some without volatility, and some out of all proportion among the others.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(19)]
    [InlineData(20_000)]
    public void Many_at_once_are_priced_as_one_by_one(int count)
    {
        var x = Drawn.Of(count, 20261123);
        for (var i = 3; i < count; i += 17) (x.Years[i], x.Volatility[(i + 5) % count], x.Spot[(i + 9) % count]) = (0, 0, 1e-80);
        foreach (var (rate, yield) in new[] { (Rate, Yield), (-0.2, 0.15), (0.0, 0.0) }) Agree(x, rate, yield);
    }

    /// <summary>From an hour to thirty years, from next to no volatility to 1,000 %, prices over forty orders of magnitude.</summary>
    [Fact]
    public void However_wide_the_inputs_are()
    {
        var x = Drawn.Of(20_000, 7);
        var random = new System.Random(8);
        for (var i = 0; i < x.Count; i++)
        {
            x.Spot[i] = Math.Pow(10, 40 * random.NextDouble() - 20);
            x.Years[i] = Math.Pow(10, 5.4 * random.NextDouble() - 3.95);
            x.Volatility[i] = Math.Pow(10, 4 * random.NextDouble() - 3);
            x.Strike[i] = x.Spot[i] * Math.Exp((Rate - Yield) * x.Years[i] + 6 * (2 * random.NextDouble() - 1) * x.Volatility[i] * Math.Sqrt(x.Years[i]));
        }
        Agree(x, Rate, Yield);
    }

    [Trait("Category", "Vectors")]
    [Fact]
    public void All_Greeks_agree_with_the_reference()
    {
        string[] columns = ["price", "delta", "gamma", "vega", "theta", "rho", "phi", "vanna", "volga", "charm", "speed", "color", "zomma"];
        foreach (var x in OptionRow.Read("bsm.csv"))
        {
            var values = new double[13];
            OptionBatch.AllGreeksOnSpot(new([x.Kind == OptionKind.Call ? 1 : -1], [x["S"]], [x["K"]], [x["T_years"]], [x["sigma"]]), x["r"], x["q"], values);
            for (var i = 0; i < 13; i++) x.Expect(columns[i], values[i], i is 0 or 3 or 4 or 5 or 6 or 8 ? 10 * x["S"] : i is 2 or 10 or 11 or 12 ? 10 / x["S"] : 10);
        }
    }

    /// <summary>Whatever the machine's vectors are wide, and whether or not it fuses: the bits of all results, folded.</summary>
    [Fact]
    public void Every_machine_finds_the_same_bytes()
    {
        var (x, fold) = (Drawn.Of(4_003, 99), 17UL);
        foreach (var value in All(x, Rate, Yield)) fold = unchecked(fold * 31 + BitConverter.DoubleToUInt64Bits(value));
        Assert.Equal(5869548835735743415UL, fold);
    }

    [Fact]
    public void What_is_no_option_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OptionBatch.OnSpot(new([1], [-100], [100], [1], [0.5]), 0, 0, new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => OptionBatch.AllGreeksOnSpot(new([1], [100], [100], [double.NaN], [0.5]), 0, 0, new double[13]));
    }

    [Fact]
    public void Arrays_of_other_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => OptionBatch.OnSpot(new([1], [100], [100], [1], [0.5]), 0, 0, new double[4]));
        Assert.Throws<ArgumentException>(() => OptionBatch.AllGreeksOnSpot(new([1], [100], [100], [1], [0.5]), 0, 0, new double[5]));
        Assert.Throws<ArgumentException>(() => OptionBatch.OnSpot(new([1], [100, 100], [100, 90], [1, 1], [0.5, 0.5]), 0, 0, new double[10]));
    }

    /// <summary>Within 1e-13 of each, or of the largest term that it is the sum of, times what the exponential of d₁² loses.</summary>
    private static void Agree(Drawn x, double rate, double yield)
    {
        var (all, few) = (All(x, rate, yield), new double[5 * x.Count]);
        OptionBatch.OnSpot(x.Terms, rate, yield, few);
        Assert.True(few.AsSpan().SequenceEqual(all.AsSpan(0, few.Length)));
        for (var i = 0; i < x.Count; i++)
        {
            var one = BlackScholes.OnSpot(x.Kind(i), x.Spot[i], x.Strike[i], x.Years[i], rate, yield, x.Volatility[i]);
            double[] expected = [one.Price, one.Delta, one.Gamma, one.Vega, one.Theta, one.Rho, one.Phi, one.Vanna, one.Volga, one.Charm, one.Speed, one.Color, one.Zomma];
            var terms = Terms(one, x.Spot[i], x.Strike[i], x.Years[i], x.Volatility[i], rate, yield);
            for (var k = 0; k < 13; k++)
            {
                var found = all[k * x.Count + i];
                var allowed = 1e-300 + 1e-13 * terms[13] * Math.Max(Math.Abs(expected[k]), terms[k]);
                Assert.True(found == expected[k] || Math.Abs(found - expected[k]) <= allowed, $"{i}, output {k}: {found:R}, expected {expected[k]:R} within {allowed:E1}: {x.Spot[i]:R}, {x.Strike[i]:R}, {x.Years[i]:R}, {x.Volatility[i]:R}");
            }
        }
    }

    /// <summary>The size of the terms of each output, and how many times what may be lost.</summary>
    private static double[] Terms(OptionValue one, double s, double strike, double t, double σ, double rate, double yield)
    {
        var (v, b) = (σ * Math.Sqrt(t), rate - yield);
        var d = (Math.Abs(Math.Log(s / strike)) + Math.Abs(b * t)) / v + v;
        var (lost, gamma, vega, density) = (1 + d * d / 50, one.Gamma, one.Vega, one.Gamma * s * v);
        return [s, 1, 1 / s, s, s + vega * σ / t, s * t, s * t, vega * d / (s * v), vega * d * d / σ, 1 + density * (Math.Abs(b) / v + d / t),
            gamma / s * (1 + d / v), gamma * (Math.Abs(yield) + Math.Abs(b) * d / v + (1 + d * d) / t), gamma * (1 + d * d) / σ, lost];
    }

    private static double[] All(Drawn x, double rate, double yield)
    {
        var values = new double[13 * x.Count];
        OptionBatch.AllGreeksOnSpot(x.Terms, rate, yield, values);
        return values;
    }
}
