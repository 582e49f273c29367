using System.Text.Json;
using Ballast.Money;
using Ballast.Targets;
using Ballast.Tests.Numerics;

namespace Ballast.Tests.Targets;

/// <summary>Nested sleeves against reference values: the product along the path, and an asset in several sleeves adds up.</summary>
[Trait("Category", "Vectors")]
public class TargetTreeVectorTests
{
    public static TheoryData<string, string> Cases => VectorFiles.Of(["plan.targetTree"]);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void A_leaf_weighs_the_product_of_the_shares_above_it(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        var (targets, _) = TargetResolver.Resolve(NodeOf(found.In.GetProperty("tree")), new Asset("BASE"), null, 365);

        foreach (var leaf in found.Out.GetProperty("leafWeights").EnumerateObject())
            VectorCase.Same(leaf.Value, (double)targets!.Of(new Asset(leaf.Name)), $"{id}.{leaf.Name}", found.Tolerance);
    }

    private static TargetNode NodeOf(JsonElement node) => node.TryGetProperty("children", out var children)
        ? new TargetNode.Sleeves([.. children.EnumerateArray().Select(c => new Sleeve(c.GetProperty("name").GetString()!, c.GetProperty("weight").GetDecimal(), NodeOf(c)))])
        : new TargetNode.Weights([new TargetWeight(new Asset(node.GetProperty("name").GetString()!), 1m)]);
}
