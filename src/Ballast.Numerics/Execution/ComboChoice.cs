using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Execution;

/// <summary>Whether to trade legs at once as a combination or one after the other: what the legs would cost, and what their waiting risks.</summary>
/// <param name="ComboCost">All in, of the quote.</param>
/// <param name="LegCost">All in, of the legs.</param>
/// <param name="LegRisk">Half the aversion times the variance of the waiting, and z times its standard deviation.</param>
/// <param name="StandardDeviation">Of what the unfilled legs may move meanwhile, in money.</param>
public sealed record ComboChoice(double ComboCost, double LegCost, double LegRisk, double StandardDeviation)
{
    public bool TakesCombo => ComboCost <= LegCost + LegRisk;

    /// <summary>Each step's open delta D_k waits t_k days at volatility σ: its variance is (D_k S σ)² t_k/365.</summary>
    /// <param name="openDeltas">In coins: what the book's delta after each leg but the last is away from that after all.</param>
    /// <param name="days">How long each lasts.</param>
    /// <param name="volatility">A fraction per √year.</param>
    /// <param name="z">How many standard deviations of adverse movement to pay for.</param>
    public static ComboChoice Of(double comboCost, double legCost, double[] openDeltas, double[] days, double price, double volatility, double riskAversion, double z)
    {
        if (openDeltas.Length != days.Length) throw new ArgumentException($"{openDeltas.Length} deltas for {days.Length} waits");
        if (!(price > 0 && volatility >= 0 && riskAversion >= 0 && z >= 0) || days.Any(d => !(d >= 0))) throw new ArgumentOutOfRangeException(nameof(price), price, "price above zero; volatility, aversion, z and days not below");
        var variance = openDeltas.Zip(days, (d, t) => d * price * volatility * (d * price * volatility) * t / 365).Sum();
        return new(comboCost, legCost, 0.5 * riskAversion * variance + z * Math.Sqrt(variance), Math.Sqrt(variance));
    }

    /// <summary>Signed lots of legs as a venue takes them: coprime whole numbers, and how many times the combination is traded.</summary>
    /// <returns><c>NoLegs</c> where a leg is empty.</returns>
    public static Answer<(long[] Ratio, long Times)> Ratio(long[] lots)
    {
        if (lots.Length == 0 || lots.Contains(0)) return new Answer<(long[], long)>.Refused("NoLegs", $"every leg needs at least one lot: {string.Join(", ", lots)}");
        var divisor = lots.Select(Math.Abs).Aggregate(Divisor);
        return (lots.Select(x => x / divisor).ToArray(), divisor);
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
