using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

public class ImpliedVolatilityBatchTests
{
    /// <summary>In units of 2⁻⁵³ max(1, κ), from options that were priced: volatilities of 0.1 % to 1,000 %, strikes from next to the forward to six deviations away.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(30_000)]
    public void What_is_priced_comes_back(int count)
    {
        var x = Priced(count);
        var (found, verdicts) = Found(x);
        for (var i = 0; i < count; i++)
        {
            var one = BlackScholes.OnForward(x.Kind(i), x.Spot[i], x.Strike[i], x.Years[i], 0, x.Volatility[i]);
            var condition = one.Price / (x.Volatility[i] * one.Vega);
            if (verdicts[i] != VolatilityVerdict.Good || condition > 1e10) continue;
            var error = Math.Abs(found[i] / x.Volatility[i] - 1) * Math.Pow(2, 53) / Math.Max(1, condition);
            Assert.True(error <= 64, $"{i}: {found[i]:R}, expected {x.Volatility[i]:R}, {error:F1} units at condition {condition:E1}: {x.Spot[i]:R}, {x.Strike[i]:R}, {x.Years[i]:R}");
        }
        Assert.True(verdicts.Count(v => v == VolatilityVerdict.Good) >= 0.9 * count);
    }

    /// <summary>Refusals among good prices, at each place of a step: what the batch says of each is what is said of one alone.</summary>
    [Fact]
    public void Each_verdict_is_what_one_alone_would_have()
    {
        var (x, random) = (Priced(5_000), new System.Random(3));
        var prices = x.Prices();
        for (var i = 0; i < x.Count; i++)
        {
            var (s, k) = (x.Spot[i], x.Strike[i]);
            var intrinsic = Math.Max(0, x.Sign[i] * (s - k));
            prices[i] = random.Next(12) switch { 0 => intrinsic, 1 => intrinsic * 0.999 - 1e-9, 2 => x.Sign[i] > 0 ? s : k, 3 => 2 * (s + k), 4 => Math.BitIncrement(intrinsic), 5 => 1e-285 * s, _ => prices[i] };
        }
        var (volatilities, verdicts) = (new double[x.Count], new VolatilityVerdict[x.Count]);

        ImpliedVolatilityBatch.Of(new(x.Sign, x.Spot, x.Strike, x.Years, prices), volatilities, verdicts);

        for (var i = 0; i < x.Count; i++)
        {
            var one = ImpliedVolatility.Of(x.Kind(i), x.Spot[i], x.Strike[i], x.Years[i], prices[i]);
            Assert.True((one.Verdict, one.Volatility is null) == (verdicts[i], double.IsNaN(volatilities[i])), $"{one}, but {volatilities[i]:R}, {verdicts[i]}: {x.Kind(i)} {x.Spot[i]:R} {x.Strike[i]:R} {x.Years[i]:R} {prices[i]:R}");
        }
        Assert.Equal(5, verdicts.Distinct().Count());
    }

    [Trait("Category", "Vectors")]
    [Fact]
    public void The_reference_is_met()
    {
        var rows = OptionRow.Read("implied_vol.csv");
        double[] Column(string name) => [.. rows.Select(x => x[name])];
        double[] sign = [.. rows.Select(x => x.Kind == OptionKind.Call ? 1.0 : -1)];
        var (found, verdicts) = (new double[rows.Length], new VolatilityVerdict[rows.Length]);

        ImpliedVolatilityBatch.Of(new(sign, Column("F"), Column("K"), Column("T_years"), Column("price_undiscounted")), found, verdicts);

        double[] errors = [.. rows.Select((x, i) => Math.Abs(found[i] / x["sigma"] - 1) * Math.Pow(2, 53) / Math.Max(1, x["condition_p_over_sigma_vega"]))];
        Assert.True(errors.Max() <= 64 && errors.Average() <= 8, $"at most {errors.Max():F1}, on average {errors.Average():F1}");
    }

    /// <summary>No price here takes the way of one alone, whose exponential is the runtime's.</summary>
    [Fact]
    public void Every_machine_finds_the_same_bytes()
    {
        var fold = 17UL;
        double[] few = [.. Enumerable.Range(0, 1_001).Select(i => (i + 1) / 1_002.0)];
        double[] Each(double value) => [.. few.Select(_ => value)];
        var found = new double[few.Length];
        ImpliedVolatilityBatch.Of(new(Each(1), Each(1), [.. few.Select((p, i) => 1 + i % 7 * p)], Each(0.25), [.. few.Select(p => 0.9 * p * p)]), found, new VolatilityVerdict[few.Length]);
        foreach (var volatility in found) fold = unchecked(fold * 31 + BitConverter.DoubleToUInt64Bits(volatility));
        Assert.Equal(12490983756532295583UL, fold);
    }

    [Fact]
    public void Arrays_of_other_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ImpliedVolatilityBatch.Of(new([1], [100], [100], [1], [5, 6]), new double[1], new VolatilityVerdict[1]));
        Assert.Throws<ArgumentException>(() => ImpliedVolatilityBatch.Of(new([1], [100], [100], [1], [5]), new double[1], new VolatilityVerdict[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImpliedVolatilityBatch.Of(new([1], [100], [-100], [1], [5]), new double[1], new VolatilityVerdict[1]));
    }

    private static Drawn Priced(int count)
    {
        var (x, random) = (Drawn.Of(count, 17), new System.Random(18));
        for (var i = 0; i < count; i++)
        {
            x.Volatility[i] = Math.Pow(10, 4 * random.NextDouble() - 3);
            x.Strike[i] = x.Spot[i] * Math.Exp(6 * (2 * random.NextDouble() - 1) * Math.Pow(random.NextDouble(), 3) * x.Volatility[i] * Math.Sqrt(x.Years[i]));
        }
        return x;
    }

    private static (double[] Volatilities, VolatilityVerdict[] Verdicts) Found(Drawn x)
    {
        var (volatilities, verdicts) = (new double[x.Count], new VolatilityVerdict[x.Count]);
        ImpliedVolatilityBatch.Of(new(x.Sign, x.Spot, x.Strike, x.Years, x.Prices()), volatilities, verdicts);
        return (volatilities, verdicts);
    }
}
