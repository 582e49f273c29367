using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics.Statistics;

public class RiskTests
{
    private static readonly Matrix Uncorrelated = Matrix.FromRows([[0.04, 0], [0, 0.09]]);

    [Fact]
    public void Volatility_and_shares_of_two_independent_assets()
    {
        Assert.Equal(Math.Sqrt(0.25 * 0.04 + 0.25 * 0.09), PortfolioRisk.Volatility([0.5, 0.5], Uncorrelated), 1e-16);
        Assert.Equal([4.0 / 13, 9.0 / 13], PortfolioRisk.Shares([0.5, 0.5], Uncorrelated)!.Select(x => Math.Round(x, 15)), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal((0.1 + 0.15) / Math.Sqrt(0.0325), PortfolioRisk.DiversificationRatio([0.5, 0.5], Uncorrelated)!.Value, 1e-15);
    }

    [Fact]
    public void A_hedge_carries_negative_risk_and_shares_sum_to_one()
    {
        var shares = PortfolioRisk.Shares([1, -0.5], Matrix.FromRows([[0.04, 0.05], [0.05, 0.09]]))!;
        Assert.True(shares[1] < 0);
        Assert.Equal(1, shares.Sum(), 1e-15);
    }

    [Fact]
    public void A_book_of_cash_has_no_shares()
    {
        Assert.Null(PortfolioRisk.Shares([0, 0], Uncorrelated));
        Assert.Null(PortfolioRisk.DiversificationRatio([0, 0], Uncorrelated));
        Assert.Null(PortfolioRisk.MaxShareDrift([0, 0], [0.5, 0.5], Uncorrelated));
        Assert.Null(PortfolioRisk.EffectiveNumber([0, 0]));
    }

    [Fact]
    public void Equal_weights_count_as_many_as_they_are()
    {
        Assert.Equal(4, PortfolioRisk.EffectiveNumber([0.25, 0.25, 0.25, 0.25]));
        Assert.Equal(2, PortfolioRisk.EffectiveNumber([1, -1]));
    }

    [Fact]
    public void Asymmetric_and_indefinite_covariances_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PortfolioRisk.Volatility([1, 1], Matrix.FromRows([[1, 0.2], [0.1, 1]])));
        Assert.Throws<ArgumentException>(() => PortfolioRisk.Volatility([1, -1], Matrix.FromRows([[1, 2], [2, 1]])));
        Assert.Throws<ArgumentException>(() => PortfolioRisk.Volatility([1, 1, 1], Uncorrelated));
    }

    [Fact]
    public void Rebalancing_two_assets_of_equal_growth_earns_half_w_times_one_minus_w_times_variance()
    {
        // Up and down by the same factor in turn: each asset ends where it began, and the half-and-half book does not.
        var returns = Matrix.FromRows([[0.25, -0.2], [-0.2, 0.25], [0.25, -0.2], [-0.2, 0.25]]);
        var premium = RebalancingPremium.Of(returns, [0.5, 0.5]);
        Assert.Equal(0, premium.GrowthBuyHold, 1e-15);
        Assert.Equal(Math.Log(1.025), premium.PremiumVsBuyHold, 1e-15);
        Assert.Equal(premium.PremiumVsBuyHold, premium.ExcessGrowthExact, 1e-15);
        Assert.Equal(0.5 * 0.225 * 0.225, premium.DiversificationReturnApprox, 1e-15);
    }

    [Fact]
    public void Costs_come_off_the_premium()
    {
        var returns = Matrix.FromRows([[0.25, -0.2], [-0.2, 0.25]]);
        var premium = RebalancingPremium.Of(returns, [0.5, 0.5], cost: 0.01);
        // After one period 0.625 and 0.4 go to 0.5125 each less costs: V' + 0.01 (0.625 − V'/2) + 0.01 (V'/2 − 0.4) = 1.025.
        Assert.Equal(Math.Log(1.025 - 0.01 * 0.225), premium.GrowthRebalancedNet, 1e-15);
        Assert.True(premium.PremiumVsBuyHoldNet < premium.PremiumVsBuyHold);
    }

    [Fact]
    public void A_runaway_asset_makes_holding_better()
    {
        var premium = RebalancingPremium.Of(Matrix.FromRows([[1, 0], [1, 0], [1, 0]]), [0.5, 0.5]);
        Assert.True(premium.ExcessGrowthExact > 0);
        Assert.True(premium.PremiumVsBuyHold < 0);
    }
}
