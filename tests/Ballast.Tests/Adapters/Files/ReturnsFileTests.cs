using System.Globalization;
using Ballast.Adapters.Files;

namespace Ballast.Tests.Adapters.Files;

public sealed class ReturnsFileTests : IDisposable
{
    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public void A_table_with_times_has_a_series_a_column_and_gaps_where_cells_are_empty()
    {
        var table = Read("# from a back-test\ntimestamp,policy,hold\n2024-01-01,0.01,\n2024-01-02,-0.5,-1\n");

        Assert.Equal(["policy", "hold"], table.Names);
        Assert.Equal([Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2024, 1, 2, 0, 0)], table.Times);
        Assert.Equal([0.01, -0.5], table.Series[0]);
        Assert.Equal([double.NaN, -1], table.Series[1]);
    }

    [Fact]
    public void The_times_may_be_left_out()
    {
        var table = Read("A,B\n0.1,0.2\n");

        Assert.Equal(["A", "B"], table.Names);
        Assert.Empty(table.Times);
        Assert.Equal(1, table.Periods);
    }

    [Fact]
    public void A_first_row_of_numbers_is_data_and_the_columns_are_counted_from_A0()
    {
        var table = Read("# no header\n0.1,0.1\n0.3,0.4\n");

        Assert.Equal(["A0", "A1"], table.Names);
        Assert.Equal([0.1, 0.3], table.Series[0]);
        Assert.Equal([0.1, 0.4], table.Series[1]);
    }

    [Fact]
    public void Every_return_comes_back_to_its_last_bit()
    {
        var random = new Random(8);
        var returns = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble() * 0.2 - 0.1).ToArray();
        var packed = Written.Gzip("A\n" + string.Concat(returns.Select(r => r.ToString("R", CultureInfo.InvariantCulture) + "\n")));

        Assert.Equal(returns, ReturnsFile.Load(_written.File("returns.csv.gz", packed)).Value!.Series[0]);
    }

    private ReturnsTable Read(string text)
    {
        var reading = ReturnsFile.Load(_written.File("returns.csv", text));
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }
}
