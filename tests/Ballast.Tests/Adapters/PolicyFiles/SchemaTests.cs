using System.Reflection;
using System.Text.Json;
using Ballast.Adapters.Files.Policies;
using Ballast.Numerics.Optimisation;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/portfolio.schema.json"))).RootElement;

    public static TheoryData<string> Places => [.. KeySets.Keys];

    private static Dictionary<string, KeySet> KeySets { get; } = typeof(PolicyKeys).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(p => p.Name, p => (KeySet)p.GetValue(null)!);

    [Theory, MemberData(nameof(Places))]
    public void The_schema_knows_the_keys_that_the_reader_knows(string place)
    {
        var keys = KeySets[place];
        var schema = At(keys.InSchema);

        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(keys.Keys.Order(), schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public void Every_closed_place_of_the_schema_has_a_reader()
    {
        var closed = Closed(Schema, "");

        Assert.Equal(KeySets.Values.Select(k => k.InSchema).Order(StringComparer.Ordinal), closed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_schema_knows_the_methods_and_the_estimators()
    {
        var compute = At("$defs/compute/properties");
        string[] methods = [.. Enum.GetValues<Method>().Select(m => m.Name())];
        Assert.Equal(methods.Append("capWeight").Order(), Choices(compute.GetProperty("method")));
        Assert.Equal(methods.Order(), Choices(compute.GetProperty("fallback").GetProperty("items")));
        Assert.Equal(Named<CovarianceEstimator>(), Choices(compute.GetProperty("covariance")));
        Assert.Equal(Named<ReturnsEstimator>(), Choices(compute.GetProperty("returns")));
    }

    private static IEnumerable<string> Choices(JsonElement at) => at.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!).Order();

    private static IEnumerable<string> Named<T>() where T : struct, Enum => Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]).Order();

    private static JsonElement At(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Schema, (at, name) => at.GetProperty(name));

    private static IEnumerable<string> Closed(JsonElement at, string path)
    {
        if (at.ValueKind != JsonValueKind.Object) yield break;
        if (at.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False) yield return path;
        foreach (var child in at.EnumerateObject())
            foreach (var found in Closed(child.Value, path.Length == 0 ? child.Name : $"{path}/{child.Name}"))
                yield return found;
    }
}
