namespace Ballast.Planning;

/// <summary>
/// Spends or raises a sum with the least squared distance from the targets: xᵢ = min(max(gᵢ − m, 0), capᵢ),
/// the level m such that Σ rateᵢ·xᵢ is the sum. Contributions and withdrawals both are this.
/// </summary>
public static class WaterFill
{
    /// <param name="gaps">How far each line is from its target, along the direction of trading.</param>
    /// <param name="caps">Most that each may trade.</param>
    /// <param name="rates">Cash that one unit of value takes (1 + κ) or brings (1 − κ).</param>
    /// <param name="total">The sum to reach. What cannot be reached is left.</param>
    /// <param name="floor">The lowest level: 0 never goes beyond a target; null goes as far as the caps allow.</param>
    public static decimal[] Fill(ReadOnlySpan<decimal> gaps, ReadOnlySpan<decimal> caps, ReadOnlySpan<decimal> rates, decimal total, decimal? floor)
    {
        var x = new decimal[gaps.Length];
        if (total <= 0) return x;
        var level = Level(gaps, caps, rates, total, Kinks(gaps, caps, floor));
        for (var i = 0; i < x.Length; i++) x[i] = Math.Clamp(gaps[i] - level, 0, caps[i]);
        return x;
    }

    /// <summary>Walks down the kinks until the sum would be passed, then solves on that straight piece.</summary>
    private static decimal Level(ReadOnlySpan<decimal> gaps, ReadOnlySpan<decimal> caps, ReadOnlySpan<decimal> rates, decimal total, List<decimal> kinks)
    {
        if (kinks.Count == 0) return decimal.MaxValue / 4;
        var (above, spentAbove) = (kinks[0], 0m);
        foreach (var kink in kinks)
        {
            var spent = SpentAt(kink, gaps, caps, rates);
            if (spent >= total) return spent == spentAbove ? kink : above - (total - spentAbove) * (above - kink) / (spent - spentAbove);
            (above, spentAbove) = (kink, spent);
        }
        return above;
    }

    private static decimal SpentAt(decimal level, ReadOnlySpan<decimal> gaps, ReadOnlySpan<decimal> caps, ReadOnlySpan<decimal> rates)
    {
        var spent = 0m;
        for (var i = 0; i < gaps.Length; i++) spent += rates[i] * Math.Clamp(gaps[i] - level, 0, caps[i]);
        return spent;
    }

    /// <summary>Levels at which a line starts or ends trading, from high to low, none below the floor.</summary>
    private static List<decimal> Kinks(ReadOnlySpan<decimal> gaps, ReadOnlySpan<decimal> caps, decimal? floor)
    {
        var kinks = new List<decimal>();
        for (var i = 0; i < gaps.Length; i++)
        {
            if (caps[i] <= 0) continue;
            kinks.Add(gaps[i]);
            kinks.Add(gaps[i] - caps[i]);
        }
        if (floor is { } lowest)
        {
            kinks.RemoveAll(k => k < lowest);
            if (kinks.Count > 0) kinks.Add(lowest);
        }
        kinks.Sort((a, b) => b.CompareTo(a));
        return kinks;
    }
}
