using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Programming;

/// <summary>A linear programme with few rows: the least Σ c_j x_j with rowLow ≤ A x ≤ rowHigh and low ≤ x ≤ high.</summary>
/// <param name="Costs">One a variable; where it is negative the variable needs a finite upper bound, where it is not a finite lower one.</param>
/// <param name="Rows">A: one row a limit, one column a variable.</param>
/// <param name="RowLow">−∞ where there is no least.</param>
/// <param name="RowHigh">+∞ where there is no most.</param>
public sealed record BoundedProgramme(double[] Costs, Matrix Rows, double[] RowLow, double[] RowHigh, double[] Low, double[] High)
{
    /// <summary>How many variables.</summary>
    public int Size => Costs.Length;

    public double Objective(ReadOnlySpan<double> values) => Algebra.Dot(Costs, values);

    /// <summary>The same programme, once its lengths agree and each variable has the bound that its cost presses it against; throws otherwise.</summary>
    internal BoundedProgramme Require()
    {
        if (Rows.Columns != Size || Low.Length != Size || High.Length != Size) throw new ArgumentException($"{Rows.Columns} columns, {Low.Length} lower and {High.Length} upper bounds for {Size} variables");
        if (RowLow.Length != Rows.Rows || RowHigh.Length != Rows.Rows) throw new ArgumentException($"{RowLow.Length} least and {RowHigh.Length} most values for {Rows.Rows} rows");
        Rows.RequireFinite();
        for (var j = 0; j < Size; j++)
            if (!double.IsFinite(Costs[j]) || !double.IsFinite(Costs[j] < 0 ? High[j] : Low[j]) || double.IsNaN(Low[j]) || double.IsNaN(High[j]))
                throw new ArgumentException($"variable {j} costs {Costs[j]} between {Low[j]} and {High[j]}, which has no least");
        if (RowLow.Concat(RowHigh).Any(double.IsNaN)) throw new ArgumentException("a row's limit is not a number");
        return this;
    }
}
