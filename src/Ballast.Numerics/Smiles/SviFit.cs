namespace Ballast.Numerics.Smiles;

/// <summary>The SVI slice of some quotes: first where its wings meet and how round it is, then all of it at once, then less and less arbitrage.</summary>
internal static class SviFit
{
    private const double FirstPenalty = 1e-2, FirstMargin = 1e-3;
    private const int MostRounds = 12;

    public static SmileFit Of(double forward, double years, SmileQuote[] sorted)
    {
        var quotes = WeightedQuotes.Of(sorted, years);
        var reach = ButterflyCheck.Reach(new SviSmile(forward, years, Level(quotes)));
        var polish = new SviPolish(quotes, reach);
        var slice = polish.From(Rough(quotes));
        var check = ButterflyCheck.Of(slice.At, reach);
        var repaired = !check.Holds;
        for (var round = 0; !check.Holds && round < MostRounds; round++)
        {
            polish.Watch(check.At);
            slice = polish.From(slice, FirstPenalty * Math.Pow(10, round), FirstMargin * Math.Pow(0.5, round));
            check = ButterflyCheck.Of(slice.At, reach);
        }
        return SmileFit.Judged(new SviSmile(forward, years, slice), SmileMethod.Svi, sorted, repaired, null);
    }

    /// <summary>The best of searches over (m, ln s) from six places.</summary>
    private static RawSvi Rough(WeightedQuotes quotes)
    {
        var (low, high) = (quotes.K[0], quotes.K[^1]);
        var (width, best) = (high - low, (X: 0.0, Y: 0.0, Value: double.PositiveInfinity));
        foreach (var m in (double[])[low + 0.25 * width, low + 0.5 * width, low + 0.75 * width])
            foreach (var s in (double[])[0.05 * width, 0.3 * width])
            {
                var found = PlaneSearch.Minimise((m, logS) => Off(quotes, m, logS, width), m, Math.Log(s), 0.1 * width, 0.7, 60, 1e-4);
                if (found.Value < best.Value) best = found;
            }
        return SviSplit.Best(quotes, best.X, Math.Exp(best.Y));
    }

    /// <summary>The error, beyond all bounds where the wings meet far outside of the quotes.</summary>
    private static double Off(WeightedQuotes quotes, double m, double logS, double width) =>
        m < quotes.K[0] - width || m > quotes.K[^1] + width || Math.Abs(logS) > 9 ? double.PositiveInfinity : quotes.Squares(SviSplit.Best(quotes, m, Math.Exp(logS)));

    /// <summary>The variance nearest to the forward, at all strikes.</summary>
    private static RawSvi Level(WeightedQuotes quotes) => new(quotes.W[Array.IndexOf(quotes.K, quotes.K.MinBy(Math.Abs))], 0, 0, 0, 1);
}
