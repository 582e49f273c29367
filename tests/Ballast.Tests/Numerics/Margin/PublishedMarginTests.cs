using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;
using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Margin;

/// <summary>Examples that exchanges and authors print, as they print them.</summary>
public class PublishedMarginTests
{
    /// <summary>Deribit's API documentation, the response of private/simulate portfolio margin (2024-06-17), BTC.</summary>
    [Fact]
    public void The_example_of_an_exchanges_documentation_is_exact()
    {
        var margin = Perpetuals(PortfolioRules(0.16, 0.075, 0.01), 65_666.19, (0.314538364, 0), (-0.001187534, 0.02986616879122503));

        Assert.Equal(0.05968587238095239, -margin.Counted[margin.Worst], 1e-16);
        Assert.Equal(0.059685872, margin.Scan);
        Assert.Equal(1, margin.Worst + 1);
        Assert.Equal(0.00315725898, margin.Roll, 1e-16);
        Assert.Equal(0.06284313098, margin.Risk, 1e-16);
        Assert.Equal(0.050274504784, margin.Maintenance, 1e-16);
        Assert.Equal(0.122861343, margin.InitialWith(0.06 + 0.000018212));
        Assert.All(Enumerable.Range(0, 27).Where(s => margin.Gains[s] > 0), s => Assert.Equal(0, margin.Kept(s)));
    }

    /// <summary>Deribit, a response of 2026-02-15, ETH: a short perpetual; gains are kept by 0.6.</summary>
    [Fact]
    public void A_captured_response_is_exact()
    {
        var rules = PortfolioRules(0.18, 0.05, 0.005) with { GainsKept = 0.6, Dampener = 200_000 };
        var margin = Perpetuals(rules, 2_000, (-0.999487053, 0));

        Assert.Equal(0.152464127, margin.Scan);
        Assert.Equal(25, margin.Worst + 1);
        Assert.Equal(0.004997435265, margin.Roll, 1e-16);
        Assert.Equal(0.157461562265, margin.Risk, 1e-16);
        Assert.Equal(0.125969249812, margin.Maintenance, 1e-16);
        Assert.Equal(0.21939960, margin.Gains[0], 1e-8);
        Assert.Equal(0.13163976, margin.Kept(0), 1e-8);
    }

    /// <summary>Deribit, support pages on linear perpetuals: BTC 2 % and 1 % with 0.005 % a coin, SOL 4 % and 2 % with 0.0005 %.</summary>
    [Theory]
    [InlineData(0.02, 0.01, 5e-5, 25, 100_000, 53_125, 28_125)]
    [InlineData(0.02, 0.01, 5e-5, 350, 100_000, 1_312_500, 962_500)]
    [InlineData(0.04, 0.02, 5e-6, 25, 200, 200.625, 100.625)]
    [InlineData(0.04, 0.02, 5e-6, 6_000, 200, 84_000, 60_000)]
    public void Linear_perpetuals_need_what_the_support_page_prints(double initial, double maintenance, double slope, double coins, double price, double im, double mm)
    {
        var margin = new StandardMargin(0, 0, 0, new(initial, slope), new(maintenance, slope)).Of(new(LegKind.LinearFuture, coins, price), price);

        Assert.Equal(im, margin.Initial, 1e-9 * im);
        Assert.Equal(mm, margin.Maintenance, 1e-9 * mm);
    }

    /// <summary>Dederi's portfolio margin page: 10 ETH futures of 20 days at a basis of 8 %, index 2,243.3: price 2,253.2, contingency 134.6, 3,380 at 15 %.</summary>
    [Fact]
    public void Futures_have_a_contingency_and_lose_15_per_cent()
    {
        var price = 2_243.3 * Math.Exp(0.08 * 20 / 365);
        var rules = new ScenarioRules([new(0.15, VolatilityState.Same), new(-0.15, VolatilityState.Same)], VolatilityRule.None) { FutureContingency = 0.006 };
        var margin = new ScenarioBook(rules, CountedIn.Money, 2_243.3, [new(LegKind.LinearFuture, 10, price, 20.0 / 365)]).Margin;

        Assert.Equal((2_253.2, 134.6, 3_380), (Math.Round(price, 1), Math.Round(margin.Contingency, 1), Math.Round(margin.Scan)));
        Assert.Equal(margin.Scan + margin.Contingency, margin.Risk);
    }

    /// <summary>Paradex's portfolio margin page: one perpetual, five calls sold with a delta of 0.3, price 70,000: net −0.5, hedged 1.0; the charge is 2 % of net and 1 % of hedged.</summary>
    [Fact]
    public void Net_and_hedged_delta_have_a_minimum_charge()
    {
        var (price, years) = (70_000.0, 0.1);
        // The strike at which a call without drift has a delta of 0.3: ln(F/K) = v (−0.5244… − v/2).
        var v = 0.6 * Math.Sqrt(years);
        var call = new Leg(LegKind.LinearOption, -5, price, years) { Strike = price / Math.Exp(v * (-0.5244005127080407 - v / 2)), Volatility = 0.6 };
        var rules = new ScenarioRules([new(0, VolatilityState.Same)], VolatilityRule.None) { Minimum = new(Net: 0.02, Hedged: 0.01) };

        var margin = new ScenarioBook(rules, CountedIn.Money, price, [new(LegKind.LinearFuture, 1, price), call]).Margin;

        Assert.Equal(1_400, margin.Risk, 1e-6);
    }

