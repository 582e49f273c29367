using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Hedging;

/// <summary>How realised costs have related to what was forecast: factors that turn a forecast into an interval, because one option's cost cannot be known ahead.</summary>
/// <param name="Low">Below this share of the forecast was the tenth of the realised costs that was lowest (at 80 %).</param>
/// <param name="Median">What the middle one was.</param>
/// <param name="High">And the tenth that was highest.</param>
public sealed record CostInterval(double Low, double Median, double High)
{
    /// <summary>From realised/forecast of past options; refused as InsufficientData where a tail would be empty.</summary>
    /// <param name="coverage">How often the next should fall inside, in (0, 1).</param>
    /// <remarks>The order statistics ⌊(n + 1)α⌋ and n + 1 less that: the next of exchangeable ratios is outside with the probability 2α at most.</remarks>
    public static Answer<CostInterval> Of(IEnumerable<double> ratios, double coverage = 0.8)
    {
        if (!(coverage is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "a coverage is between 0 and 1");
        double[] sorted = [.. ratios.Order()];
        var n = sorted.Length;
        var rank = (int)((n + 1) * (1 - coverage) / 2 + 1e-9);
        return rank < 1
            ? new Answer<CostInterval>.Refused("InsufficientData", $"{n} past costs say nothing about {coverage:P0} of the next")
            : new CostInterval(sorted[rank - 1], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - rank]);
    }

    /// <summary>The interval around a forecast.</summary>
    public (double Low, double High) Around(double forecast) => (Low * forecast, High * forecast);
}
