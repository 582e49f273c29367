namespace Ballast.Numerics.Allocation;

/// <summary>
/// One step of the no-trade rule: y_i = clip(w_i, t_i + D_i(ν − p_i), t_i + D_i(ν + p_i)), then to its bounds, with the one ν that gives the sum.
/// A group at a bound of its sum has a shift of its own: the members take ν clipped to the range in which the sum keeps its bounds.
/// </summary>
internal sealed class NoTradeStep(double[] targets, double[] room, double[] price, double[] weights, double[] low, double[] high, IReadOnlyList<WeightGroup> groups)
{
    private readonly (double From, double To)[] _shifts = [.. targets.Select(_ => (double.NegativeInfinity, double.PositiveInfinity))];

    public Answer<NoTradePoint> Solve(double total)
    {
        var (least, most) = Span();
        if (Inside(total) && least <= most) return Point(Math.Clamp(0, least, most), stays: true);
        foreach (var group in groups)
            if (Bind(group) is { } contradiction) return contradiction;
        var all = Enumerable.Range(0, weights.Length).ToArray();
        if (Projection.Infeasible(low, high, total) is { } refused) return new Answer<NoTradePoint>.Refused(refused.Code, refused.Reason);
        var shift = RootOf(all, total);
        var point = Point(shift, stays: false);
        // A target without room never moves, and groups may leave no room, so that the bounds alone do not tell whether the total can be reached.
        return Math.Abs(point.Weights.Sum() - total) <= Elements.SumTolerance ? point
            : new Answer<NoTradePoint>.Refused("BandsInfeasible", $"within the bounds the weights sum to {point.Weights.Sum():R}, not {total:R}");
    }

    /// <summary>The common shifts that leave every weight inside its band; a weight that cannot go further is no reason to shift.</summary>
    private (double Least, double Most) Span()
    {
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > low[i]) least = Math.Max(least, Position(i, weights[i]) - price[i]);
            if (weights[i] < high[i]) most = Math.Min(most, Position(i, weights[i]) + price[i]);
        }
        return (least, most);
    }

    private bool Inside(double total)
    {
        if (Math.Abs(weights.Sum() - total) > 1e-15 * weights.Length) return false;
        for (var i = 0; i < weights.Length; i++)
            if (weights[i] < low[i] || weights[i] > high[i]) return false;
        foreach (var group in groups)
            if (group.Members.Sum(i => weights[i]) is var sum && (sum < group.Low - NoTradeRegion.Same || sum > group.High + NoTradeRegion.Same)) return false;
        return true;
    }

    /// <summary>The shifts between which a group's sum keeps its bounds.</summary>
    private Answer<NoTradePoint>.Refused? Bind(WeightGroup group)
    {
        var (least, most) = (group.Members.Sum(i => low[i]), group.Members.Sum(i => high[i]));
        if (most < group.Low - Elements.SumTolerance || least > group.High + Elements.SumTolerance || group.Low > group.High)
            return new("BandsInfeasible", $"a group that can hold {least:R} to {most:R} is to hold {group.Low:R} to {group.High:R}");
        var from = least < group.Low ? RootOf(group.Members, Math.Min(group.Low, most)) : double.NegativeInfinity;
        var to = most > group.High ? RootOf(group.Members, Math.Max(group.High, least)) : double.PositiveInfinity;
        foreach (var i in group.Members) _shifts[i] = (from, Math.Max(from, to));
        return null;
    }

    private double RootOf(int[] places, double total)
    {
        double[] kinks = [.. places.SelectMany(Kinks).Concat(places.SelectMany(i => (double[])[_shifts[i].From, _shifts[i].To])).Where(double.IsFinite)];
        return PiecewiseLinear.Root(Sum, total, kinks, places.Sum(i => double.IsInfinity(low[i]) ? room[i] : 0), places.Sum(i => double.IsInfinity(high[i]) ? room[i] : 0));

        double Sum(double shift)
        {
            var sum = 0.0;
            foreach (var i in places) sum += WeightAt(i, shift);
            return sum;
        }
    }

    private NoTradePoint Point(double shift, bool stays)
    {
        var n = weights.Length;
        var (at, from, to) = (stays ? weights : new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            (from[i], to[i]) = Edges(i, shift);
            if (!stays) at[i] = WeightAt(i, shift);
        }
        var (way, over, under) = Way();
        return new(at, from, to, shift, stays ? Math.Min(way, 1) : Math.Max(way, Math.BitIncrement(1)), over, under);
    }

    /// <summary>
    /// The least s for which bands of s times the width would still hold every weight: max (x_j − x_k)/(p_j + p_k) over pairs, x the position.
    /// Found from below, pair by pair, as the widest apart change with s.
    /// </summary>
    private (double Way, int Over, int Under) Way()
    {
        var (way, over, under) = (0.0, -1, -1);
        for (var round = 0; round <= 2 * weights.Length; round++)
        {
            var (most, least, j, k) = (double.NegativeInfinity, double.PositiveInfinity, -1, -1);
            for (var i = 0; i < weights.Length; i++)
            {
                var x = Position(i, weights[i]);
                if (weights[i] > low[i] && x - way * price[i] > most) (most, j) = (x - way * price[i], i);
                if (weights[i] < high[i] && x + way * price[i] < least) (least, k) = (x + way * price[i], i);
            }
            if (j < 0 || k < 0 || !(most > least)) break;
            (over, under) = (j, k);
            var next = (Position(j, weights[j]) - Position(k, weights[k])) / (price[j] + price[k]);
            if (!(next > way)) break;
            way = next;
        }
        return (way, over, under);
    }

    private (double Low, double High) Edges(int i, double shift)
    {
        var own = Math.Clamp(shift, _shifts[i].From, _shifts[i].To);
        return (Math.Clamp(targets[i] + room[i] * (own - price[i]), low[i], high[i]), Math.Clamp(targets[i] + room[i] * (own + price[i]), low[i], high[i]));
    }

    private double WeightAt(int i, double shift) => Edges(i, shift) is var (from, to) ? Math.Clamp(weights[i], from, to) : 0;

    /// <summary>How far a weight is from its target for its room; one without room is infinitely far, or there.</summary>
    private double Position(int i, double weight) => weight == targets[i] ? 0 : (weight - targets[i]) / room[i];

    /// <summary>The shifts at which a weight meets the edge of its moving band, and at which such an edge meets a bound.</summary>
    private IEnumerable<double> Kinks(int i) =>
        room[i] == 0 ? [] : from at in (double[])[weights[i], low[i], high[i]] from side in (double[])[-price[i], price[i]] select Position(i, at) + side;
}
