using System.Globalization;
using System.Text.Json;
using Ballast.Numerics.Linear;

namespace Ballast.Tests.Numerics;

/// <summary>One case of the allocation vectors: a function's name, its arguments, what it must give, and how nearly.</summary>
public sealed record VectorCase(string File, string Id, string Fn, JsonElement In, JsonElement Out, double Tolerance)
{
    public override string ToString() => $"{File}: {Id}";

    public double Number(string key) => Decimal(In.GetProperty(key));

    public double Number(string key, double otherwise) => In.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? Decimal(value) : otherwise;

    public string Text(string key) => In.GetProperty(key).GetString()!;

    public double[] Numbers(string key) => [.. In.GetProperty(key).EnumerateArray().Select(Decimal)];

    public Matrix Table(string key) => Matrix.FromRows([.. In.GetProperty(key).EnumerateArray().Select(row => row.EnumerateArray().Select(Decimal).ToArray())]);

    /// <summary>The columns of the case's CSV file that "assets" names, all of them where nothing is named.</summary>
    public Matrix Returns() => In.TryGetProperty("assets", out var assets)
        ? VectorTable.Read(Text("data")).Select([.. assets.EnumerateArray().Select(x => x.GetString()!)])
        : VectorTable.Read(Text("data")).All;

    /// <summary>One column of the case's CSV file.</summary>
    public double[] Series(string key) => VectorTable.Read(Text("data")).Select([Text(key)]).Column(0);

    /// <summary>Compares what was computed under one key of "out"; a key that is not there is not compared.</summary>
    public void Expect(string key, object? actual)
    {
        if (Out.TryGetProperty(key, out var expected)) Same(expected, actual, $"{Id}.{key}", Tolerance);
    }

    public static void Same(JsonElement expected, object? actual, string where, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Array) SameList([.. expected.EnumerateArray()], actual, where, tolerance);
        else if (expected.ValueKind is JsonValueKind.True or JsonValueKind.False) Assert.True(expected.GetBoolean() == (bool)actual!, where);
        else if (expected.ValueKind == JsonValueKind.Null || expected.ValueKind == JsonValueKind.String && expected.GetString() == "NaN") Assert.True(actual is null, $"{where}: {actual} where nothing is defined");
        else SameNumber(Decimal(expected), actual, where, tolerance);
    }

    private static void SameList(JsonElement[] expected, object? actual, string where, double tolerance)
    {
        object?[] items = actual switch
        {
            Matrix matrix => [.. Enumerable.Range(0, matrix.Rows).Select(i => (object)matrix.Row(i).ToArray())],
            double[] numbers => [.. numbers.Cast<object>()],
            bool[] flags => [.. flags.Cast<object>()],
            _ => throw new InvalidOperationException($"{where}: {actual?.GetType().Name ?? "nothing"} is not a list"),
        };
        Assert.True(expected.Length == items.Length, $"{where}: {items.Length} elements, expected {expected.Length}");
        for (var i = 0; i < items.Length; i++) Same(expected[i], items[i], $"{where}[{i}]", tolerance);
    }

    private static void SameNumber(double expected, object? actual, string where, double tolerance)
    {
        Assert.True(actual is not null, $"{where}: no value, expected {expected:R}");
        var number = Convert.ToDouble(actual, CultureInfo.InvariantCulture);
        Assert.True(expected == number || Math.Abs(expected - number) <= tolerance, $"{where}: {number:R}, expected {expected:R}, off by {number - expected:E2} against {tolerance:E0}");
    }

    private static double Decimal(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, var text => double.Parse(text!, CultureInfo.InvariantCulture) }
        : value.GetDouble();
}

/// <summary>A CSV file beside the vectors; the file's test skips, with the reason, where it is real market data that is not here.</summary>
public sealed record VectorTable(string[] Names, Matrix All)
{
    public static VectorTable Read(string name)
    {
        var path = Path.Combine(VectorFiles.Folder, name);
        Assert.SkipUnless(File.Exists(path), $"needs {name} beside the vectors: set BALLAST_VECTORS");
        var lines = File.ReadAllLines(path).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        var header = lines[0].All(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _)) ? null : lines[0];
        var rows = lines.Skip(header is null ? 0 : 1).ToArray();
        int[] numeric = [.. Enumerable.Range(0, lines[0].Length).Where(c => rows.All(row => double.TryParse(row[c], CultureInfo.InvariantCulture, out _)))];
        return new([.. numeric.Select(c => header?[c] ?? $"A{c}")], Matrix.FromRows([.. rows.Select(row => numeric.Select(c => double.Parse(row[c], CultureInfo.InvariantCulture)).ToArray())]));
    }

    public Matrix Select(string[] names)
    {
        int[] columns = [.. names.Select(name => Array.IndexOf(Names, name) is var at and >= 0 ? at : throw new InvalidOperationException($"no column {name}"))];
        return Matrix.FromRows([.. Enumerable.Range(0, All.Rows).Select(row => columns.Select(column => All[row, column]).ToArray())]);
    }
}

/// <summary>Whatever allocation vectors are there.</summary>
public static class VectorFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Vectors, "allocation");

    public static IReadOnlyList<VectorCase> All { get; } = [.. Read()];

    /// <summary>The cases of some functions, as rows of a theory.</summary>
    public static TheoryData<string, string> Of(IEnumerable<string> functions)
    {
        var rows = new TheoryData<string, string>();
        foreach (var found in All.Where(x => functions.Contains(x.Fn))) rows.Add(found.File, found.Id);
        return rows;
    }

    public static VectorCase Find(string file, string id) => All.Single(x => x.File == file && x.Id == id);

    private static IEnumerable<VectorCase> Read()
    {
        if (!Directory.Exists(Folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            if (!document.RootElement.TryGetProperty("cases", out var cases)) continue;
            foreach (var item in cases.Clone().EnumerateArray())
                yield return new(Path.GetFileName(path), item.GetProperty("id").GetString()!, item.GetProperty("fn").GetString()!,
                    item.GetProperty("in"), item.GetProperty("out"), item.GetProperty("tol_abs").GetDouble());
        }
    }
}
