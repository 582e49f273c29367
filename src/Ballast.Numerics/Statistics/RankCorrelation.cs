using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Association of the order of two series, which no monotone change of scale and no outlier distorts.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's ρ: Pearson's correlation of ranks, ties at their mean rank.</summary>
    /// <param name="table">T by n.</param>
    /// <returns><c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c> where the table has none.</returns>
    public static Answer<Correlations> Spearman(Matrix table)
    {
        if (Fault.OfReturns(table) is { } fault) return fault.As<Correlations>();
        var ranks = Matrix.FromRows([.. Enumerable.Range(0, table.Columns).Select(i => Ranks(table.Column(i)))]).Transposed();
        return Correlations.Of(ranks, (x, y) => Correlation.Of(x, y));
    }

    /// <summary>Kendall's τ-b (Kendall 1945): (concordant − discordant) / √((N − ties in x)(N − ties in y)), N = T(T−1)/2.</summary>
    /// <param name="table">T by n.</param>
    /// <returns><c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c> where the table has none.</returns>
    public static Answer<Correlations> Kendall(Matrix table) =>
        Fault.OfReturns(table) is { } fault ? fault.As<Correlations>() : Correlations.Of(table, TauB);

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(t => values[t]).ToArray();
        var ranks = new double[values.Length];
        for (int first = 0, next; first < order.Length; first = next)
        {
            next = first + 1;
            while (next < order.Length && values[order[next]] == values[order[first]]) next++;
            for (var k = first; k < next; k++) ranks[order[k]] = (first + next + 1) / 2.0;
        }
        return ranks;
    }

    /// <summary>Discordant pairs are the exchanges of a merge sort by y of what is in the order of x (Knight 1966), T log T steps.</summary>
    private static double? TauB(double[] x, double[] y)
    {
        var order = Enumerable.Range(0, x.Length).OrderBy(t => x[t]).ThenBy(t => y[t]).ToArray();
        var all = (double)x.Length * (x.Length - 1) / 2;
        var tiedX = TiedPairs(order, (a, b) => x[a] == x[b]);
        var tiedBoth = TiedPairs(order, (a, b) => x[a] == x[b] && y[a] == y[b]);
        var exchanges = Exchanges([.. order.Select(t => y[t])], new double[x.Length]);
        var tiedY = TiedPairs([.. order.OrderBy(t => y[t])], (a, b) => y[a] == y[b]);
        var free = Math.Sqrt(all - tiedX) * Math.Sqrt(all - tiedY);
        return free == 0 ? null : Math.Clamp((all - tiedX - tiedY + tiedBoth - 2 * exchanges) / free, -1, 1);
    }

    private static double TiedPairs(int[] order, Func<int, int, bool> tied)
    {
        double pairs = 0, run = 0;
        for (var k = 1; k < order.Length; k++) pairs += run = tied(order[k - 1], order[k]) ? run + 1 : 0;
        return pairs;
    }

    private static double Exchanges(Span<double> values, Span<double> spare)
    {
        if (values.Length < 2) return 0;
        var middle = values.Length / 2;
        var count = Exchanges(values[..middle], spare) + Exchanges(values[middle..], spare);
        int left = 0, right = middle;
        for (var k = 0; k < values.Length; k++)
        {
            var fromLeft = right == values.Length || left < middle && values[left] <= values[right];
            if (!fromLeft) count += middle - left;
            spare[k] = fromLeft ? values[left++] : values[right++];
        }
        spare[..values.Length].CopyTo(values);
        return count;
    }
}
