using Ballast.Numerics.Linear;

namespace Ballast.Tests.Numerics.Linear;

public class MatrixTests
{
    [Fact]
    public void Rows_of_cells_times_a_vector() =>
        Assert.Equal([1 * 5 + 2 * 6, 3 * 5 + 4 * 6], Matrix.FromRows([[1, 2], [3, 4]]).Times([5, 6]));

    [Fact]
    public void Asymmetry_is_refused_with_both_values()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Matrix.FromRows([[1, 0.5], [0.4, 1]]).RequireSymmetric());
        Assert.Contains("0.4", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("0.5", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_is_refused() => Assert.Throws<ArgumentException>(() => Matrix.FromRows([[1, double.NaN], [double.NaN, 1]]).RequireSymmetric());

    [Fact]
    public void Rows_of_different_length_are_refused() => Assert.Throws<ArgumentException>(() => Matrix.FromRows([[1, 2], [3]]));
}
