namespace Ballast.Numerics.Backtest;

/// <summary>Whether the figures beside it may be used.</summary>
public enum FastStatus
{
    Done,

    /// <summary>The fee did not fit into cash (sizing before costs): the exact engine has to run this one.</summary>
    CashBelowZero,
}

/// <summary>What one run over a history came to; look at <see cref="Status"/> first.</summary>
/// <param name="Status">Whether the figures may be used.</param>
/// <param name="EndValue">Value at the last close.</param>
/// <param name="Rebalances">How many decisions were filled; the initial purchase counts when it was charged.</param>
/// <param name="Turnover">Sum over rebalances of Σ|trade| / value before: both sides.</param>
/// <param name="Costs">Fees paid, in units of value.</param>
/// <param name="Volatility">Standard deviation (n − 1) of simple returns per bar; null with fewer than two returns.</param>
/// <param name="MaxDrawdown">Largest fall from a peak, as a fraction of the peak.</param>
public readonly record struct FastResult(
    FastStatus Status, double EndValue, int Rebalances, double Turnover, double Costs, double? Volatility, double MaxDrawdown);

/// <summary>Holdings after each fill, so that a caller can tell every trade of a run.</summary>
public sealed class RebalanceLog
{
    private readonly List<int> _bars = [];
    private readonly List<double> _cash = [];
    private readonly List<double[]> _quantities = [];

    /// <summary>Bar of each fill, the initial purchase (free or charged) included.</summary>
    public IReadOnlyList<int> Bars => _bars;

    public IReadOnlyList<double> CashAfter => _cash;

    /// <summary>Units of each asset after each fill, shape n.</summary>
    public IReadOnlyList<double[]> QuantitiesAfter => _quantities;

    internal void Add(int bar, double cash, ReadOnlySpan<double> quantities)
    {
        _bars.Add(bar);
        _cash.Add(cash);
        _quantities.Add(quantities.ToArray());
    }
}
