using Ballast.Numerics.Allocation;

namespace Ballast.Tests.Numerics.Allocation;

[Trait("Category", "Vectors")]
public class AllocationVectorTests
{
    private static readonly Dictionary<string, Action<VectorCase>> Checks = new()
    {
        ["band"] = Band,
        ["drift"] = DriftOf,
        ["noTradeBandAsymptotic"] = Asymptotic,
        ["noTradeBandExact"] = Exact,
        ["costBenefitBand"] = CostBenefits,
        ["plan.selfFinancing"] = SelfFinanced,
        ["plan.contribution"] = Contributions,
        ["plan.withdrawal"] = x => x.Expect("leastSquares", Withdrawal.LeastSquares(x.Numbers("values"), x.Numbers("targets"), x.Number("withdrawal")).OrThrow()),
    };

    public static IReadOnlyCollection<string> Functions => Checks.Keys;

    public static TheoryData<string, string> Cases => VectorFiles.Of(Checks.Keys);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Rebalancing_arithmetic_agrees_with_the_reference(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        Checks[found.Fn](found);
    }

    private static void Band(VectorCase x)
    {
        var (w, t) = (x.Numbers("w"), x.Numbers("target"));
        var bands = Bands.Around(t, Rule(x), minimum: 0, maximum: 1);
        x.Expect("lower", bands.Lower);
        x.Expect("upper", bands.Upper);
        x.Expect("breached", bands.Breached(w));
        x.Expect("any", bands.Breached(w).Contains(true));
        if (!x.Out.TryGetProperty("destination", out var destinations)) return;
        foreach (var expected in destinations.EnumerateObject())
        {
            var to = To(expected.Name, x.Number("toleranceInnerFraction", 0.5)).From(w, t, bands).OrThrow();
            VectorCase.Same(expected.Value, to, $"{x.Id}.{expected.Name}", x.Tolerance);
            VectorCase.Same(x.Out.GetProperty("oneWayTurnover").GetProperty(expected.Name), Drift.Of(w, to).SumAbsHalf, $"{x.Id}.turnover.{expected.Name}", x.Tolerance);
        }
    }

    private static BandRule Rule(VectorCase x) => x.Text("kind") switch
    {
        "absolute" => new BandRule.Absolute(x.Number("abs")),
        "relative" => new BandRule.Relative(x.Number("rel")),
        "minAbsRel" => new BandRule.Narrower(x.Number("abs"), x.Number("rel")),
        "maxAbsRel" => new BandRule.Wider(x.Number("abs"), x.Number("rel")),
        "volScaled" => new BandRule.VolatilityScaled(x.Number("k"), x.Numbers("vol"), x.Number("horizonYears")),
        var kind => throw new InvalidOperationException($"no band of kind {kind}"),
    };

    private static Destination To(string name, double inner) => name switch
    {
        "target" => new Destination.Target(),
        "halfway" => Destination.Halfway,
        "edge" => new Destination.Edge(),
        "tolerance" => new Destination.Tolerance(inner),
        _ => throw new InvalidOperationException($"no destination {name}"),
    };

    private static void DriftOf(VectorCase x)
    {
        var after = Drift.After(x.Numbers("w"), x.Numbers("r")).OrThrow();
        var drift = Drift.Of(after, x.Numbers("w"));
        x.Expect("w1", after);
        x.Expect("maxAbsDrift", drift.MaxAbs);
        x.Expect("sumAbsHalf", drift.SumAbsHalf);
        x.Expect("l2", drift.L2);
    }

    private static void Asymptotic(VectorCase x)
    {
        var band = NoTradeBand.Asymptotic(x.Number("mu") - x.Number("r"), x.Number("sigma"), x.Number("gamma"), x.Number("k")).OrThrow();
        x.Expect("merton", band.Merton);
        x.Expect("halfWidth", (band.Upper - band.Lower) / 2);
        x.Expect("lower", band.Lower);
        x.Expect("upper", band.Upper);
    }

    private static void Exact(VectorCase x)
    {
        var (mu, sigma, gamma, spread) = (x.Number("excessReturn"), x.Number("sigma"), x.Number("gamma"), x.Number("bidAskEps"));
        var band = NoTradeBand.Exact(mu, sigma, gamma, spread).OrThrow();
        x.Expect("lambda", band.Lambda);
        x.Expect("lower", band.Lower);
        x.Expect("upper", band.Upper);
        x.Expect("asymptoticLambda", NoTradeBand.AsymptoticLambda(mu, sigma, gamma, spread));
    }

    private static void CostBenefits(VectorCase x)
    {
        var worth = CostBenefit.Of(x.Number("sigmaI"), x.Number("sigmaRest"), x.Number("rho"), x.Number("gamma"), x.Number("cost"), x.Number("horizonYears", 1)).OrThrow();
        x.Expect("relativeVariance", worth.RelativeVariance);
        x.Expect("breakEvenDeviation", worth.BreakEvenDeviation);
        x.Expect("halfwayMarginalDeviation", worth.MarginalDeviation);
    }

    private static void SelfFinanced(VectorCase x)
    {
        var plan = SelfFinancing.Solve(x.Numbers("values"), x.Number("cash"), x.Numbers("targets"), x.Numbers("feeRates")).OrThrow();
        x.Expect("postValue", plan.PostValue);
        x.Expect("tradesValue", plan.TradesValue);
        x.Expect("fees", plan.Fees);
        x.Expect("postCash", plan.PostCash);
    }

    private static void Contributions(VectorCase x)
    {
        var (values, targets, deposit) = (x.Numbers("values"), x.Numbers("targets"), x.Number("contribution"));
        x.Expect("leastSquares", Contribution.LeastSquares(values, targets, deposit).OrThrow());
        x.Expect("minRatioWaterFill", Contribution.MinRatioWaterFill(values, targets, deposit).OrThrow());
        x.Expect("proportionalGap", Contribution.ProportionalGap(values, targets, deposit).OrThrow());
    }
}
