using System.Text.Json;

namespace Ballast.Tests.Numerics.Hedging;

/// <summary>Reference values that are written as JSON, beside those of options.</summary>
public static class DerivativeVectors
{
    /// <summary>The whole file; the test skips, with the reason, where it is not there.</summary>
    public static JsonElement Read(string name)
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", name);
        Assert.SkipUnless(File.Exists(path), $"needs derivatives/{name} beside the vectors: set BALLAST_VECTORS");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    public static double Number(this JsonElement at, string key) => at.GetProperty(key).GetDouble();

    public static double Number(this JsonElement at, string key, double otherwise) => at.TryGetProperty(key, out var value) ? value.GetDouble() : otherwise;

    public static double[] Numbers(this JsonElement at, string key) => [.. at.GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];

    /// <summary>Equal to within a relative error.</summary>
    public static void Near(double expected, double actual, double relative, string where) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{where}: {actual:R}, expected {expected:R}, off by {actual - expected:E2}");
}
