using Ballast.Numerics.Allocation;
using Ballast.Numerics.Hedging;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Hedging;

public class HedgingFormulaTests
{
    private static readonly HedgeTerms Terms = new(100, 0.04, 0.6, 30 / 365.0, 0.0006, 0.03);
    private static readonly DollarGamma Option = new(100, 105, 30 / 365.0, 0.6);

    [Fact]
    public void Eight_times_the_cost_is_twice_the_band()
    {
        Assert.Equal(2 * WhalleyWilmott.HalfWidth(Terms), WhalleyWilmott.HalfWidth(Terms with { Cost = 8 * Terms.Cost }), 1e-15);
        Assert.Equal(WhalleyWilmott.HalfWidth(Terms), WhalleyWilmott.HalfWidth(Terms with { Gamma = -Terms.Gamma }));
        Assert.Equal(0, WhalleyWilmott.FiniteHalfWidth(Terms with { Cost = 0 }));
        Assert.Equal(double.PositiveInfinity, WhalleyWilmott.FiniteHalfWidth(Terms with { Years = 0 }));
    }

    [Fact]
    public void What_Zakamouline_cannot_say_Whalley_and_Wilmott_do()
    {
        var large = UtilityBand.Choose(BandModel.Zakamouline, Terms, units: 20);
        Assert.Equal((BandModel.WhalleyWilmott, "ZakOutOfDomain"), (large.Model, large.Notes.Single().Code));
        var dear = Terms with { Cost = 0.2 };
        var costly = UtilityBand.Choose(BandModel.Zakamouline, dear, units: 1);
        Assert.Equal((WhalleyWilmott.HalfWidth(dear), "ZakOutOfRange"), (costly.HalfWidth, costly.Notes[0].Code));
        Assert.Contains(UtilityBand.Choose(BandModel.FiniteLife, dear, units: 1, mostDistance: 1).Notes, n => n.Code == "NoHedgeOptimal");
        Assert.Empty(UtilityBand.Choose(BandModel.Zakamouline, Terms, units: 1, mostDistance: 1).Notes);
        Assert.True(Zakamouline.Of(Terms).OrThrow().Volatility < Terms.Volatility && Zakamouline.Of(Terms with { Gamma = -0.04 }).OrThrow().Volatility > Terms.Volatility);
    }

    [Fact]
    public void Leland_with_the_round_trip_is_the_same_number()
    {
        var (oneWay, σ, Δt) = (0.0006, 0.6, 1 / 365.0);
        Assert.Equal(Math.Sqrt(2 / Math.PI) * (2 * oneWay) / (σ * Math.Sqrt(Δt)), Leland.Number(oneWay, σ, Δt), 1e-15);
        Assert.Equal("LelandOutOfRange", Assert.IsType<Answer<double>.Refused>(Leland.Volatility(0.05, σ, Δt, isShort: false)).Code);
    }

    /// <summary>The closed form against a fine integral over the prices, by the same option's own gamma.</summary>
    [Theory]
    [InlineData(1, 0, 0.1)]
    [InlineData(2, 0, 0.9)]
    [InlineData(2, -1, 0.5)]
    [InlineData(4.0 / 3, 0, 0.5)]
    public void Moments_of_dollar_gamma_agree_with_an_integral(double power, double spotPower, double part)
    {
        var (t, sum) = (part * Option.Years, 0.0);
        for (var z = -8.0; z < 8; z += 0.001)
        {
            var s = Option.Spot * Math.Exp(0.3 * t + Option.Volatility * Math.Sqrt(t) * z - Option.Volatility * Option.Volatility * t / 2);
            var dollar = s * s * BlackScholes.OnForward(OptionKind.Put, s, Option.Strike, Option.Years - t, 0, Option.Volatility).Gamma;
            sum += 0.001 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Math.Pow(dollar, power) * Math.Pow(s, spotPower);
        }
        Assert.Equal(1, (Option with { Drift = 0.3 }).Expected(power, spotPower, t) / sum, 1e-9);
    }

    [Fact]
    public void A_band_that_follows_gamma_costs_over_a_life_what_its_looks_add_up_to()
    {
        var (λ, γ) = (0.0006, 0.03);
        double Rate(double s, double left)
        {
            var gamma = BlackScholes.OnForward(OptionKind.Call, s, Option.Strike, left, 0, Option.Volatility).Gamma;
            var a = 2 * gamma * s * Option.Volatility;
            return gamma < 1e-100 ? 0 : λ * s * a * a / (2 * WhalleyWilmott.HalfWidth(new(s, 2 * gamma, Option.Volatility, left, λ, γ)));
        }
        Assert.Equal(1, BandCost.WhalleyWilmottOverLife(Option, 2, λ, γ) / Life.Expected(Option.Spot, Option.Volatility, Option.Years, Rate), 0.005);
        Assert.Equal(1, Life.Integral(1, t => 3 * t * t), 1e-12);
    }

    [Fact]
    public void The_best_interval_is_where_cost_and_risk_are_least_together()
    {
        var (vega, σ, T, λ, γ) = (Option.Vega, 0.6, Option.Years, 0.0006, 0.03);
        double Total(double Δt) => HedgingCost.OverLife(vega, λ, Δt) + 0.5 * γ * Math.Pow(HedgingError.Rule(vega, σ, 1), 2) * Δt / T;
        var best = HedgingCost.BestInterval(vega, σ, T, λ, γ);
        Assert.True(Total(best) < Total(best * 1.01) && Total(best) < Total(best / 1.01));
    }

