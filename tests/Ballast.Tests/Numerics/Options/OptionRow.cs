using System.Globalization;
using System.Text.RegularExpressions;
using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

/// <summary>One row of the reference values of options: 60-digit results, rounded.</summary>
public sealed record OptionRow(string File, IReadOnlyDictionary<string, string> Cells)
{
    public double this[string column] => double.Parse(Cells[column], CultureInfo.InvariantCulture);

    public OptionKind Kind => Cells["cp"] == "C" ? OptionKind.Call : OptionKind.Put;

    public string Id => Cells.TryGetValue("id", out var id) ? id : Cells["instrument"];

    /// <summary>The rows of a file; the test skips, with the reason, where it is not there.</summary>
    public static OptionRow[] Read(string name)
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", name);
        Assert.SkipUnless(System.IO.File.Exists(path), $"needs derivatives/{name} beside the vectors: set BALLAST_VECTORS");
        var lines = System.IO.File.ReadAllLines(path);
        string[] header = [.. Regex.Split(lines[0], ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)").Select(name => name.Trim('"'))];
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => new OptionRow(name, header.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second)))];
    }

    /// <summary>Within 1e-12 of the reference, relative to it, or within 1e-14 of the underlying's price.</summary>
    public void Expect(string column, double actual, double scale)
    {
        var off = Math.Abs(actual - this[column]);
        Assert.True(off <= 1e-12 * Math.Abs(this[column]) || off <= 1e-14 * scale, $"{File}: {Id}.{column}: {actual:R}, expected {Cells[column]}, off by {off:E2}");
    }
}
