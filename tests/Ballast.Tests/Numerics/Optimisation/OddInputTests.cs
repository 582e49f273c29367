using System.Diagnostics;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Optimisation;

/// <summary>Whatever number stands in the covariance, the means, the returns or the recipe: weights, or a refusal with a name, and soon.</summary>
public class OddInputTests
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1e308, -1e308, 1e-320, 1e-160, 1e100, 1e-12, 1, 1e9];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<Method> Methods => [.. Enum.GetValues<Method>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Odd_numbers_give_weights_or_a_refusal(Method method) => Draws.ForManySeeds(chance =>
    {
        var n = 1 + chance.NextInt(5);
        var known = new Estimates([.. Enumerable.Range(0, n).Select(i => $"asset{i}")], chance.Covariance(n), chance.Numbers(n, -0.1, 0.2), chance.Returns(20, n), 1);
        var limits = chance.NextInt(2) == 0 ? Limits.LongOnlyOf(n) : Limits.Between(n, 0, Math.Min(1, 1.5 / n));
        var recipe = new Recipe(method) { Return = 0.05, Volatility = 0.2, Clusters = 1 + chance.NextInt(n) };
        (known, recipe) = Spoilt(known, recipe, chance);
        var started = Stopwatch.GetTimestamp();
        var answer = Chooser.Choose([recipe], known, limits);
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon, $"{method} took {Stopwatch.GetElapsedTime(started)}");
        return answer is Answer<Chosen>.Refused { Code.Length: > 0 }
            || answer is Answer<Chosen>.Found { Value.Portfolio: var found } && found.Weights.All(double.IsFinite) && Draws.Near(1, found.Weights.Sum(), 1e-8) && double.IsFinite(found.Residual);
    }, cases: 150);

    private static (Estimates, Recipe) Spoilt(Estimates known, Recipe recipe, Xoshiro256 chance)
    {
        var (odd, n) = (Odd[chance.NextInt(Odd.Length)], known.Names.Count);
        var (i, j) = (chance.NextInt(n), chance.NextInt(n));
        switch (chance.NextInt(8))
        {
            case 0: known.Covariance[i, j] = odd; break;
            case 1: known.Covariance[i, j] = known.Covariance[j, i] = odd; break;
            case 2: known = known with { Covariance = Algebra.Filled(n, n, (a, b) => odd * known.Covariance[a, b]) }; break;
            case 3: known.Mean![i] = odd; break;
            case 4: known = known with { Mean = [.. known.Mean!.Select(x => odd * x)] }; break;
            case 5: known.Returns![chance.NextInt(known.Returns.Rows), i] = odd; break;
            case 6: known = known with { Returns = Algebra.Filled(20, n, (a, b) => odd * known.Returns![a, b]) }; break;
            default: recipe = recipe with { Return = odd, Volatility = odd, RiskAversion = odd, RiskFree = odd, Confidence = odd }; break;
        }
        return (known, recipe);
    }
}
