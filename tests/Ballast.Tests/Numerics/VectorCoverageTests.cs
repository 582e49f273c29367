using Ballast.Tests.Engine.Backtests;
using Ballast.Tests.Numerics.Allocation;
using Ballast.Tests.Numerics.Online;
using Ballast.Tests.Numerics.Optimisation;
using Ballast.Tests.Numerics.Statistics;
using Ballast.Tests.Planning;
using Ballast.Tests.Schedules;
using Ballast.Tests.Targets;
using Ballast.Tests.Taxes;

namespace Ballast.Tests.Numerics;

[Trait("Category", "Vectors")]
public class VectorCoverageTests
{
    /// <summary>Functions that the domain, not the numerics, is checked against, and where.</summary>
    private static readonly Dictionary<Type, string[]> Domain = new()
    {
        [typeof(BacktestVectorTests)] = ["backtest"],
        [typeof(CalendarVectorTests)] = ["calendar"],
        [typeof(PlanningVectorTests)] = ["plan.integer", "plan.greedyFloorThenShortfall", "plan.valuationFx"],
        [typeof(TargetTreeVectorTests)] = ["plan.targetTree"],
        [typeof(LotsTests)] = ["plan.taxLots"],
    };

    [Fact]
    public void Every_case_is_checked_somewhere_or_counted()
    {
        string[] numerics = [.. StatisticsVectorTests.Functions, .. AllocationVectorTests.Functions, .. EstimatorVectorTests.Functions, .. OnlineVectorTests.Functions, .. OptimiserVectorTests.Functions];
        var rest = VectorFiles.All.Where(x => !numerics.Concat(Domain.Values.SelectMany(names => names)).Contains(x.Fn)).GroupBy(x => x.Fn).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        Assert.SkipWhen(rest.Length > 0, $"{rest.Sum(g => g.Count())} of {VectorFiles.All.Count} allocation cases are not checked: {string.Join(", ", rest.Select(g => $"{g.Key} {g.Count()}"))}");
    }
}
