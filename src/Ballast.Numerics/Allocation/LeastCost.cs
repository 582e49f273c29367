namespace Ballast.Numerics.Allocation;

/// <summary>The cost-aware rule: bands as wide as costs justify, whose centre moves in common so that the most opposite asset pays for a breach.</summary>
/// <remarks>
/// y = argmin ½ Σ (y_i − t_i)²/D_i + p Σ |y_i − w_i| with Σ y = total and bounds; D_i = (t_i(1 − t_i))^(2/3), p = (3κ/γ)^(1/3).
/// The exponent is that of the asymptotic one-asset width, in which the variance cancels; the metric has identity correlation.
/// </remarks>
public static class LeastCost
{
    /// <summary>y_i = clip(w_i, t_i + D_i(ν − p), t_i + D_i(ν + p)), then to the bounds, with the ν that gives the sum. No trade is due where y equals w, which is then returned to the bit.</summary>
    /// <param name="weights">w; they sum to the total.</param>
    /// <param name="targets">t, each in [0, 1].</param>
    /// <param name="cost">κ: proportional, one way.</param>
    /// <param name="riskAversion">γ.</param>
    /// <param name="minimum">No weight may be less.</param>
    /// <param name="maximum">No weight may be more.</param>
    /// <returns>The weights to hold, or <c>BandsInfeasible</c> where the bounds cannot give the total.</returns>
    public static Answer<double[]> Weights(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, double cost, double riskAversion, double minimum = 0, double maximum = 1)
    {
        Elements.RequireSameLength(weights.Length, targets.Length);
        Elements.RequireFinite(weights, nameof(weights));
        Elements.RequireNotNegative(targets, nameof(targets));
        if (!(cost >= 0 && cost < 1)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "a cost lies in [0, 1)");
        if (!(riskAversion > 0)) throw new ArgumentOutOfRangeException(nameof(riskAversion), riskAversion, "risk aversion must be positive");
        var total = Elements.Sum(targets);
        var (lowest, highest) = (new double[targets.Length], new double[targets.Length]);
        Array.Fill(lowest, minimum);
        Array.Fill(highest, maximum);
        if (Projection.Infeasible(lowest, highest, total) is { } refused) return refused;
        return new Rule(weights.ToArray(), targets.ToArray(), Math.Cbrt(3 * cost / riskAversion), minimum, maximum).Solve(total);
    }

    private sealed class Rule(double[] weights, double[] targets, double price, double minimum, double maximum)
    {
        // D_i: how much of a common shift each weight takes.
        private readonly double[] give = [.. targets.Select(t => Math.Cbrt(t * (1 - t)) is var root ? root * root : 0)];

        public Answer<double[]> Solve(double total)
        {
            if (Stays(total)) return weights;
            var open = give.Sum();
            var (before, after) = (double.IsInfinity(minimum) ? open : 0, double.IsInfinity(maximum) ? open : 0);
            var chosen = At(PiecewiseLinear.Root(SumAt, total, [.. Kinks()], before, after));
            // A target of 0 or 1 never moves, so that the bounds alone do not tell whether the total can be reached.
            return Math.Abs(chosen.Sum() - total) <= Elements.SumTolerance
                ? chosen
                : new Answer<double[]>.Refused("BandsInfeasible", $"within the bounds the weights sum to {chosen.Sum():R}, not {total:R}");
        }

        /// <summary>Whether some common shift leaves every weight inside its band.</summary>
        private bool Stays(double total)
        {
            if (Math.Abs(weights.Sum() - total) > 1e-15 * weights.Length) return false;
            var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i] < minimum || weights[i] > maximum) return false;
                if (give[i] == 0 && weights[i] != targets[i]) return false;
                if (give[i] == 0) continue;
                low = Math.Max(low, Position(i, weights[i]) - price);
                high = Math.Min(high, Position(i, weights[i]) + price);
            }
            return low <= high;
        }

        private double[] At(double shift)
        {
            var at = new double[weights.Length];
            for (var i = 0; i < at.Length; i++) at[i] = WeightAt(i, shift);
            return at;
        }

        private double SumAt(double shift)
        {
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++) sum += WeightAt(i, shift);
            return sum;
        }

        private double WeightAt(int i, double shift)
        {
            var (low, high) = (targets[i] + give[i] * (shift - price), targets[i] + give[i] * (shift + price));
            return Math.Clamp(Math.Clamp(weights[i], low, high), minimum, maximum);
        }

        private double Position(int i, double weight) => (weight - targets[i]) / give[i];

        /// <summary>The shifts at which a weight meets the edge of its moving band, and at which such an edge meets a bound.</summary>
        private IEnumerable<double> Kinks() =>
            from i in Enumerable.Range(0, weights.Length)
            where give[i] > 0
            from at in (double[])[weights[i], minimum, maximum]
            where double.IsFinite(at)
            from side in (double[])[-price, price]
            select Position(i, at) + side;
    }
}
