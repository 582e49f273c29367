using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class SeriesMetricsTests
{
    private static readonly double[] UpAndDown = [0.1, -0.5, 0.25, 0.2];

    [Fact]
    public void Growth_is_the_product_of_the_returns()
    {
        var metrics = SeriesMetrics.Of(UpAndDown, periodsPerYear: 4);
        Assert.Equal(1.1 * 0.5 * 1.25 * 1.2 - 1, metrics.TotalReturn!.Value, 1e-15);
        Assert.Equal(metrics.TotalReturn!.Value, metrics.Cagr!.Value, 1e-15);
    }

    [Fact]
    public void Drawdown_counts_from_the_peak_and_to_the_end()
    {
        var metrics = SeriesMetrics.Of(UpAndDown, periodsPerYear: 4);
        Assert.Equal(0.5, metrics.MaxDrawdown!.Value, 1e-15);
        Assert.Equal(3, metrics.MaxDrawdownDurationPeriods);
    }

    [Fact]
    public void Starting_wealth_is_a_peak() => Assert.Equal(0.2, Drawdown.Max([-0.2, 0.1]), 1e-15);

    [Fact]
    public void Total_loss_is_minus_one_a_year_and_stays()
    {
        var metrics = SeriesMetrics.Of([0.1, -1, 0.5], periodsPerYear: 365);
        Assert.Equal(-1, metrics.Cagr);
        Assert.Equal(1, metrics.MaxDrawdown);
    }

    [Fact]
    public void Constant_returns_have_no_sharpe_ratio_and_the_note_says_why()
    {
        var metrics = SeriesMetrics.Of([0.1, 0.1, 0.1, 0.1, 0.1], periodsPerYear: 12);
        Assert.Equal(0, metrics.Vol);
        Assert.Null(metrics.SharpeAnn);
        Assert.Equal("the returns do not vary", metrics.Notes["SharpeAnn"]);
        Assert.Equal("the returns do not vary", metrics.Notes["Skew"]);
        Assert.Null(metrics.Calmar);
        Assert.Null(metrics.Omega0);
    }

    [Fact]
    public void Growth_by_the_calendar_counts_days()
    {
        Assert.Equal(0.21, SeriesMetrics.CagrCalendar(0.1, 365.25 / 2), 1e-15);
        Assert.Equal(-1, SeriesMetrics.CagrCalendar(-1, 10));
    }

    [Fact]
    public void Too_few_returns_for_the_shape_leave_it_out()
    {
        var metrics = SeriesMetrics.Of([0.1, -0.1, 0.3], periodsPerYear: 12);
        Assert.NotNull(metrics.Skew);
        Assert.Null(metrics.KurtRaw);
        Assert.Equal("needs at least 4 returns", metrics.Notes["KurtRaw"]);
    }

    [Fact]
    public void Fat_tails_warn_that_the_expansion_fails()
    {
        double[] returns = [.. Enumerable.Repeat(0.001, 99), -0.3, .. Enumerable.Repeat(-0.001, 100)];
        Assert.StartsWith("CornishFisherOutOfDomain", SeriesMetrics.Of(returns, 365).Notes["VarCornishFisher95"], StringComparison.Ordinal);
    }

    [Fact]
    public void Wealth_beyond_the_range_of_a_double_is_left_out()
    {
        var metrics = SeriesMetrics.Of([.. Enumerable.Repeat(1e200, 5), 0], periodsPerYear: 365);
        Assert.Null(metrics.TotalReturn);
        Assert.True(metrics.Notes.ContainsKey("TotalReturn"));
    }

    [Theory]
    [InlineData(-1.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Impossible_returns_are_refused_with_their_place(double bad)
    {
        Assert.Contains("return 1 is", ReturnSeries.Fault([0.1, bad]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SeriesMetrics.Of([0.1, bad], 365));
    }

    [Fact]
    public void Periods_per_year_must_be_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => SeriesMetrics.Of(UpAndDown, 0));

    [Fact]
    public void No_series_gives_NaN_or_a_null_without_a_reason() =>
        Draws.ForManySeeds(chance =>
        {
            double[] extremes = [0, -1, 1e308, -1e-320, 1e-17];
            var length = 2 + chance.NextInt(30);
            var (returns, benchmark) = (Drawn(), Drawn());
            return IsTold(SeriesMetrics.Of(returns, 365, 0.0001), x => x.Notes) && IsTold(RelativeMetrics.Of(returns, benchmark, 365), x => x.Notes);

            double[] Drawn() => [.. Enumerable.Range(0, length).Select(_ => chance.NextInt(3) == 0 ? extremes[chance.NextInt(5)] : Math.Max(-1, chance.NextNormal()))];
        }, cases: 1000);

    private static bool IsTold<T>(T metrics, Func<T, IReadOnlyDictionary<string, string>> notes) =>
        typeof(T).GetProperties().All(p => p.GetValue(metrics) switch
        {
            null => notes(metrics).ContainsKey(p.Name),
            double value => double.IsFinite(value),
            _ => true,
        });

    [Fact]
    public void Order_changes_the_path_and_not_the_distribution()
    {
        var (forward, backward) = (SeriesMetrics.Of(UpAndDown, 4), SeriesMetrics.Of([.. UpAndDown.Reverse()], 4));
        Assert.Equal(forward.VolAnn!.Value, backward.VolAnn!.Value, 1e-15);
        Assert.Equal(forward.VarHist95, backward.VarHist95);
        Assert.NotEqual(forward.UlcerIndex, backward.UlcerIndex);
    }

    [Fact]
    public void A_benchmark_that_does_not_move_gives_no_beta()
    {
        var metrics = RelativeMetrics.Of(UpAndDown, [0.01, 0.01, 0.01, 0.01], 365);
        Assert.Null(metrics.Beta);
        Assert.Equal("the benchmark does not vary", metrics.Notes["Beta"]);
        Assert.Null(metrics.DownCapture);
        Assert.Equal("the benchmark never falls", metrics.Notes["DownCapture"]);
    }

    [Fact]
    public void Twice_the_benchmark_has_beta_two_and_no_alpha()
    {
        var metrics = RelativeMetrics.Of([.. UpAndDown.Select(r => 2 * r)], UpAndDown, 365);
        Assert.Equal(2, metrics.Beta!.Value, 1e-14);
        Assert.Equal(0, metrics.AlphaPerPeriod!.Value, 1e-15);
        Assert.Equal(1, metrics.R2!.Value, 1e-14);
    }
}
