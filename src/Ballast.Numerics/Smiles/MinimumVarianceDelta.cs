using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Smiles;

/// <summary>One observed move of an option, to learn from.</summary>
/// <param name="ValueChange">Of the option, in money.</param>
/// <param name="PriceChange">Of the underlying.</param>
/// <param name="Delta">Black's delta before the move; <paramref name="Vega"/> for 1.00 of volatility.</param>
public readonly record struct OptionMove(double ValueChange, double PriceChange, double Price, double Delta, double Vega, double Years);

/// <summary>The delta that leaves the least variance: Δ + vega/(S√T) (a + bΔ + cΔ²), because volatility tends to move with the price.</summary>
/// <remarks>Hull and White (2017), "Optimal delta hedging for options", equation 6.</remarks>
public readonly record struct MinimumVarianceDelta(double A, double B, double C)
{
    private const int LeastObservations = 20;

    public double Of(double delta, double vega, double price, double years) => delta + vega / (price * Math.Sqrt(years)) * (A + B * delta + C * delta * delta);

    /// <summary>Least squares of what Black's delta left unhedged; calls and puts are fitted apart, over a rolling history.</summary>
    /// <returns><c>InsufficientData</c> below 20 moves; <c>SingularRegressors</c> where all deltas are alike.</returns>
    public static Answer<MinimumVarianceDelta> Fit(IReadOnlyList<OptionMove> moves)
    {
        if (moves.Count < LeastObservations) return new Answer<MinimumVarianceDelta>.Refused("InsufficientData", $"{moves.Count} moves; {LeastObservations} are needed");
        var (x, unhedged) = (new Matrix(moves.Count, 3), new double[moves.Count]);
        for (var t = 0; t < moves.Count; t++)
        {
            var move = moves[t];
            var scale = move.Vega / Math.Sqrt(move.Years) * (move.PriceChange / move.Price);
            (x[t, 0], x[t, 1], x[t, 2]) = (scale, scale * move.Delta, scale * move.Delta * move.Delta);
            unhedged[t] = move.ValueChange - move.Delta * move.PriceChange;
        }
        return NeweyWest.Of(x, unhedged, 0).Then<MinimumVarianceDelta>(fit => new MinimumVarianceDelta(fit.Coefficients[0], fit.Coefficients[1], fit.Coefficients[2]));
    }
}
