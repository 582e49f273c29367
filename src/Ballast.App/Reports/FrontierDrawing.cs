using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Reports;

/// <summary>Makes the data of a frontier's picture from weights: where each portfolio lies, made annual, and what it holds.</summary>
/// <param name="Covariance">n × n, per period.</param>
/// <param name="Mean">Expected simple returns per period.</param>
/// <param name="PeriodsAYear">1 where both are annual.</param>
public sealed record FrontierDrawing(IReadOnlyList<string> Names, Matrix Covariance, double[] Mean, double PeriodsAYear)
{
    private const int Steps = 100;

    /// <summary>Estimates without expected returns have no frontier.</summary>
    public static FrontierDrawing? Of(Estimates of) => of.Mean is { } mean ? new(of.Names, of.Covariance, mean, of.PeriodsAYear) : null;

    /// <summary>The exact curve: between two turning points weights are mixed in even steps, more of them where the curve is longer.</summary>
    public FrontierCurve Curve(Frontier frontier, double? riskFree, IReadOnlyList<MarkedPortfolio> marks)
    {
        var corners = Distinct([.. frontier.Points.Reverse().Select(point => point.Weights)]);
        var lengths = corners.Skip(1).Zip(corners, Apart).ToArray();
        var whole = lengths.Sum();
        var points = new List<(double[] Weights, bool Turning)> { (corners[0], true) };
        for (var k = 1; k < corners.Count; k++)
        {
            var steps = Math.Max(1, (int)Math.Round(Steps * lengths[k - 1] / whole));
            for (var step = 1; step < steps; step++)
            {
                points.Add((Mix(corners[k - 1], corners[k], (double)step / steps), false));
            }

            points.Add((corners[k], true));
        }

        return Curve(points, riskFree, marks);
    }

    /// <summary>The curve through portfolios that were found one by one, from the least variance to the greatest return.</summary>
    public FrontierCurve Curve(IReadOnlyList<Portfolio> portfolios, double? riskFree, IReadOnlyList<MarkedPortfolio> marks) =>
        Curve([.. portfolios.Select(portfolio => (portfolio.Weights, false))], riskFree, marks);

    /// <summary>A portfolio that is to have a name in the picture.</summary>
    public MarkedPortfolio Marked(Mark kind, double[] weights) => new(kind, Volatility(weights), Return(weights), weights);

    private FrontierCurve Curve(IReadOnlyList<(double[] Weights, bool Turning)> points, double? riskFree, IReadOnlyList<MarkedPortfolio> marks) => new()
    {
        Points = [.. points.Select(point => new FrontierPoint(Volatility(point.Weights), Return(point.Weights), point.Turning))],
        Assets = [.. Names.Select((name, i) => new FrontierAsset(
            name, Math.Sqrt(PeriodsAYear * Covariance[i, i]), PeriodsAYear * Mean[i], [.. points.Select(point => point.Weights[i])]))],
        Marks = marks,
        RiskFree = riskFree,
    };

    /// <summary>Two turning points may hold the same: one where two assets change at once, or where the curve has a kink.</summary>
    private static List<double[]> Distinct(IReadOnlyList<double[]> corners) =>
        [.. corners.Where((corner, k) => k == 0 || corner.Zip(corners[k - 1], (a, b) => Math.Abs(a - b)).Max() > 1e-9)];

    private double Apart(double[] a, double[] b) => Math.Abs(Volatility(a) - Volatility(b)) + Math.Abs(Return(a) - Return(b));

    private double Volatility(double[] weights) => Math.Sqrt(PeriodsAYear) * PortfolioRisk.Volatility(weights, Covariance);

    private double Return(double[] weights) => PeriodsAYear * weights.Zip(Mean, (w, m) => w * m).Sum();

    private static double[] Mix(double[] a, double[] b, double share) => [.. a.Zip(b, (x, y) => x + share * (y - x))];
}
