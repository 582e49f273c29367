using System.Text.Json;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Online;

namespace Ballast.Tests.Numerics.Online;

/// <summary>Final wealth on public data sets: the toolbox of Li and Hoi (2014), and the two decimals that they print.</summary>
[Trait("Category", "Vectors")]
public class OnlineVectorTests
{
    private static readonly Dictionary<string, Func<VectorCase, Matrix, OnlinePortfolio>> Rules = new()
    {
        ["olps.ubah"] = (_, x) => new BuyAndHold(x.Columns),
        ["olps.best"] = (_, x) => new BuyAndHold(Hindsight.BestAsset(x).OrThrow()),
        ["olps.ucrp"] = (_, x) => new ConstantlyRebalanced(x.Columns),
        ["olps.bcrp"] = (_, x) => new ConstantlyRebalanced(Hindsight.BestConstant(x).OrThrow()),
        ["olps.eg"] = (c, x) => new ExponentiatedGradient(x.Columns, Parameter(c, "eta")),
        ["olps.ons"] = (c, x) => new OnlineNewtonStep(x.Columns, Parameter(c, "eta"), Parameter(c, "beta"), Parameter(c, "delta")),
        ["olps.pamr"] = (c, x) => new PassiveAggressive(x.Columns, Parameter(c, "epsilon")),
        ["olps.pamr_1"] = (c, x) => new PassiveAggressive(x.Columns, Parameter(c, "epsilon"), Aggressiveness.Capped, Parameter(c, "C")),
        ["olps.pamr_2"] = (c, x) => new PassiveAggressive(x.Columns, Parameter(c, "epsilon"), Aggressiveness.Softened, Parameter(c, "C")),
        ["olps.olmar1"] = (c, x) => new MovingAverageReversion(x.Columns, Parameter(c, "epsilon"), (int)Parameter(c, "window")),
        ["olps.olmar2"] = (c, x) => new ExponentialAverageReversion(x.Columns, Parameter(c, "epsilon"), Parameter(c, "alpha")),
        ["olps.rmr"] = (c, x) => new RobustMedianReversion(x.Columns, Parameter(c, "epsilon"), (int)Parameter(c, "window")),
        ["olps.cwmr_var"] = (c, x) => new ConfidenceWeighted(x.Columns, ConfidenceKind.Variance, Parameter(c, "phi"), Parameter(c, "epsilon")),
        ["olps.cwmr_stdev"] = (c, x) => new ConfidenceWeighted(x.Columns, ConfidenceKind.StandardDeviation, Parameter(c, "phi"), Parameter(c, "epsilon")),
        ["olps.anticor"] = (c, x) => new AntiCorrelation(x.Columns, (int)Parameter(c, "window")),
    };

    public static IReadOnlyCollection<string> Functions => Rules.Keys;

    public static TheoryData<string, string> Cases => VectorFiles.Of(Rules.Keys);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Wealth_agrees_with_the_toolbox_and_with_print(string file, string id)
    {
        var x = VectorFiles.Find(file, id);
        var relatives = VectorTable.Read(x.Text("data")).All;
        var rule = Rules[x.Fn](x, relatives);
        var start = rule.Weights;
        var run = OnlineRun.Of(relatives, rule, x.Number("transactionCost", 0)).OrThrow();
        x.Expect("finalWealth", run.Wealth[^1]);
        // The tolerance belongs to the final wealth; that of day 100 keeps its relative size.
        if (x.Out.TryGetProperty("wealthAfter100", out var early)) VectorCase.Same(early, run.Wealth[99], $"{x.Id}.wealthAfter100", Math.Min(x.Tolerance, Math.Max(1e-9, x.Tolerance / run.Wealth[^1])));
        if (x.Out.TryGetProperty("days", out var days)) Assert.Equal(days.GetInt32(), run.Wealth.Length);
        if (x.Out.TryGetProperty("weights", out var weights)) VectorCase.Same(weights, start, $"{x.Id}.weights", Math.Min(x.Tolerance, 1e-6));
        // Print has two decimals, or three digits where wealth is astronomical.
        if (x.Out.TryGetProperty("publishedFinalWealth", out var printed) && printed.ValueKind == JsonValueKind.Number)
            Assert.Equal(printed.GetDouble(), run.Wealth[^1], printed.GetDouble() < 1e5 ? 0.005 : 0.001 * printed.GetDouble());
    }

    private static double Parameter(VectorCase x, string name) => x.In.GetProperty("params").GetProperty(name).GetDouble();
}
