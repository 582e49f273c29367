namespace Ballast.Numerics.Convex;

/// <summary>Proofs that limits contradict each other: a sum of them, each times a price of its allowed sign, that no weights within the bounds can meet (Farkas 1902).</summary>
internal static class Infeasibility
{
    // Far above the rounding of the sums, relative to their size.
    private const double Margin = 1e-9;
    private const double TakesPart = 1e-6;

    /// <summary>A contradiction that needs no search: bounds against each other, against the sum, or against one linear limit.</summary>
    public static Contradiction? Obvious(Limits limits)
    {
        for (var i = 0; i < limits.Size; i++)
            if (limits.Lower[i] > limits.Upper[i])
                return new([$"lower[{i}]", $"upper[{i}]"], $"asset {i} must have at least {Share(limits.Lower[i])} and at most {Share(limits.Upper[i])}");
        var none = new double[limits.Rows.Count];
        foreach (var sign in new[] { 1.0, -1.0 })
            if (Proof(limits, new Multipliers(sign, [], none, 0)) is { } sum) return sum;
        for (var j = 0; j < limits.Rows.Count; j++)
            if (Proof(limits, new Multipliers(0, [], [.. none.Select((_, k) => k == j ? 1.0 : 0)], 0)) is { } row) return row;
        return double.IsFinite(limits.Turnover) ? Proof(limits, new Multipliers(0, [], none, 1)) : null;
    }

    /// <summary>The proof that some prices make, null where they make none: the least of Σ price · (limit's left side) over the bounds exceeds that of the right sides.</summary>
    public static Contradiction? Proof(Limits limits, Multipliers prices)
    {
        var size = Math.Max(Math.Max(Math.Abs(prices.Total), Math.Abs(prices.Turnover)), Vectors.MaxAbs(prices.Rows));
        if (!(size > 0) || !double.IsFinite(size)) return null;
        var (total, turnover) = (prices.Total / size, Math.Max(0, prices.Turnover / size));
        double[] rows = [.. prices.Rows.Select(y => y / size is var scaled && scaled > TakesPart ? scaled : 0)];
        var slope = Enumerable.Repeat(total, limits.Size).ToArray();
        var right = total * limits.Total + (turnover > 0 ? turnover * limits.Turnover : 0);
        for (var j = 0; j < rows.Length; j++)
        {
            Vectors.AddScaled(rows[j], limits.Rows[j].Coefficients, slope);
            right += rows[j] * limits.Rows[j].Most;
        }
        var (left, terms) = (0.0, Math.Abs(right));
        for (var i = 0; i < slope.Length; i++)
        {
            var least = Least(limits, i, slope[i], turnover);
            (left, terms) = (left + least, terms + Math.Abs(least));
        }
        return left - right > Margin * Math.Max(1e-3, terms) ? new(Names(limits, total, turnover, rows, slope), Sentence(limits, total, turnover, rows, slope)) : null;
    }

    /// <summary>The least of slope · w + price · |w − w⁰| within the bounds of one weight.</summary>
    private static double Least(Limits limits, int i, double slope, double price)
    {
        var (low, high) = (limits.Lower[i], limits.Upper[i]);
        if (Math.Abs(slope) <= 1e-13 && price == 0) return 0;
        double At(double w) => slope * w + (price > 0 ? price * Math.Abs(w - limits.Current[i]) : 0);
        if (double.IsInfinity(low) && slope > price) return double.NegativeInfinity;
        if (double.IsInfinity(high) && -slope > price) return double.NegativeInfinity;
        var least = double.PositiveInfinity;
        if (double.IsFinite(low)) least = Math.Min(least, At(low));
        if (double.IsFinite(high)) least = Math.Min(least, At(high));
        if (price > 0) least = Math.Min(least, At(Math.Clamp(limits.Current[i], low, high)));
        return double.IsPositiveInfinity(least) ? double.NegativeInfinity : least;
    }

    /// <summary>Searches: the limits give way to each other by least squares, and what each then gives way is its price in the proof.</summary>
    public static Contradiction? Search(Limits limits)
    {
        if (limits.Size == 0) return null;
        var small = Curvature.OfFactors(new Linear.Matrix(limits.Size, 0), new Linear.Matrix(0, 0), [.. Enumerable.Repeat(1e-9, limits.Size)]);
        var programme = new PortfolioProgramme(new(small, new double[limits.Size], limits), (_, _) => false, softness: 1);
        var (_, at) = InteriorPoint.Solve(programme);
        return Proof(limits, programme.Multipliers(at));
    }

    private static List<string> Names(Limits limits, double total, double turnover, double[] rows, double[] slope)
    {
        var names = new List<string>();
        if (Math.Abs(total) > TakesPart) names.Add("total");
        if (turnover > TakesPart) names.Add("turnover");
        for (var j = 0; j < rows.Length; j++)
            if (rows[j] > TakesPart) names.Add(limits.Rows[j].Name);
        for (var i = 0; i < slope.Length; i++)
        {
            var stop = Stop(limits, i, slope[i], turnover);
            if (stop != 0) names.Add(stop < 0 ? $"lower[{i}]" : $"upper[{i}]");
        }
        return names;
    }

    /// <summary>The bound, −1 lower and 1 upper, that keeps a weight from making the sum smaller; 0 where none does.</summary>
    private static int Stop(Limits limits, int i, double slope, double turnover)
    {
        if (Math.Abs(slope) > Math.Max(TakesPart, turnover)) return slope > 0 ? -1 : 1;
        if (turnover <= TakesPart) return 0;
        return limits.Current[i] < limits.Lower[i] ? -1 : limits.Current[i] > limits.Upper[i] ? 1 : 0;
    }

    /// <summary>The limits of the proof in words; assets by their places.</summary>
    private static string Sentence(Limits limits, double total, double turnover, double[] rows, double[] slope)
    {
        var parts = new List<string>();
        if (Math.Abs(total) > TakesPart) parts.Add($"weights that sum to {Share(limits.Total)}");
        for (var j = 0; j < rows.Length; j++)
            if (rows[j] > TakesPart) parts.Add(limits.Rows[j].Words);
        var stops = Enumerable.Range(0, slope.Length).GroupBy(i => Stop(limits, i, slope[i], turnover)).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var (side, words, bounds) in new[] { (-1, "at least", limits.Lower), (1, "at most", limits.Upper) })
            foreach (var alike in stops.GetValueOrDefault(side, []).GroupBy(i => bounds[i]))
                parts.Add($"{words} {Share(alike.Key)} of {(alike.Count() > 1 ? "each of " : "")}{string.Join(", ", alike.Select(i => $"asset {i}"))}");
        if (turnover > TakesPart) parts.Add($"at most {Share(limits.Turnover)} traded");
        return $"no weights meet all of these: {string.Join("; ", parts)}";
    }

    /// <summary>A share as sentences say it.</summary>
    public static string Share(double x) => x.ToString("0.####%", System.Globalization.CultureInfo.InvariantCulture);
}
