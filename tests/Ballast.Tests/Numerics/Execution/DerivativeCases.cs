using System.Text.Json;

namespace Ballast.Tests.Numerics.Execution;

/// <summary>The reference values of derivatives that lie in JSON files: one case or a list of them.</summary>
public static class DerivativeCases
{
    /// <summary>The cases of a file; the test skips, with the reason, where it is not there.</summary>
    public static JsonElement[] Read(string name)
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", name);
        Assert.SkipUnless(File.Exists(path), $"needs derivatives/{name} beside the vectors: set BALLAST_VECTORS");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement.Clone();
        return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
    }

    public static double Number(this JsonElement json, string key) => json.GetProperty(key).GetDouble();

    public static double[] Numbers(this JsonElement json, string key) => [.. json.GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];

    /// <summary>Relative to the reference, or absolute below one.</summary>
    public static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R}, expected {expected:R}, off by {actual - expected:E2}");
}
