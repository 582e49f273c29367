using Ballast.Numerics.Allocation;
using Ballast.Numerics.MarketMaking;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.MarketMaking;

public class MakerSimulationTests
{
    private static readonly MakerMarket Paper = new(140, 1.5, 2);

    /// <summary>Avellaneda and Stoikov (2008), tables 1 to 3: spreads of 1.29, 1.33 and 1.15.</summary>
    [Theory]
    [InlineData(0.1, 1.29)]
    [InlineData(0.01, 1.33)]
    [InlineData(0.5, 1.15)]
    public void The_paper_s_spreads_come_out(double gamma, double spread) =>
        Assert.Equal(spread, AvellanedaStoikov.Of(Paper, 100, 0, gamma, 1).OrThrow().ConstantSpread, 5e-3);

    /// <summary>Table 1: profit 62.94 of deviation 5.89 with a final inventory of deviation 2.80; the others as 20,000 days gave elsewhere.</summary>
    [Theory]
    [InlineData(0.1, 62.94, 5.89, 2.80)]
    [InlineData(0.01, 68.4, 8.88, 5.18)]
    [InlineData(0.5, 23.9, 5.06, 1.95)]
    public void The_paper_s_days_come_out(double gamma, double profit, double deviation, double inventory)
    {
        var spread = AvellanedaStoikov.Of(Paper, 0, 0, gamma, 1).OrThrow().ConstantSpread;
        var found = new MakerSimulation(Paper, 1, 200).Run((q, left) => Leaning(gamma, spread, q, left), 12_000, 20261123).OrThrow();

        Within(profit, found.Profit, "profit");
        Within(deviation, found.ProfitDeviation, "deviation of profit");
        Within(inventory, found.InventoryDeviation, "deviation of inventory");
        Assert.Equal(spread, found.Spread, 1e-9);
    }

    /// <summary>Table 1: the same spread around the mid price: 13.43 and 8.66.</summary>
    [Fact]
    public void Quotes_that_do_not_lean_earn_as_much_and_risk_twice_as_much()
    {
        var half = 0.5 * AvellanedaStoikov.Of(Paper, 0, 0, 0.1, 1).OrThrow().ConstantSpread;
        var found = new MakerSimulation(Paper, 1, 200).Run((_, _) => new(half, half), 12_000, 20261123).OrThrow();

        Within(68.5, found.Profit, "profit");
        Within(13.43, found.ProfitDeviation, "deviation of profit");
        Within(8.66, found.InventoryDeviation, "deviation of inventory");
    }

    /// <summary>Quotes of 0.6 on each side are filled 2 · 140 · e^(−0.9) times a day, and each fill loses what the mid then goes against it, but where both sides are hit in one step: what one moves the other moves back.</summary>
    [Fact]
    public void Adverse_selection_takes_its_part_of_every_fill()
    {
        MakerOutcome Days(double adverse) => new MakerSimulation(Paper with { AdverseSelection = adverse }, 1, 200).Run((_, _) => new(0.6, 0.6), 6000, 3).OrThrow();
        var fills = 2 * 140 * Math.Exp(-0.9);
        var alone = fills * (1 - 0.5 * fills / 200);
        Assert.Equal(0.6 * fills, Days(0).Profit, 4 * Days(0).ProfitError);
        Assert.Equal(0.6 * fills - 0.1 * alone, Days(0.1).Profit, 4 * Days(0.1).ProfitError);
    }

    [Fact]
    public void The_same_seed_gives_the_same_days()
    {
        MakerOutcome Days(ulong seed) => new MakerSimulation(Paper, 1, 200).Run((q, left) => Leaning(0.1, 1.29, q, left), 50, seed).OrThrow();
        Assert.Equal(Days(1), Days(1));
        Assert.NotEqual(Days(1), Days(2));
        Assert.Equal("StepsTooLong", Assert.IsType<Answer<MakerOutcome>.Refused>(new MakerSimulation(Paper, 1, 100).Run((_, _) => default, 2, 1)).Code);
    }

    /// <summary>Counts drawn at A e^(−kδ): what is found lies within four standard errors, and the errors are those of the draws.</summary>
    [Fact]
    public void Fills_say_how_often_quotes_are_hit()
    {
        var (chance, within, decays) = (new Xoshiro256(7), 0, new List<double>());
        for (var trial = 0; trial < 200; trial++)
        {
            QuoteRecord[] records = [.. Enumerable.Range(0, 8).Select(i => new QuoteRecord(0.3 * i, Poisson(chance, 100 * Math.Exp(-1.5 * 0.3 * i)), 2))];
            var fit = FillModel.Fit(records).OrThrow();
            decays.Add(fit.Decay);
            if (Math.Abs(fit.Decay - 1.5) < 1.96 * fit.DecayError && Math.Abs(Math.Log(fit.Arrivals / 50)) < 1.96 * fit.ArrivalsError) within++;
        }
        Assert.Equal(1.5, decays.Average(), 0.02);
        Assert.InRange(within, 170, 196);
    }

    [Fact]
    public void A_fill_model_without_evidence_is_refused()
    {
        QuoteRecord[] Records(int distances, double fills, double decay) => [.. Enumerable.Range(0, distances).Select(i => new QuoteRecord(i, fills * Math.Exp(-decay * i), 1))];
        string Code(QuoteRecord[] records) => Assert.IsType<Answer<FillModel>.Refused>(FillModel.Fit(records)).Code;

        Assert.Equal("TooFewDistances", Code(Records(4, 1000, 1)));
        Assert.Equal("TooFewFills", Code(Records(5, 100, 1)));
        Assert.Equal("NoDecay", Code(Records(5, 100, -0.3)));
        var exact = FillModel.Fit(Records(6, 500, 0.8)).OrThrow();
        Assert.Equal((500.0, 0.8), (Math.Round(exact.Arrivals, 6), Math.Round(exact.Decay, 9)));
    }

    /// <summary>Steps of ±2 have a volatility of 2 a step over any horizon where they are independent; those that go to and fro have none over two.</summary>
    [Fact]
    public void Volatility_is_that_of_the_quoting_horizon()
    {
        double[] toAndFro = [.. Enumerable.Range(0, 100).Select(i => 2.0 * (i % 2))];
        Assert.Equal(2 / Math.Sqrt(0.25), FillModel.Volatility(toAndFro, 0.25, 1), 1e-12);
        Assert.Equal(0, FillModel.Volatility(toAndFro, 0.25, 2));
    }

    private static QuoteDistances Leaning(double gamma, double spread, int inventory, double left)
    {
        var lean = gamma * Paper.Volatility * Paper.Volatility * left * inventory;
        return new(0.5 * spread + lean, 0.5 * spread - lean);
    }

    private static void Within(double published, double found, string what) =>
        Assert.True(Math.Abs(found / published - 1) <= 0.05, $"{what}: {found:F2}, published {published}");

    private static double Poisson(Xoshiro256 chance, double mean)
    {
        var (count, product, end) = (0, chance.NextDouble(), Math.Exp(-mean));
        for (; product > end; count++) product *= chance.NextDouble();
        return count;
    }
}
