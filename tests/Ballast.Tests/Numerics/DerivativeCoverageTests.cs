namespace Ballast.Tests.Numerics;

/// <summary>Every file of reference values for derivatives is read by a test, or is named here as being of what is not there yet.</summary>
[Trait("Category", "Vectors")]
public class DerivativeCoverageTests
{
    private static readonly string[] NotThereYet =
    [
        "aave_like.csv", "amm_v2_impermanent_loss.csv", "amm_v2_swap.csv", "amm_v3_position.csv", "amm_v3_swap_in_range.csv", "collateral_topup.json", "eip1559_base_fee.csv",
        "op_stack_l1_fee.csv", "gas_wait_policy.json", "venue_routing.json", "merkle_rfc6962.json", "audit_chain.json",
    ];

    [Fact]
    public void Every_file_is_read_by_a_test()
    {
        var folder = Path.Combine(Repository.Vectors, "derivatives");
        Assert.SkipUnless(Directory.Exists(folder), "needs derivatives beside the vectors: set BALLAST_VECTORS");
        var tests = Tree.Files(".cs").Where(f => f.Path.StartsWith("tests/Ballast.Tests/", StringComparison.Ordinal) && !f.Path.EndsWith("DerivativeCoverageTests.cs", StringComparison.Ordinal)).Select(f => f.Text).ToArray();

        var unread = Directory.EnumerateFiles(folder).Select(Path.GetFileName).Where(name => !name!.EndsWith(".md", StringComparison.Ordinal) && !NotThereYet.Contains(name) && !tests.Any(t => t.Contains($"\"{name}\"", StringComparison.Ordinal)));

        Assert.Empty(unread);
    }
}
