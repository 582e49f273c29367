using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>Leans towards what has just done well: b_i ← b_i exp(η x_i/(b·x)), normalised (Helmbold, Schapire, Singer and Warmuth 1998).</summary>
/// <param name="eta">η, the learning rate.</param>
public sealed class ExponentiatedGradient(int assets, double eta = 0.05) : OnlinePortfolio(assets)
{
    public override void Learn(Matrix relatives, int day)
    {
        var x = relatives.Row(day).ToArray();
        var factor = Algebra.Dot(Weights, x);
        // Only differences of exponents matter, and the largest of them is made zero against overflow.
        var most = x.Max();
        double[] tilted = [.. Weights.Zip(x, (b, r) => b * Math.Exp(eta * (r - most) / factor))];
        var sum = tilted.Sum();
        Weights = [.. tilted.Select(w => w / sum)];
    }
}
