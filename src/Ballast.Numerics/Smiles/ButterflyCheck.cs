namespace Ballast.Numerics.Smiles;

/// <summary>Where a smile comes nearest to a butterfly with a negative price: the least g of <see cref="VariancePoint.Butterfly"/>.</summary>
/// <param name="Least">g, refined between the points of the grid; below zero is arbitrage.</param>
/// <param name="At">Its log-moneyness.</param>
/// <param name="GridLeast">The least g on the grid itself.</param>
/// <param name="GridAt">Its log-moneyness.</param>
public readonly record struct ButterflyCheck(double Least, double At, double GridLeast, double GridAt)
{
    /// <summary>What rounding leaves of a g of zero.</summary>
    public const double Slack = 1e-6;

    private const double Step = 0.005, Golden = 0.6180339887498949;

    public bool Holds => Least >= -Slack;

    /// <summary>From −max(2, 8√w(0)) to +max(2, 8√w(0)).</summary>
    public static ButterflyCheck Of(Smile smile) => Of(smile.Variance, Reach(smile));

    public static ButterflyCheck Of(Func<double, VariancePoint> variance, double reach)
    {
        var half = (int)Math.Round(reach / Step);
        var g = new double[2 * half + 1];
        for (var i = 0; i < g.Length; i++) g[i] = At(i);
        var least = Array.IndexOf(g, g.Min());
        var (refined, at) = (g[least], Place(least));
        foreach (var i in Valleys(g).OrderBy(i => g[i]).Take(3))
        {
            var k = Descend(Place(i - 1), Place(i + 1));
            if (variance(k).Butterfly(k) is var found && found < refined) (refined, at) = (found, k);
        }
        return new(refined, at, g[least], Place(least));

        double Place(int i) => (i - half) * Step;

        double At(int i) => variance(Place(i)).Butterfly(Place(i)) is var x && double.IsNaN(x) ? double.NegativeInfinity : x;

        double Descend(double low, double high)
        {
            while (high - low > 1e-9)
            {
                var (a, b) = (high - Golden * (high - low), low + Golden * (high - low));
                if (variance(a).Butterfly(a) < variance(b).Butterfly(b)) high = b;
                else low = a;
            }
            return (low + high) / 2;
        }
    }

    internal static double Reach(Smile smile) => Math.Max(2, 8 * Math.Sqrt(smile.Variance(0).Value));

    private static IEnumerable<int> Valleys(double[] g)
    {
        for (var i = 1; i < g.Length - 1; i++)
            if (g[i] <= g[i - 1] && g[i] <= g[i + 1]) yield return i;
    }
}
