using Ballast.Numerics.Backtest;

namespace Ballast.Tests.Numerics.Backtest;

/// <summary>System.Random prices, and a random policy of any kind that the fast path takes.</summary>
internal sealed class AnyRun
{
    private readonly System.Random random;

    public AnyRun(int seed, int maxAssets = 70, int maxBars = 160)
    {
        random = new System.Random(seed);
        var assets = random.Next(8) == 0 ? random.Next(1, maxAssets) : random.Next(1, 14);
        Prices = AnyPrices(random.Next(4) == 0 ? random.Next(1, 10) : random.Next(1, maxBars), assets);
        Policy = AnyPolicy();
    }

    public PriceMatrix Prices { get; }

    public FastPolicy Policy { get; }

    /// <summary>The same policy with other bands and looks, as a sweep has them.</summary>
    public FastPolicy Varied()
    {
        var (bands, look) = Policy.Bands is null ? (null, null) : (AnyBands(Policy.Weights.ToArray(), Policy.CashTarget), AnySet());
        return Policy with { Bands = bands, Look = random.Next(2) == 0 ? Policy.Look : look };
    }

    private PriceMatrix AnyPrices(int bars, int assets)
    {
        var wild = random.Next(5) == 0 ? 0 : 0.1 * random.NextDouble();
        var price = Enumerable.Range(0, assets).Select(_ => Math.Exp(8 * (random.NextDouble() - 0.3))).ToArray();
        var closes = new double[bars * assets];
        var opens = new double[bars * assets];
        for (var k = 0; k < closes.Length; k++)
        {
            opens[k] = price[k % assets] *= Math.Exp(wild * (random.NextDouble() - 0.5) / 3);
            closes[k] = price[k % assets] *= Math.Exp(wild * (random.NextDouble() - 0.5));
        }
        return PriceMatrix.Load(bars, assets, closes, opens);
    }

    private FastPolicy AnyPolicy()
    {
        var raw = Enumerable.Range(0, Prices.Assets).Select(_ => random.Next(12) == 0 ? 0 : 0.1 + random.NextDouble()).ToArray();
        if (raw.Sum() == 0) raw[0] = 1;
        double? cash = random.Next(3) == 0 ? 0.3 * random.NextDouble() : null;
        var invested = cash is { } named ? 1 - named : random.Next(4) == 0 ? 1 : 1 - (0.1 * random.NextDouble());
        var weights = raw.Select(w => Math.Min(1, w / raw.Sum() * invested)).ToArray();
        var bands = random.Next(5) == 0 ? null : AnyBands(weights, cash);
        return new FastPolicy
        {
            Weights = [.. weights],
            CashTarget = cash,
            Bands = bands,
            Look = bands is null ? null : AnySet(),
            Act = bands is not null && random.Next(2) == 0 ? null : AnySet(),
            Destination = bands is null ? (Destination)random.Next(2) : (Destination)random.Next(3),
            Step = random.NextDouble(),
            CostRates = [.. weights.Select(_ => random.Next(3) == 0 ? 0.002 : 0.01 * random.NextDouble())],
            Sizing = (Sizing)random.Next(2),
            Fill = (Fill)random.Next(3),
            Initial = (InitialPurchase)random.Next(3),
            LastBarTrades = random.Next(2) == 0,
            StartValue = 1000 * Math.Exp(5 * random.NextDouble()),
        };
    }

    /// <summary>Absolute, relative, asymmetric, one-sided, none at all (zero width), or of all kinds mixed.</summary>
    private WeightBands AnyBands(double[] weights, double? cash)
    {
        var kind = random.Next(6);
        var size = 0.2 * random.NextDouble();
        (double Low, double High) Band(double w) => (kind == 5 ? random.Next(5) : kind) switch
        {
            0 => (w - (0.2 * size), w + (0.2 * size)),
            1 => (w * (1 - size), w * (1 + size)),
            2 => (w * (1 - (size * random.NextDouble())), w + (0.1 * size)),
            3 => (w * (1 - size), double.PositiveInfinity),
            _ => (w, w),
        };
        var all = weights.Select(Band).ToArray();
        var (low, high) = cash is { } target ? Band(target) : (0, 1);
        return new([.. all.Select(b => b.Low)], [.. all.Select(b => b.High)], low, high);
    }

    private BarSet AnySet() => random.Next(3) == 0
        ? BarSet.Of(Prices.Bars, [.. Enumerable.Range(0, Prices.Bars).Where(_ => random.Next(6) == 0)])
        : BarSet.Every(random.Next(2) == 0 ? 1 : random.Next(1, 40), Prices.Bars);
}
