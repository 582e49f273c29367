using Ballast.Numerics.Backtest;

namespace Ballast.Tests.Numerics.Backtest;

public class RefusalTests
{
    private static readonly PriceMatrix Two = PriceMatrix.Load(3, 2, [100, 10, 110, 10, 121, 10]);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_price_that_is_missing_or_not_positive_is_refused_with_its_place(double price)
    {
        double[] prices = [100, 10, 110, price];
        Assert.Equal(3, PriceMatrix.FirstUnusable(prices));
        Assert.Contains("asset 1 at bar 1", Assert.Throws<ArgumentException>(() => PriceMatrix.Load(2, 2, prices)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_above_one_are_refused() => Refused("sum to", Half with { Weights = [0.5, 0.6] });

    [Fact]
    public void Next_open_needs_opens() => Refused("opens", Half with { Fill = Fill.NextOpen });

    [Fact]
    public void A_band_holds_its_target() => Refused("does not hold", Half with { Bands = new([0.6, 0.4], [0.7, 0.6]), Look = BarSet.Every(1, 3) });

    [Fact]
    public void Sets_of_bars_belong_to_the_history() => Refused("over 4 bars", Half with { Act = BarSet.Every(1, 4) });

    [Fact]
    public void A_fee_that_does_not_fit_into_cash_is_reported()
    {
        var policy = Half with { CostRates = [0.01, 0.01], Sizing = Sizing.BeforeCosts };
        Assert.Equal(FastStatus.CashBelowZero, FastBacktest.Run(Two, policy, new double[3]).Status);
        Assert.Equal(FastStatus.Done, FastBacktest.Run(Two, policy with { Sizing = Sizing.AfterCosts }, new double[3]).Status);
    }

    [Fact]
    public void A_purchase_after_costs_of_one_percent_leaves_what_paper_says()
    {
        // V' + 0.01 V' = 1,010, so V' = 1,000 and the fee is 10.
        var equity = new double[3];
        var result = FastBacktest.Run(Two, Half with { CostRates = [0.01, 0.01], StartValue = 1010 }, equity);
        Assert.Equal(1000, equity[0], 1e-9);
        Assert.Equal(10, result.Costs, 1e-9);
        Assert.Equal(1105, equity[2], 1e-9);
        Assert.Equal(1, result.Rebalances);
    }

    private static FastPolicy Half => new() { Weights = [0.5, 0.5], CostRates = [0, 0] };

    private static void Refused(string words, FastPolicy policy) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => FastBacktest.Run(Two, policy, new double[3])).Message, StringComparison.Ordinal);
}
