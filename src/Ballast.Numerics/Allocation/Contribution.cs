namespace Ballast.Numerics.Allocation;

/// <summary>How a deposit is spread over assets when nothing may be sold.</summary>
public static class Contribution
{
    /// <summary>x_i = max(g_i − m, 0), g_i = t_i(V + D) − v_i: the least sum of squared distances from the targets.</summary>
    public static Answer<double[]> LeastSquares(ReadOnlySpan<double> values, ReadOnlySpan<double> targets, double deposit)
    {
        if (Faulty(values, targets, deposit) is { } refused) return refused;
        if (deposit == 0) return new double[values.Length];
        var gaps = Gaps(values, targets, deposit);
        var shift = PiecewiseLinear.Root(by => gaps.Sum(gap => Math.Max(gap + by, 0)), deposit, [.. gaps.Select(gap => -gap)], 0, gaps.Length);
        return gaps.Select(gap => Math.Max(gap + shift, 0)).ToArray();
    }

    /// <summary>x_i = max(m t_i − v_i, 0): raises the lowest v/t first, and so makes the largest relative underweight least.</summary>
    public static Answer<double[]> MinRatioWaterFill(ReadOnlySpan<double> values, ReadOnlySpan<double> targets, double deposit)
    {
        if (Faulty(values, targets, deposit) is { } refused) return refused;
        if (deposit == 0) return new double[values.Length];
        var (v, t) = (values.ToArray(), targets.ToArray());
        var kinks = v.Zip(t, (held, target) => held / target).Where(double.IsFinite).ToArray();
        var level = PiecewiseLinear.Root(m => v.Zip(t, (held, target) => Math.Max(m * target - held, 0)).Sum(), deposit, kinks, 0, t.Sum());
        return v.Zip(t, (held, target) => Math.Max(level * target - held, 0)).ToArray();
    }

    /// <summary>x_i in proportion to max(g_i, 0).</summary>
    public static Answer<double[]> ProportionalGap(ReadOnlySpan<double> values, ReadOnlySpan<double> targets, double deposit)
    {
        if (Faulty(values, targets, deposit) is { } refused) return refused;
        if (deposit == 0) return new double[values.Length];
        var gaps = Gaps(values, targets, deposit);
        var open = gaps.Sum(gap => Math.Max(gap, 0));
        return gaps.Select(gap => deposit * (Math.Max(gap, 0) / open)).ToArray();
    }

    private static double[] Gaps(ReadOnlySpan<double> values, ReadOnlySpan<double> targets, double deposit)
    {
        var after = Elements.Sum(values) + deposit;
        var gaps = new double[values.Length];
        for (var i = 0; i < gaps.Length; i++) gaps[i] = targets[i] * after - values[i];
        return gaps;
    }

    internal static Answer<double[]>.Refused? Faulty(ReadOnlySpan<double> values, ReadOnlySpan<double> targets, double flow)
    {
        Elements.RequireSameLength(values.Length, targets.Length);
        Elements.RequireNotNegative(values, nameof(values));
        Elements.RequireNotNegative(targets, nameof(targets));
        Elements.RequireNotNegative([flow], nameof(flow));
        var sum = Elements.Sum(targets);
        return Math.Abs(sum - 1) <= Elements.SumTolerance ? null : new("TargetsNotNormalised", $"the targets sum to {sum:R}, not 1");
    }
}
