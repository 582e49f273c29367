using System.Globalization;
using System.Text.Json;
using Ballast.Tests.Numerics;

namespace Ballast.Tests.App.Commands;

/// <summary>The figures of series through the command line: the names and values of the reference, and what is said where there is none.</summary>
[Collection(Terminal.Alone)]
public sealed class MetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Cases => VectorFiles.Of(["metrics.series", "metrics.relative"]);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    [Trait("Category", "Vectors")]
    public void Every_key_of_the_reference_is_a_key_of_the_series(string file, string id)
    {
        var wanted = VectorFiles.Find(file, id);
        Assert.SkipUnless(File.Exists(Path.Combine(VectorFiles.Folder, wanted.Text("data"))), $"needs {wanted.Text("data")} beside the vectors: set BALLAST_VECTORS");
        var year = wanted.Number("ann");
        string[] benchmark = wanted.In.TryGetProperty("benchmark", out var name) ? ["--benchmark", name.GetString()!] : [];

        var json = Terminal.Run(["metrics", "--returns", Path.Combine(VectorFiles.Folder, wanted.Text("data")), "--calendar", Text(year), "--risk-free", Text(wanted.Number("rf", 0) * year), "--json", .. benchmark]).Json();

        var series = json.GetProperty("series").EnumerateArray().Single(s => s.GetProperty("name").GetString() == wanted.Text("column"));
        foreach (var expected in wanted.Out.EnumerateObject())
            VectorCase.Same(expected.Value, series.GetProperty(expected.Name).ValueKind == JsonValueKind.Null ? null : series.GetProperty(expected.Name).GetDouble(), $"{id}.{expected.Name}", wanted.Tolerance);
    }

    [Fact]
    public void Every_null_has_its_reason()
    {
        var path = _folder.File("r.csv", "flat,gap,short,A\n0.01,0.01,,0.01\n0.01,,,0.02\n0.01,0.02,0.1,-0.01\n");

        foreach (var series in Run(path).GetProperty("series").EnumerateArray())
        {
            var notes = series.GetProperty("notes");
            foreach (var key in series.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Null))
                Assert.True(notes.TryGetProperty(key.Name, out _) || notes.TryGetProperty("seriesMetrics", out _) || notes.TryGetProperty("relativeMetrics", out _) || notes.TryGetProperty("sharpeAnn", out _), $"{series.GetProperty("name")}.{key.Name} is null without a reason");
        }
    }

    [Fact]
    public void Few_returns_tell_nothing_of_chance_and_say_so()
    {
        var json = Run(_folder.File("r.csv", "A,B\n0.01,0.02\n-0.01,0.01\n0.02,0.0\n"));

        Assert.Empty(json.GetProperty("differences").EnumerateArray());
        Assert.Contains("3 periods in common", json.GetProperty("notes").GetProperty("differences").GetString());
    }

    [Fact]
    public void Several_series_are_compared_with_the_last_unless_another_is_named()
    {
        var path = _folder.File("r.csv", Random(100, "A", "B", "C"));

        Assert.Equal(["A C", "B C"], Pairs(Run(path)));
        Assert.Equal(["B A", "C A"], Pairs(Run(path, "--against", "A")));
        Assert.Equal(JsonValueKind.Object, Run(path).GetProperty("realityCheck").ValueKind);
        Assert.Contains("counting 2 comparisons", Run(path).GetProperty("verdict").GetString());

        static string[] Pairs(JsonElement json) => [.. json.GetProperty("differences").EnumerateArray().Select(d => $"{d.GetProperty("name")} {d.GetProperty("against")}")];
    }

    [Fact]
    public void A_benchmark_of_another_file_is_aligned_by_time()
    {
        var table = _folder.File("r.csv", "date,A\n2024-01-02,0.01\n2024-01-03,-0.02\n2024-01-04,0.03\n");
        var late = _folder.File("b.csv", "date,B\n2024-01-01,0.5\n2024-01-02,0.01\n2024-01-03,-0.02\n2024-01-04,0.03\n");

        Assert.Equal(1, Run(table, "--benchmark", late).GetProperty("series")[0].GetProperty("beta").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--against", "D", "--against: there is no series `D`; there are A, B")]
    [InlineData("--benchmark", "D", "--benchmark: `D` is neither a file nor a series; the series are A, B")]
    [InlineData("--calendar", "lunar", "--calendar: `lunar`; expected crypto, exchange or a number of bars a year")]
    [InlineData("--risk-free", "low", "--risk-free: `low` is no share; expected one such as 2% or 0.02")]
    public void Wrong_wishes_are_answered_with_what_there_is(string option, string value, string answer)
    {
        var run = Terminal.Run("metrics", "--returns", _folder.File("r.csv", "A,B\n0.1,0.2\n"), option, value);

        Assert.Equal((2, answer), (run.ExitCode, run.Err.Trim()));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_another_interval()
    {
        var path = _folder.File("r.csv", Random(120, "A", "B"));
        string Text(string seed) => Terminal.Run("metrics", "--returns", path, "--seed", seed).Out;

        Assert.Equal(Text("1"), Text("1"));
        Assert.NotEqual(Text("1"), Text("2"));
        Assert.Contains("\nLarger than chance: ", Text("1"));
    }

    private static string Random(int periods, params string[] names)
    {
        var chance = new Ballast.Numerics.Random.Xoshiro256(5);
        return string.Join(',', names) + "\n" + string.Concat(Enumerable.Range(0, periods).Select(_ => string.Join(',', names.Select(_ => Text(0.02 * chance.NextNormal()))) + "\n"));
    }

    private static JsonElement Run(string path, params string[] more) => Terminal.Run(["metrics", "--returns", path, "--json", .. more]).Json();

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
