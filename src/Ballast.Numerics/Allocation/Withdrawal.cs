namespace Ballast.Numerics.Allocation;

/// <summary>Which assets are sold to pay a sum out when nothing may be bought.</summary>
public static class Withdrawal
{
    /// <summary>Sales x_i = min(max(g_i − m, 0), v_i), g_i = v_i − t_i(V − W): the least sum of squared distances from the targets.</summary>
    /// <returns>The sales as positive numbers, or <c>InsufficientLiquidity</c> where more is asked for than is held.</returns>
    public static Answer<double[]> LeastSquares(ReadOnlySpan<double> values, ReadOnlySpan<double> targets, double amount)
    {
        if (Contribution.Faulty(values, targets, amount) is { } refused) return refused;
        var (v, held) = (values.ToArray(), Elements.Sum(values));
        if (amount > held) return new Answer<double[]>.Refused("InsufficientLiquidity", $"{amount:R} is asked for and at most {held:R} can be sold");
        if (amount == 0) return new double[v.Length];
        var excess = new double[v.Length];
        for (var i = 0; i < v.Length; i++) excess[i] = v[i] - targets[i] * (held - amount);
        double[] kinks = [.. excess.Select(x => -x), .. excess.Select((x, i) => v[i] - x)];
        var shift = PiecewiseLinear.Root(by => excess.Select((x, i) => Math.Clamp(x + by, 0, v[i])).Sum(), amount, kinks, 0, 0);
        return excess.Select((x, i) => Math.Clamp(x + shift, 0, v[i])).ToArray();
    }
}