    /// <summary>Bitget, article 12560603815234: 10 BTC at 60,000 count 582,000.</summary>
    [Fact]
    public void Ten_coins_of_collateral_count_in_three_tiers() =>
        Assert.Equal(582_000, new Slices([(100_000, 0.975), (500_000, 0.97), (1_000_000, 0.965)]).Collateral(600_000), 1e-9);

    /// <summary>OKX, announcement on the tiered scaling factor (2022): a raw charge of 30,000 becomes 50,000 and exceeds the rest, 40,000.</summary>
    [Fact]
    public void A_minimum_charge_in_tiers_may_exceed_the_rest()
    {
        var tiers = new Slices([(10_000, 1), (70_000, 2), (170_000, 4)]);

        Assert.Equal(new MarginPair(65_000, 50_000), new CombinedCharge(tiers, 1.3).Of(new(40_000, 0, 0, 0, 0, 0, 30_000, 0)));
        Assert.Equal(40_000, new CombinedCharge(tiers, 1.3).Of(new(20_000, 25_000, 5_000, 10_000, 0, 15_000, 10_000, 0)).Maintenance);
    }

    /// <summary>QuantConnect Lean, issue 9775: two condors of 100 with wings of unequal width lose by the wider one, not by the first.</summary>
    [Theory]
    [InlineData(50, 160, 32_000)]
    [InlineData(145, 95, 29_000)]
    [InlineData(95, 95, 19_000)]
    public void A_condor_of_unequal_wings_needs_the_wider_one(double puts, double calls, double needs)
    {
        Leg At(OptionKind right, double quantity, double strike) => new(LegKind.LinearOption, quantity, 1_000, 0) { Right = right, Strike = strike };
        Leg[] condor = [At(OptionKind.Put, 200, 900 - puts), At(OptionKind.Put, -200, 900), At(OptionKind.Call, -200, 1_100), At(OptionKind.Call, 200, 1_100 + calls)];
        var expiry = new ScenarioRules([new(-0.5, VolatilityState.Same), new(0.5, VolatilityState.Same)], VolatilityRule.None);

        Assert.Equal(needs, new ScenarioBook(expiry, CountedIn.Money, 1_000, condor).Margin.Risk);
    }

    /// <summary>TorchTrade, issue 344: 5 + (P − 100) = 0.004 P + 4, so that 0.6 % of a fall liquidates, not 4.6 %; isolated it is 95.38.</summary>
    [Fact]
    public void What_other_positions_need_brings_liquidation_near()
    {
        Assert.Equal(99.398, IsolatedLiquidation.Linear(1, 100, 5, MaintenanceTiers.Flat(0.004, -4))!.Value, 0.0005);
        Assert.Equal(95.38, IsolatedLiquidation.Linear(1, 100, 5, MaintenanceTiers.Flat(0.004))!.Value, 0.005);
    }

    /// <summary>bt, pull request 557: equity over the requirement bounds a position.</summary>
    [Theory]
    [InlineData(1_000, 1_500, 0.8, 1_250)]
    [InlineData(1_000, 3_000, 0.5, 2_000)]
    [InlineData(700, 1_200, 0.6, 1_166.67)]
    public void A_position_is_closed_until_equity_bears_it(double equity, double position, double requirement, double left)
    {
        var rules = new ScenarioRules([new(-requirement, VolatilityState.Same)], VolatilityRule.None);
        var book = new ScenarioBook(rules, CountedIn.Money, 1, [new(LegKind.LinearFuture, position, 1)]);

        var sold = Assert.Single(Unwinding.Ladder(book, [new(0.001)], equity));

        Assert.Equal(left, position + sold.Coins, 0.005);
    }

    /// <summary>Exchanges that publish arrays ask for the scan or the least for short options, with charges and credits, less what the options are worth.</summary>
    [Theory]
    [InlineData(6_620, 0, 0, 50, 0, 6_620)]
    [InlineData(10, 0, 0, 50, 0, 50)]
    [InlineData(1_000, 200, 300, 50, 400, 500)]
    public void Arrays_have_charges_and_credits_besides(double scan, double charges, double credits, double least, double value, double needs) =>
        Assert.Equal(needs, RiskArrays.Requirement(scan, charges, credits, least, value));

    private static ScenarioRules PortfolioRules(double range, double annual, double least) =>
        new(ScenarioRules.Grid(range, 4, [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]), new(0.5, 0.25) { UpFloor = 0.5, ShortPower = 0.3, LongPower = 0.13 })
        {
            Edge = range, Dampener = 100_000, GainsKept = 0, Roll = new(annual, least), Liquidity = new(20_000_000, 5e-5, 0.1), MaintenanceFactor = 0.8, Decimals = 9,
        };

    private static ScenarioMargin Perpetuals(ScenarioRules rules, double index, params (double Coins, double Years)[] positions) =>
        new ScenarioBook(rules, CountedIn.Coin, index, [.. positions.Select(p => new Leg(LegKind.InverseFuture, p.Coins, index, p.Years))]).Margin;
}
