using System.Globalization;

namespace Ballast.Benchmarks.CostAware;

/// <summary>A family of rules with one parameter, as lines of a portfolio file, and the setting that people use.</summary>
internal sealed record Family(string Name, string Usual, Func<double, string> At, double[] Parameters)
{
    public static Family Monthly { get; } = new("monthly", "when: [ every: month ]", p => $"when: [ every: {(int)p} days ]", [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365]);

    public static Family Points { get; } = new("5 points", "when: [ drift: 5% ]", p => $"when: [ drift: {Percent(p)} ]", Geometric(0.002, 0.25, 24));

    public static Family PointsHalfway { get; } = new("5 points half-way", "when: [ drift: 5% ]; to: halfway", p => $"when: [ drift: {Percent(p)} ]; to: halfway", Points.Parameters);

    public static Family RelativeHalfway { get; } = new("25 % half-way", "when: [ drift: 25% of target ]; to: halfway", p => $"when: [ drift: {Percent(p)} of target ]; to: halfway", Geometric(0.02, 1.5, 24));

    public static Family Daryanani { get; } = new("Daryanani 2 weeks", "when: [ drift: 20% of target ]; interval: 10; to: inner-edge", p => $"when: [ drift: {Percent(p)} of target ]; interval: 10; to: inner-edge", Geometric(0.02, 1.5, 12));

    public static Family DaryananiDaily { get; } = new("Daryanani daily", "when: [ drift: 20% of target ]; to: inner-edge", p => $"when: [ drift: {Percent(p)} of target ]; to: inner-edge", Daryanani.Parameters);

    public static Family LeastCost { get; } = new("least cost", "", p => $"when: [ gain: least-cost ]; to: least-cost; riskAversion: {Number(p)}", Geometric(0.05, 1000, 16));

    public static Family[] Others { get; } = [Monthly, Points, PointsHalfway, RelativeHalfway, Daryanani, DaryananiDaily];

    private static string Percent(double share) => Number(share * 100) + "%";

    private static string Number(double x) => x.ToString("0.######", CultureInfo.InvariantCulture);

    private static double[] Geometric(double from, double to, int count) => [.. Enumerable.Range(0, count).Select(k => from * Math.Pow(to / from, k / (count - 1.0)))];
}
