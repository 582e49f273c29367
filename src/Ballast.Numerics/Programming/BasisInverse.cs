using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Programming;

/// <summary>The inverse of a basis, made anew by Gauss and Jordan with row exchanges.</summary>
internal sealed class BasisInverse(int size)
{
    private readonly Matrix work = new(size, 2 * size);

    public ReadOnlySpan<double> Row(int i) => work.Row(i)[size..];

    /// <summary>False where the columns depend on one another. Columns from <paramref name="own"/> on are those of the rows' activities, −e_i.</summary>
    public bool Of(int[] basis, Matrix table, int own)
    {
        Array.Clear(work.Cells);
        for (var k = 0; k < size; k++)
        {
            if (basis[k] >= own) work[basis[k] - own, k] = -1;
            else
                for (var i = 0; i < size; i++) work[i, k] = table[i, basis[k]];
            work[k, size + k] = 1;
        }
        for (var k = 0; k < size; k++)
            if (!Eliminate(k)) return false;
        return true;
    }

    private bool Eliminate(int k)
    {
        var pivot = k;
        for (var i = k + 1; i < size; i++)
            if (Math.Abs(work[i, k]) > Math.Abs(work[pivot, k])) pivot = i;
        if (!(Math.Abs(work[pivot, k]) > 1e-13)) return false;
        var row = work.Row(k);
        if (pivot != k)
            for (var c = k; c < row.Length; c++) (row[c], work[pivot, c]) = (work[pivot, c], row[c]);
        var inverse = 1 / row[k];
        for (var c = k; c < row.Length; c++) row[c] *= inverse;
        for (var i = 0; i < size; i++)
            if (i != k && work[i, k] != 0) Vectors.AddScaled(-work[i, k], row[k..], work.Row(i)[k..]);
        return true;
    }
}
