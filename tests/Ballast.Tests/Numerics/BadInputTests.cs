using System.Collections;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Online;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.Numerics;

/// <summary>Whatever comes in, a value or a refusal with a name goes out, and never a NaN.</summary>
public class BadInputTests
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1e308, -1e308, 1e-320, 1e-160, 1e100, 1];

    private static readonly Dictionary<string, Func<Matrix, object>> OfReturns = new()
    {
        ["arithmetic"] = ExpectedReturns.Arithmetic,
        ["geometric"] = ExpectedReturns.Geometric,
        ["ewma"] = x => ExpectedReturns.ExponentiallyWeighted(x, 0.1),
        ["capm"] = x => ExpectedReturns.Capm(x, x.Column(0)),
        ["jamesStein"] = ShrunkMeans.JamesStein,
        ["bayesStein"] = ShrunkMeans.BayesStein,
        ["oas"] = x => OracleApproximating.Of(x),
        ["oas as scikit-learn has it"] = x => OracleApproximating.Of(x, OasVariant.ScikitLearn),
        ["singleFactor"] = SingleFactorShrinkage.Of,
        ["gerber 0"] = x => Gerber.Of(x, 0.5, GerberStatistic.Original),
        ["gerber 2"] = x => Gerber.Of(x, 0.5, GerberStatistic.Normalised),
        ["denoised"] = x => RandomMatrix.Of(x, new()),
        ["detoned"] = x => RandomMatrix.Of(x, new(TargetShrinkage: 0.2, Detone: true)),
        ["spearman"] = RankCorrelation.Spearman,
        ["kendall"] = RankCorrelation.Kendall,
        ["common window"] = x => GappyCovariance.Of(x),
        ["pairwise"] = x => GappyCovariance.Of(x, GapRule.Pairwise),
        ["online"] = x => OnlineRun.Of(x, new ConfidenceWeighted(x.Columns, ConfidenceKind.StandardDeviation)),
        ["reversion"] = x => OnlineRun.Of(x, new RobustMedianReversion(x.Columns)),
        ["newton"] = x => OnlineRun.Of(x, new OnlineNewtonStep(x.Columns)),
        ["aggressive"] = x => OnlineRun.Of(x, new PassiveAggressive(x.Columns)),
        ["gradient"] = x => OnlineRun.Of(x, new ExponentiatedGradient(x.Columns)),
        ["anticorrelation"] = x => OnlineRun.Of(x, new AntiCorrelation(x.Columns, 4)),
        ["hindsight"] = x => Hindsight.BestConstant(x),
        ["median"] = L1Median.Of,
    };

    private static readonly Dictionary<string, Func<Matrix, object>> OfCovariances = new()
    {
        ["spectral"] = x => SemidefiniteRepair.Spectral(x),
        ["higham"] = x => SemidefiniteRepair.Higham(x, 50),
        ["towards"] = x => SemidefiniteRepair.TowardsTarget(x, Algebra.Identity(x.Rows)),
        ["hrp"] = x => HierarchicalRiskParity.Of(x, LinkageInput.RowsAsPoints),
        ["herc"] = x => HierarchicalEqualRisk.Of(x, 2),
        ["principal"] = x => EffectiveBets.PrincipalComponents(Equal(x.Rows), x),
        ["torsion"] = x => EffectiveBets.MinimumTorsion(Equal(x.Rows), x),
        ["views"] = x => BlackLitterman.Of(x, Equal(x.Rows), 2.5, 0.05, ViewUncertainty.Proportional(x, 0.05, Algebra.Filled(1, x.Rows, (_, j) => j == 0 ? 1 : 0), [0.1])),
        ["linkage"] = x => Linkage.Of(x, LinkageMethod.Ward),
        ["factor"] = x => x.Cells.All(double.IsFinite) ? Cholesky.Of(x) : new Answer<Cholesky>.Refused("NotFinite", ""),
    };

    public static TheoryData<string> Returns => [.. OfReturns.Keys];

    public static TheoryData<string> Covariances => [.. OfCovariances.Keys];

    [Theory]
    [MemberData(nameof(Returns))]
    public void Odd_returns_give_numbers_or_a_named_refusal(string name) =>
        Draws.ForManySeeds(chance =>
        {
            var table = chance.Returns(chance.NextInt(12), 1 + chance.NextInt(5));
            if (name is "online" or "reversion" or "newton" or "aggressive" or "gradient" or "anticorrelation" or "hindsight") table = Algebra.Filled(table.Rows, table.Columns, (t, i) => 1 + table[t, i]);
            Spoil(table, chance);
            return IsSound(OfReturns[name](table), $"{name} of {string.Join(" ", table.Cells)}");
        });

    [Theory]
    [MemberData(nameof(Covariances))]
    public void Odd_covariances_give_numbers_or_a_named_refusal(string name) =>
        Draws.ForManySeeds(chance =>
        {
            var table = chance.Covariance(2 + chance.NextInt(4));
            var odd = Odd[chance.NextInt(Odd.Length)];
            var (i, j) = (chance.NextInt(table.Rows), chance.NextInt(table.Rows));
            if (chance.NextInt(4) == 0) Array.Fill(table.Cells, odd);
            else if (chance.NextInt(3) == 0) table = Algebra.Filled(table.Rows, table.Rows, (a, b) => table[a, b] * odd);
            else table[i, j] = table[j, i] = odd;
            return IsSound(OfCovariances[name](table), $"{name} of {string.Join(" ", table.Cells)}");
        });

    /// <summary>One cell, one column, the scale, or everything becomes odd.</summary>
    private static void Spoil(Matrix table, Xoshiro256 chance)
    {
        if (table.Cells.Length == 0) return;
        var (odd, what, column) = (Odd[chance.NextInt(Odd.Length)], chance.NextInt(5), chance.NextInt(table.Columns));
        if (what == 0) Array.Fill(table.Cells, odd);
        if (what == 1) for (var t = 0; t < table.Rows; t++) table[t, column] = odd;
        if (what == 2) for (var k = 0; k < table.Cells.Length; k++) table.Cells[k] *= odd;
        if (what == 3) for (var t = 0; t < table.Rows; t++) table[t, column] *= odd;
        if (what == 4) table.Cells[chance.NextInt(table.Cells.Length)] = odd;
    }

    private static double[] Equal(int n) => [.. Enumerable.Repeat(1.0 / n, n)];

    private static bool IsSound(object answer, string of)
    {
        var bad = Numbers(answer, 0).Any(x => !double.IsFinite(x));
        Assert.False(bad, of);
        return !bad;
    }

    /// <summary>Every number that can be reached from an answer.</summary>
    private static IEnumerable<double> Numbers(object? value, int depth) => value switch
    {
        null or string or bool or int or Enum => [],
        double number => [number],
        Matrix matrix => matrix.Cells,
        IEnumerable list => list.Cast<object?>().SelectMany(item => Numbers(item, depth + 1)),
        _ when depth > 6 => [],
        _ => value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.Name is not "EqualityContract").SelectMany(p => Numbers(p.GetValue(value), depth + 1)),
    };
}
