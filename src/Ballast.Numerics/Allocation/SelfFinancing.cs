namespace Ballast.Numerics.Allocation;

/// <summary>Trades that reach the target weights of what is left after paying for those very trades.</summary>
/// <param name="PostValue">Net asset value V' after costs.</param>
/// <param name="TradesValue">x_i = t_i V' − v_i: positive buys.</param>
/// <param name="Fees">Σ κ_i |x_i| = V − V'.</param>
/// <param name="PostCash">(1 − Σ t_i) V'.</param>
public sealed record SelfFinancing(double PostValue, double[] TradesValue, double Fees, double PostCash)
{
    /// <summary>The root V' of V' + Σ κ_i |t_i V' − v_i| = V, exactly: the left side is linear between the kinks v_i/t_i.</summary>
    /// <param name="values">v_i, of all assets but cash.</param>
    /// <param name="cash">Cash; V = Σ v_i + cash.</param>
    /// <param name="targets">t_i of the same assets; cash keeps the rest.</param>
    /// <param name="rates">κ_i, one-way proportional cost in [0, 1).</param>
    /// <returns><c>CostsExceedTargets</c> where Σ κ_i |t_i| ≥ 1, for then there may be no root or several; <c>NavNotPositive</c> where V or V' is not positive.</returns>
    public static Answer<SelfFinancing> Solve(ReadOnlySpan<double> values, double cash, ReadOnlySpan<double> targets, ReadOnlySpan<double> rates)
    {
        Elements.RequireSameLength(values.Length, targets.Length, rates.Length);
        var (v, t, k) = (values.ToArray(), targets.ToArray(), rates.ToArray());
        Elements.RequireFinite(v, nameof(values));
        Elements.RequireFinite(t, nameof(targets));
        Elements.RequireFinite([cash], nameof(cash));
        if (k.FirstOrDefault(x => !(x >= 0 && x < 1), 0) is var bad and not 0) throw new ArgumentException($"a cost rate of {bad} is not in [0, 1)", nameof(rates));
        var steepest = k.Zip(t, (rate, target) => rate * Math.Abs(target)).Sum();
        if (steepest >= 1) return new Answer<SelfFinancing>.Refused("CostsExceedTargets", $"costs of the full target are {steepest:R} of the value, not below 1");
        var value = Elements.Sum(v) + cash;
        if (!(value > 0)) return new Answer<SelfFinancing>.Refused("NavNotPositive", $"the book is worth {value:R}");
        var kinks = v.Zip(t, (held, target) => held / target).Where(double.IsFinite).ToArray();
        var left = PiecewiseLinear.Root(after => after + Costs(v, t, k, after), value, kinks, 1 - steepest, 1 + steepest);
        if (!(left > 0)) return new Answer<SelfFinancing>.Refused("NavNotPositive", $"the trades would leave {left:R} of {value:R}");
        return new SelfFinancing(left, [.. t.Select((target, i) => target * left - v[i])], Costs(v, t, k, left), (1 - Elements.Sum(t)) * left);
    }

    private static double Costs(double[] values, double[] targets, double[] rates, double after)
    {
        var costs = 0.0;
        for (var i = 0; i < values.Length; i++) costs += rates[i] * Math.Abs(targets[i] * after - values[i]);
        return costs;
    }
}
