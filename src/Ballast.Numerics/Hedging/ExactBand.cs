using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Hedging;

/// <summary>The holdings between which the hedge of a position that expires at one date is best left alone, today, for exponential utility and proportional costs.</summary>
/// <param name="Lower">Coins held: with fewer, buy up to it.</param>
/// <param name="Upper">With more, sell down to it.</param>
/// <remarks>
/// Davis, Panas and Zariphopoulou (1993) without drift and interest: backwards through a binomial tree, Q(S, y), the least expected e^(−γ wealth), is E[Q(S′, y)] or, if less,
/// what it is at another y after trading there. What is held at the end is worth its price. Grows with the square of the steps; the bands above approximate it.
/// </remarks>
public sealed record ExactBand(double Lower, double Upper)
{
    public double Centre => (Lower + Upper) / 2;

    public double HalfWidth => (Upper - Lower) / 2;

    /// <param name="terms">Spot, volatility, time, cost and aversion; gamma follows from the payoff, interest is not taken into account.</param>
    /// <param name="payoff">What the position pays at expiry as a function of the price then.</param>
    /// <param name="holdings">The least and the most that may be held; the band has to be inside.</param>
    /// <param name="steps">Of the tree; coarse ones give too narrow a band, by 5 to 10 % at 240.</param>
    /// <param name="points">Of the grid of holdings.</param>
    /// <returns>Refused as AversionTooLarge where the utility of the worst outcome is beyond the range of a double.</returns>
    public static Answer<ExactBand> Of(HedgeTerms terms, Func<double, double> payoff, (double Least, double Most) holdings, int steps = 240, int points = 560)
    {
        terms.Check();
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, "there is one step at least");
        if (points < 3 || !(holdings.Least < holdings.Most)) throw new ArgumentOutOfRangeException(nameof(holdings), holdings, "a grid has three points and a width");
        var tree = new PriceTree(terms, steps);
        var (rise, width) = (1 / (1 + tree.Up), (holdings.Most - holdings.Least) / (points - 1));
        var rows = Enumerable.Range(0, steps + 1).Select(i => End(tree.At(steps, i), terms, payoff, holdings.Least, width, points)).ToArray();
        if (rows.Any(row => !(row.Min() > 1e-300 && row.Max() < 1e300))) return new Answer<ExactBand>.Refused("AversionTooLarge", $"an aversion of {terms.Aversion:R} makes utilities that no double holds");
        for (var n = steps - 1; n >= 0; n--)
            for (var i = 0; i <= n; i++)
            {
                Mean(rows[i], rows[i + 1], rise);
                if (n > 0) Trade(rows[i], terms, tree.At(n, i), width);
            }
        var slope = terms.Aversion * terms.Cost * terms.Spot * width;
        return new ExactBand(holdings.Least + width * Crossing(rows[0], -slope), holdings.Least + width * Crossing(rows[0], slope));
    }

    private static double[] End(double price, HedgeTerms terms, Func<double, double> payoff, double least, double width, int points)
    {
        var (paid, row) = (payoff(price), new double[points]);
        for (var k = 0; k < points; k++) row[k] = Math.Exp(-terms.Aversion * (paid + (least + k * width) * (price - terms.Spot)));
        return row;
    }

    /// <summary>What is expected of the two prices that can follow.</summary>
    private static void Mean(Span<double> row, ReadOnlySpan<double> higher, double rise)
    {
        var own = MemoryMarshal.Cast<double, Vector512<double>>(row);
        var next = MemoryMarshal.Cast<double, Vector512<double>>(higher);
        var (up, down) = (Vector512.Create(rise), Vector512.Create(1 - rise));
        for (var k = 0; k < own.Length; k++) own[k] = down * own[k] + up * next[k];
        for (var k = own.Length * 8; k < row.Length; k++) row[k] = (1 - rise) * row[k] + rise * higher[k];
    }

    /// <summary>A step of the grid may be bought or sold at this price, with the cost; holdings are counted from what they were worth at the start.</summary>
    private static void Trade(double[] row, HedgeTerms terms, double price, double width)
    {
        var bought = Math.Exp(terms.Aversion * width * (price * (1 + terms.Cost) - terms.Spot));
        var sold = Math.Exp(-terms.Aversion * width * (price * (1 - terms.Cost) - terms.Spot));
        var (lower, upper) = (First(row, 1 / bought), First(row, sold));
        for (var k = lower - 1; k >= 0; k--) row[k] = row[k + 1] * bought;
        for (var k = upper + 1; k < row.Length; k++) row[k] = row[k - 1] * sold;
    }

    /// <summary>The first point from which a step multiplies the row by so much or more; the row's logarithm is convex, so that halving finds it.</summary>
    private static int First(double[] row, double factor)
    {
        var (low, high) = (0, row.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (row[middle + 1] < row[middle] * factor) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Where the slope of the row's logarithm, which rises, is this; in steps of the grid, between its differences.</summary>
    private static double Crossing(double[] row, double slope)
    {
        double SlopeAt(int k) => Math.Log(row[k + 1] / row[k]);
        var k = Math.Min(First(row, Math.Exp(slope)), row.Length - 2);
        if (k == 0) return 0.5;
        var (before, now) = (SlopeAt(k - 1), SlopeAt(k));
        return k - 0.5 + (slope - before) / (now - before);
    }

    /// <summary>Prices that rise or fall by one factor, none further than seven standard deviations of the whole time.</summary>
    private readonly struct PriceTree(HedgeTerms terms, int steps)
    {
        private readonly double spot = terms.Spot, step = terms.Volatility * Math.Sqrt(terms.Years / steps), furthest = 7 * Math.Sqrt(steps);

        public double Up => Math.Exp(step);

        public double At(int n, int rises) => spot * Math.Exp(step * Math.Clamp(2 * rises - n, -furthest, furthest));
    }
}
