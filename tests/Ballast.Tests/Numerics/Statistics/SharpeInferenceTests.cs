using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class SharpeInferenceTests
{
    [Fact]
    public void One_trial_expects_nothing() => Assert.Equal(0, SharpeInference.ExpectedMaximum(0.5, 1));

    [Fact]
    public void A_ratio_equal_to_the_benchmark_is_an_even_bet() => Assert.Equal(0.5, SharpeInference.Probabilistic(0.1, 0.1, 100, 0, 3));

    [Fact]
    public void No_record_is_long_enough_to_show_what_is_not_there() =>
        Assert.Equal(double.PositiveInfinity, SharpeInference.MinimumTrackRecord(0.1, 0.2, 0, 3));

    [Fact]
    public void Moments_that_no_distribution_has_are_refused() =>
        Assert.Throws<ArgumentException>(() => SharpeInference.StandardError(1, 100, skew: 3, kurtosis: 1));

    [Fact]
    public void The_sample_of_the_minimum_record_has_just_that_probability()
    {
        var needed = SharpeInference.MinimumTrackRecord(0.2, 0.05, -0.4, 5);
        Assert.InRange(SharpeInference.Probabilistic(0.2, 0.05, (int)Math.Ceiling(needed), -0.4, 5), 0.95, 0.952);
    }
}
