using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>What one unit of money became under a rule.</summary>
/// <param name="Wealth">After each day.</param>
/// <param name="Weights">Chosen for the day after the last.</param>
public sealed record OnlineRun(double[] Wealth, double[] Weights)
{
    /// <summary>No price goes this far in a day; a table that says so holds no relatives, and its squares would end the arithmetic.</summary>
    private const double MostInADay = 1e9;

    /// <summary>A day multiplies wealth by f = (b·x)(1 − (c/2) Σ|b − b̂|), b̂ = b∘x/f of the day before and 0 before the first; the toolbox's rule, by which b̂ sums to slightly more than one.</summary>
    /// <param name="relatives">x: close over previous close, T by n.</param>
    /// <param name="cost">c in [0, 1): of a purchase and sale together.</param>
    /// <returns><c>RelativeNotPositive</c>, <c>CostOutOfRange</c>, <c>DimensionMismatch</c>, or <c>TooFewObservations</c> without a day; <c>WealthOutOfRange</c> beyond what a double holds.</returns>
    public static Answer<OnlineRun> Of(Matrix relatives, OnlinePortfolio portfolio, double cost = 0)
    {
        if (FaultOf(relatives) is { } refused) return new Answer<OnlineRun>.Refused(refused.Code, refused.Reason);
        if (!(cost >= 0 && cost < 1)) return new Answer<OnlineRun>.Refused("CostOutOfRange", $"a cost of {cost} is not in [0, 1)");
        if (portfolio.Weights.Length != relatives.Columns) return new Answer<OnlineRun>.Refused("DimensionMismatch", $"a rule for {portfolio.Weights.Length} assets and prices of {relatives.Columns}");
        var (wealth, held, curve) = (1.0, new double[relatives.Columns], new double[relatives.Rows]);
        for (var day = 0; day < relatives.Rows; day++)
        {
            var (b, x) = (portfolio.Weights, relatives.Row(day).ToArray());
            var traded = b.Zip(held, (wanted, has) => Math.Abs(wanted - has)).Sum();
            var factor = Algebra.Dot(b, x) * (1 - cost / 2 * traded);
            curve[day] = wealth *= factor;
            if (!(wealth > 0 && double.IsFinite(wealth))) return new Answer<OnlineRun>.Refused("WealthOutOfRange", $"wealth is {wealth} after day {day}");
            for (var i = 0; i < held.Length; i++) held[i] = b[i] * x[i] / factor;
            portfolio.Learn(relatives, day);
            if (!portfolio.Weights.All(double.IsFinite)) return new Answer<OnlineRun>.Refused("WealthOutOfRange", $"prices leave the range of a double on day {day}");
        }
        return new OnlineRun(curve, portfolio.Weights);
    }

    internal static Answer<double[]>.Refused? FaultOf(Matrix relatives) =>
        relatives.Cells.Length == 0 ? new("TooFewObservations", "there is no day or no asset")
        : Array.FindIndex(relatives.Cells, x => !(x >= 1 / MostInADay && x <= MostInADay)) is var at and >= 0
            ? new("RelativeNotPositive", $"[{at / relatives.Columns},{at % relatives.Columns}] is {relatives.Cells[at]}, not a price over the one before")
            : null;
}
