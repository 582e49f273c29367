using Ballast.Numerics.Allocation;
using Ballast.Numerics.Random;

namespace Ballast.Numerics.MarketMaking;

/// <summary>What a way of quoting brought over many simulated days.</summary>
/// <param name="Profit">Mean, of cash and what is left at the last mid price.</param>
/// <param name="Inventory">Mean of what is left.</param>
/// <param name="Spread">Mean of the spread quoted, both sides together.</param>
public sealed record MakerOutcome(int Runs, double Profit, double ProfitDeviation, double Inventory, double InventoryDeviation, double Spread)
{
    /// <summary>One standard error of the mean profit.</summary>
    public double ProfitError => ProfitDeviation / Math.Sqrt(Runs);
}

/// <summary>The simulation of the paper: the mid price steps up or down by σ√dt, a quote at distance δ is filled with probability A e^(−kδ) dt, one unit at a time.</summary>
/// <param name="Market">Drift and adverse selection count, where there are any.</param>
/// <param name="Duration">T.</param>
/// <param name="Steps">T/dt.</param>
public sealed record MakerSimulation(MakerMarket Market, double Duration, int Steps)
{
    /// <summary>The rates are too high for the steps where a quote at the mid would be filled more than once in one.</summary>
    /// <param name="quotes">Distances from the mid price, from the inventory and the time left.</param>
    /// <param name="seed">The same seed gives the same days; each way of quoting sees the same mid prices.</param>
    /// <returns><c>StepsTooLong</c>.</returns>
    public Answer<MakerOutcome> Run(Func<int, double, QuoteDistances> quotes, int runs, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 2);
        if (!(Duration > 0 && Steps >= 1)) throw new InvalidOperationException($"{Duration} in {Steps} steps does not pass");
        var step = Duration / Steps;
        if (Market.Arrivals * step > 1) return new Answer<MakerOutcome>.Refused("StepsTooLong", $"{Market.Arrivals * step:G3} fills a step at the mid price: take at least {Math.Ceiling(Market.Arrivals * Duration)} steps");
        var (profits, left, spreads, chance) = (new Tally(), new Tally(), new Tally(), new Xoshiro256(seed));
        for (var run = 0; run < runs; run++)
        {
            var day = Day(quotes, step, chance);
            profits.Add(day.Profit);
            left.Add(day.Inventory);
            spreads.Add(day.Spread / Steps);
        }
        return new MakerOutcome(runs, profits.Mean, profits.Deviation, left.Mean, left.Deviation, spreads.Mean);
    }

    private (double Profit, int Inventory, double Spread) Day(Func<int, double, QuoteDistances> quotes, double step, Xoshiro256 chance)
    {
        var (mid, cash, held, spread, move) = (0.0, 0.0, 0, 0.0, Market.Volatility * Math.Sqrt(step));
        for (var k = 0; k < Steps; k++)
        {
            var (bid, ask) = quotes(held, Duration - k * step);
            spread += (bid ?? 0) + (ask ?? 0);
            var (hitBid, hitAsk) = (chance.NextDouble(), chance.NextDouble());
            var hit = 0;
            if (bid is { } b && hitBid < Market.Rate(b) * step) (held, cash, hit) = (held + 1, cash - (mid - b), hit - 1);
            if (ask is { } a && hitAsk < Market.Rate(a) * step) (held, cash, hit) = (held - 1, cash + mid + a, hit + 1);
            mid += Market.Drift * step + (chance.NextDouble() < 0.5 ? -move : move) + hit * Market.AdverseSelection;
        }
        return (cash + held * mid, held, spread);
    }

    /// <summary>Mean and standard deviation as they come (Welford).</summary>
    private sealed class Tally
    {
        private int count;
        private double squares;

        public double Mean { get; private set; }

        public double Deviation => Math.Sqrt(squares / (count - 1));

        public void Add(double value)
        {
            var off = value - Mean;
            Mean += off / ++count;
            squares += off * (value - Mean);
        }
    }
}
