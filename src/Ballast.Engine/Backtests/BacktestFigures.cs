using Ballast.Numerics.Statistics;

namespace Ballast.Engine.Backtests;

/// <summary>The figures of one equity curve, as the contract names them. Null where a figure has no meaning; the reason is in the notes.</summary>
/// <param name="Multiple">Growth of one unit of money, flows left out: the product of the bar returns.</param>
/// <param name="MoneyWeighted">Yearly rate that discounts all flows and the end value to nothing (XIRR); null without flows.</param>
public sealed record BacktestFigures(
    int Bars, double StartValue, double EndValue, double Multiple, double? Cagr, double? Volatility, double? Sharpe, double? Sortino,
    double? Calmar, double? MaxDrawdown, double? Ulcer, double? ExpectedShortfall, double? MoneyWeighted, IReadOnlyDictionary<string, string> Notes)
{
    /// <param name="returns">Bar returns, flows left out.</param>
    public static BacktestFigures Of(double start, double end, double[] returns, double barsAYear, double riskFree, double? moneyWeighted = null)
    {
        if (returns.Length < 2)
            return new(returns.Length + 1, start, end, returns.Aggregate(1.0, (m, r) => m * (1 + r)), null, null, null, null, null, null, null, null, moneyWeighted,
                new Dictionary<string, string> { ["cagr"] = "fewer than three bars" });
        var m = SeriesMetrics.Of(returns, barsAYear, riskFree / barsAYear);
        return new(returns.Length + 1, start, end, 1 + (m.TotalReturn ?? 0), m.Cagr, m.VolAnn, m.SharpeAnn, m.SortinoAnn,
            m.Calmar, m.MaxDrawdown, m.UlcerIndex, m.EsHistExact95, moneyWeighted, m.Notes);
    }
}
