using Ballast.Tests.Numerics.Allocation;
using Ballast.Tests.Numerics.Online;
using Ballast.Tests.Numerics.Optimisation;
using Ballast.Tests.Numerics.Statistics;

namespace Ballast.Tests.Numerics;

[Trait("Category", "Vectors")]
public class VectorCoverageTests
{
    [Fact]
    public void Cases_of_functions_that_have_no_check_here_are_counted()
    {
        string[] known = [.. StatisticsVectorTests.Functions, .. AllocationVectorTests.Functions, .. EstimatorVectorTests.Functions, .. OnlineVectorTests.Functions, .. OptimiserVectorTests.Functions];
        var rest = VectorFiles.All.Where(x => !known.Contains(x.Fn)).GroupBy(x => x.Fn).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        Assert.SkipWhen(rest.Length > 0, $"{rest.Sum(g => g.Count())} of {VectorFiles.All.Count} allocation cases are not checked by the numerics: {string.Join(", ", rest.Select(g => $"{g.Key} {g.Count()}"))}");
    }
}
