using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>The point with the least sum of distances to others: a mean that outliers cannot carry away.</summary>
public static class L1Median
{
    private const int MostIterations = 200;
    private const double Stop = 1e-9;

    /// <summary>Weiszfeld's iteration from the coordinate-wise median, which does not stall on a point (Vardi and Zhang 2000, PNAS 97).</summary>
    /// <param name="points">One a row.</param>
    /// <returns><c>TooFewObservations</c> without a point, or <c>NotFinite</c>.</returns>
    public static Answer<double[]> Of(Matrix points)
    {
        if (points.Rows == 0) return new Answer<double[]>.Refused("TooFewObservations", "there is no point");
        if (!points.Cells.All(x => Math.Abs(x) <= 1e100)) return new Answer<double[]>.Refused("NotFinite", "points must be numbers whose squares a double holds");
        double[] median = [.. Enumerable.Range(0, points.Columns).Select(i => MiddleOf(points.Column(i)))];
        for (var step = 0; step < MostIterations; step++)
        {
            var next = Step(points, median);
            var (change, size) = (next.Zip(median, (a, b) => Math.Abs(a - b)).Sum(), median.Sum(Math.Abs));
            median = next;
            if (change <= Stop * size) break;
        }
        return median;
    }

    /// <summary>y ← (1 − r) T̃ + r y with r = min(1, η/‖R‖), where η = 1 if y is one of the points.</summary>
    private static double[] Step(Matrix points, double[] y)
    {
        var (mean, pull, total, coincides) = (new double[y.Length], new double[y.Length], 0.0, false);
        for (var k = 0; k < points.Rows; k++)
        {
            double[] apart = [.. points.Row(k).ToArray().Zip(y, (a, b) => a - b)];
            var distance = Math.Sqrt(Algebra.Dot(apart, apart));
            coincides |= distance < 1e-15;
            if (distance < 1e-15) continue;
            total += 1 / distance;
            Algebra.Add(mean, 1 / distance, points.Row(k));
            Algebra.Add(pull, 1 / distance, apart);
        }
        if (total == 0) return y;
        var strength = Math.Sqrt(Algebra.Dot(pull, pull));
        var stay = !coincides ? 0 : strength > 1 ? 1 / strength : 1;
        return [.. mean.Zip(y, (m, at) => (1 - stay) * m / total + stay * at)];
    }

    private static double MiddleOf(double[] values)
    {
        Array.Sort(values);
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }
}
