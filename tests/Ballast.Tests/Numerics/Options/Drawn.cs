using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Options;

/// <summary>Options drawn by chance: spots 50 to 150, strikes 20 to 300, times 0.001 to 3 years, volatilities 2 % to 250 %.</summary>
internal sealed record Drawn(double[] Sign, double[] Spot, double[] Strike, double[] Years, double[] Volatility)
{
    public int Count => Spot.Length;

    public OptionTerms Terms => new(Sign, Spot, Strike, Years, Volatility);

    public OptionKind Kind(int at) => Sign[at] > 0 ? OptionKind.Call : OptionKind.Put;

    /// <summary>Undiscounted, the spots being forwards.</summary>
    public double[] Prices() => [.. Enumerable.Range(0, Count).Select(i => BlackScholes.OnForward(Kind(i), Spot[i], Strike[i], Years[i], 0, Volatility[i]).Price)];

    public static Drawn Of(int count, int seed)
    {
        var random = new System.Random(seed);
        double[] Between(double a, double b) => [.. Enumerable.Range(0, count).Select(_ => a + (b - a) * random.NextDouble())];
        double[] sign = [.. Between(-1, 1).Select(x => x < 0 ? -1.0 : 1)];
        return new(sign, Between(50, 150), Between(20, 300), Between(0.001, 3), Between(0.02, 2.5));
    }
}
