using Ballast.Adapters.Files;
using Ballast.Engine.Backtests;

namespace Ballast.App.Commands;

/// <summary>What <c>metrics</c> was asked, as written.</summary>
internal sealed record MetricsRequest(string Returns, string? Benchmark, string? Against, double RiskFree, string Calendar, ulong Seed)
{
    /// <summary>Reads the files; every fault is thrown at once.</summary>
    public MetricsSeries Read(bool asJson)
    {
        var inputs = new Inputs(asJson);
        var table = inputs.Returns(Returns);
        inputs.Check();
        var apart = Benchmark is { } wish && !table!.Names.Contains(wish) ? inputs.Returns(RequireFile(wish, table)) : null;
        inputs.Check();
        var aligned = apart is null ? null : Aligned(table!, apart);
        var settings = new BacktestSettings().OnCalendar(Calendar);
        return new MetricsSeries(table!, Benchmark, aligned ?? Column(table!, Benchmark, "--benchmark"), Rival(table!), BarsAYear.Of(table!.Spacing, settings), RiskFree, Seed);
    }

    /// <summary>The name of the series that the others are compared with; null where there is but one.</summary>
    private string? Rival(ReturnsTable table)
    {
        if (Against is not null && Against != Benchmark) _ = Column(table, Against, "--against");
        var of = Against ?? Benchmark ?? table.Names[^1];
        return table.Names.Any(n => n != of) ? of : null;
    }

    private static double[]? Column(ReturnsTable table, string? name, string option) => name is null ? null
        : table.Names.IndexOf(name) is >= 0 and var at ? table.Series[at]
        : throw new InvalidInputException($"{option}: there is no series `{name}`; there are {string.Join(", ", table.Names.Take(20))}");

    private static string RequireFile(string name, ReturnsTable table) => File.Exists(name) ? name
        : throw new InvalidInputException($"--benchmark: `{name}` is neither a file nor a series; the series are {string.Join(", ", table.Names.Take(20))}");

    /// <summary>The one series of a file on the periods of the table: by time where both have times, else row by row.</summary>
    private double[] Aligned(ReturnsTable table, ReturnsTable benchmark)
    {
        if (benchmark.Names.Length != 1) throw new InvalidInputException($"--benchmark {Benchmark}: the file has {benchmark.Names.Length} series; expected one");
        if (table.Times.IsEmpty != benchmark.Times.IsEmpty) throw new InvalidInputException($"--benchmark {Benchmark}: one of the two files has no times, so that they cannot be aligned");
        if (table.Times.IsEmpty)
            return benchmark.Periods == table.Periods ? benchmark.Series[0]
                : throw new InvalidInputException($"--benchmark {Benchmark}: {benchmark.Periods} returns against {table.Periods}, and no times to align them by");
        var at = benchmark.Times.Zip(benchmark.Series[0]).ToDictionary(x => x.First, x => x.Second);
        return [.. table.Times.Select(t => at.GetValueOrDefault(t, double.NaN))];
    }
}

/// <summary>Series to be measured, and by which conventions.</summary>
/// <param name="BenchmarkName">As the user wrote it; null where none was asked for.</param>
/// <param name="Benchmark">Its returns on the periods of the table, NaN where it has none.</param>
/// <param name="Rival">Which series the others are compared with, by name; null where there is but one.</param>
/// <param name="RiskFree">A year.</param>
internal sealed record MetricsSeries(ReturnsTable Table, string? BenchmarkName, double[]? Benchmark, string? Rival, double PeriodsAYear, double RiskFree, ulong Seed)
{
    /// <summary>The returns of the rival, which is a column or the benchmark of another file.</summary>
    public double[]? RivalReturns => Rival is null ? null : Table.Names.IndexOf(Rival) is >= 0 and var at ? Table.Series[at] : Benchmark;
}