    /// <summary>A walk of normal steps, kept in a band as it is looked at: what it trades a look, over a long run.</summary>
    [Theory]
    [InlineData(HedgeGoal.Edge, 0.5, 0.02)]
    [InlineData(HedgeGoal.Edge, 3, 0.01)]
    [InlineData(HedgeGoal.Edge, 0, 0.01)]
    [InlineData(HedgeGoal.Target, 3, 0.01)]
    [InlineData(HedgeGoal.Midpoint, 3, 0.02)]
    [InlineData(HedgeGoal.Target, 0, 0.01)]
    public void A_band_trades_what_a_long_walk_trades(HedgeGoal goal, double half, double tolerance)
    {
        var (random, at, traded, looks) = (new System.Random(7), 0.0, 0.0, 1_000_000);
        for (var i = 0; i < looks; i++)
        {
            at += Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var step = HedgeDecision.Decide(new(at, 0, HedgeBand.Around(half, goal), i), default);
            (at, traded) = (at + step.Trade, traded + Math.Abs(step.Trade));
        }
        Assert.Equal(1, BandCost.TradedPerLook(1, half, goal) / (traded / looks), tolerance);
    }

    [Fact]
    public void Several_futures_are_told_apart()
    {
        var random = new System.Random(11);
        var futures = Matrix.FromRows([.. Enumerable.Range(0, 200).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5 })]);
        double[] holding = [.. Enumerable.Range(0, 200).Select(i => 0.7 * futures[i, 0] - 0.2 * futures[i, 1])];
        var found = MinimumVariance.Several(holding, futures).OrThrow();
        Assert.Equal(0.7, found[0], 1e-12);
        Assert.Equal(-0.2, found[1], 1e-12);
        // With few observations the covariance is shrunk, and what is found is drawn together.
        var few = MinimumVariance.Several(holding.AsSpan(0, 19), Matrix.FromRows([.. Enumerable.Range(0, 19).Select(i => futures.Row(i).ToArray())]));
        Assert.Equal("InsufficientData", Assert.IsType<Answer<double[]>.Refused>(few).Code);
    }

    [Fact]
    public void Too_few_moves_and_moves_of_other_times_are_refused()
    {
        double[] some = [.. Enumerable.Range(0, 30).Select(i => Math.Sin(i))];
        static string Code<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Refused>(answer).Code;
        Assert.Equal("InsufficientData", Code(MinimumVariance.OfSample(some.AsSpan(0, 19), some.AsSpan(0, 19))));
        Assert.Equal("InsufficientData", Code(MinimumVariance.OfSample(some, new double[30])));
        Assert.Equal("AsyncSeries", Code(MinimumVariance.OfSample(some, some.AsSpan(0, 29))));
        Assert.Equal("AsyncSeries", Code(MinimumVariance.Synchronised([1, 2], [1, 3])));
        Assert.Equal("NotFinite", Code(MinimumVariance.OfSample(some, [.. some.Skip(1), double.NaN])));
    }

    [Fact]
    public void An_interval_covers_as_it_says()
    {
        var (random, inside) = (new System.Random(3), 0);
        for (var i = 0; i < 2000; i++)
        {
            var interval = CostInterval.Of(Enumerable.Range(0, 60).Select(_ => random.NextDouble())).OrThrow();
            var next = random.NextDouble();
            if (interval.Low <= next && next <= interval.High) inside++;
        }
        Assert.Equal(0.8, inside / 2000.0, 0.03);
        Assert.IsType<Answer<CostInterval>.Refused>(CostInterval.Of([1, 1, 1]));
    }

    [Fact]
    public void An_old_move_counts_half_after_its_half_life()
    {
        var moves = Enumerable.Range(0, 10).Aggregate(new MoveAverage(1, 1), (m, _) => m.Next(0, 10));
        Assert.Equal((0.5, 0.5), (moves.Modulus, moves.Square), ((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
    }

    /// <summary>An exchange's support page: half of the window is over, so delta 0.5 and half of the mark 0.3 are left.</summary>
    [Fact]
    public void Half_way_through_its_settlement_an_option_has_half_of_its_delta()
    {
        Assert.Equal(0.35, SettlementWindow.Displayed(0.5, 1, 0.3), 1e-15);
        Assert.Equal(0.5, SettlementWindow.Delta(0.5, 100, OptionKind.Call, 100, 40, 0.00003, 0.6), 1e-12);
        Assert.Equal(0.5, SettlementWindow.Delta(0.5, 100, OptionKind.Call, 100, 60, 0.00003, 0.6), 1e-6);
        Assert.Equal(0, SettlementWindow.Delta(0.5, 100, OptionKind.Put, 100, 40, 0.00003, 0.6));
        var before = BlackScholes.OnForward(OptionKind.Put, 100, 101, 0.0001, 0, 0.6).Delta;
        Assert.Equal(before, SettlementWindow.Delta(1, double.NaN, OptionKind.Put, 100, 101, 0.0001, 0.6), 1e-12);
    }

    [Fact]
    public void A_fee_is_capped_by_the_price_and_an_order_pays_half_the_spread_at_least()
    {
        Assert.Equal(0.0000125, new TradingFee(0.0003, 0.125).OfOption(1, 0.0001, 1), 1e-18);
        Assert.Equal(0.0003, new TradingFee(0.0003, 0.125).OfOption(1, 0.05, -1), 1e-18);
        Assert.Equal(0.04 * Math.Sqrt(0.01), MarketImpact.SquareRoot(0.04, -10, 1000), 1e-15);
        Assert.Equal(1000 * 0.0008, MarketImpact.Cost(-1000, 0.0005, 0.0003, 0), 1e-12);
    }
}
