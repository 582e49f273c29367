namespace Ballast.Numerics.Statistics;

/// <summary>Return, risk and tail figures of one series of simple returns, under the names that reports use.</summary>
/// <remarks>
/// Returns, risk-free and minimum acceptable rate are per period. A metric that is undefined is null and <see cref="Notes"/> says why;
/// a note beside a value is a warning. Losses (drawdown, value at risk, shortfall) are positive numbers.
/// </remarks>
public sealed record SeriesMetrics
{
    public required int Periods { get; init; }
    public double? TotalReturn { get; init; }
    public double? Cagr { get; init; }
    public double? MeanAnn { get; init; }
    public double? Vol { get; init; }
    public double? VolAnn { get; init; }
    public double? SharpeAnn { get; init; }
    public double? SortinoAnn { get; init; }
    public double? DownsideDev { get; init; }
    public double? MaxDrawdown { get; init; }
    public int MaxDrawdownDurationPeriods { get; init; }
    public double? Calmar { get; init; }
    public double? UlcerIndex { get; init; }
    public double? PainIndex { get; init; }
    public double? Martin { get; init; }
    public double? Omega0 { get; init; }
    public double? GainToPain { get; init; }
    public double? Skew { get; init; }
    public double? KurtRaw { get; init; }
    public double? KurtExcess { get; init; }
    public double? VarHist95 { get; init; }
    public double? VarHist99 { get; init; }
    public double? VarGauss95 { get; init; }
    public double? VarCornishFisher95 { get; init; }
    public double? EsHistExact95 { get; init; }
    public double? EsHistTailMean95 { get; init; }
    public double? EsGauss95 { get; init; }
    public double? EsModified95 { get; init; }
    public double? TailRatio { get; init; }
    public double? HitRate { get; init; }
    public double? Best { get; init; }
    public double? Worst { get; init; }
    public double? Autocorr1 { get; init; }
    public double? ProfitFactor { get; init; }
    public double? Cdar95Exact { get; init; }

    /// <summary>By metric name: why it has no value, or what to beware of.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    /// <summary>All metrics of a series. Throws where <see cref="ReturnSeries.Fault"/> finds one or the periods per year are not positive.</summary>
    public static SeriesMetrics Of(ReadOnlySpan<double> returns, double periodsPerYear, double riskFree = 0, double minimumAcceptable = 0)
    {
        ReturnSeries.Require(returns, nameof(returns));
        ReturnSeries.RequirePeriods(periodsPerYear);
        if (!double.IsFinite(riskFree) || !double.IsFinite(minimumAcceptable))
            throw new ArgumentException($"rates must be finite: risk-free {riskFree}, minimum acceptable {minimumAcceptable}");
        var notes = new Notes();
        var metrics = new SeriesMetrics { Periods = returns.Length, Notes = notes.Reasons };
        metrics = WithGrowth(metrics, returns, periodsPerYear, notes);
        metrics = WithRatios(metrics, returns, periodsPerYear, riskFree, minimumAcceptable, notes);
        metrics = WithDrawdowns(metrics, returns, notes);
        metrics = WithGains(metrics, returns, notes);
        metrics = WithShape(metrics, returns, notes);
        return WithTails(metrics, returns, notes);
    }

    /// <summary>Growth a year by the calendar, W^(365.25/days) − 1; a book that has lost everything loses 100 % a year.</summary>
    public static double CagrCalendar(double totalReturn, double days)
    {
        if (!(days > 0)) throw new ArgumentOutOfRangeException(nameof(days), days, "a period has at least a part of a day");
        return totalReturn <= -1 ? -1 : Math.Pow(1 + totalReturn, 365.25 / days) - 1;
    }

    private static SeriesMetrics WithGrowth(SeriesMetrics metrics, ReadOnlySpan<double> returns, double periodsPerYear, Notes notes)
    {
        var wealth = 1.0;
        foreach (var r in returns) wealth *= 1 + r;
        return metrics with
        {
            TotalReturn = notes.Finite(nameof(TotalReturn), wealth - 1),
            Cagr = notes.Finite(nameof(Cagr), wealth <= 0 ? -1 : Math.Pow(wealth, periodsPerYear / returns.Length) - 1),
        };
    }

    private static SeriesMetrics WithRatios(SeriesMetrics metrics, ReadOnlySpan<double> returns, double periodsPerYear, double riskFree, double minimum, Notes notes)
    {
        var moments = Moments.Of(returns);
        var (deviation, downside, year) = (moments.SampleDeviation, DownsideDeviation(returns, minimum), Math.Sqrt(periodsPerYear));
        return metrics with
        {
            MeanAnn = notes.Finite(nameof(MeanAnn), moments.Mean * periodsPerYear),
            Vol = notes.Finite(nameof(Vol), deviation),
            VolAnn = notes.Finite(nameof(VolAnn), deviation * year),
            SharpeAnn = notes.Ratio(nameof(SharpeAnn), (moments.Mean - riskFree) * year, deviation, "the returns do not vary"),
            DownsideDev = notes.Finite(nameof(DownsideDev), downside),
            SortinoAnn = notes.Ratio(nameof(SortinoAnn), (moments.Mean - minimum) * year, downside, "no return is below the minimum acceptable one"),
        };
    }

    /// <summary>√(T⁻¹ Σ min(r − mar, 0)²): the divisor counts all observations, not only those below (Sortino).</summary>
    private static double DownsideDeviation(ReadOnlySpan<double> returns, double minimum)
    {
        var squares = 0.0;
        foreach (var r in returns) squares += Math.Pow(Math.Min(r - minimum, 0), 2);
        return Math.Sqrt(squares / returns.Length);
    }

    private static SeriesMetrics WithDrawdowns(SeriesMetrics metrics, ReadOnlySpan<double> returns, Notes notes)
    {
        const string NoLoss = "the series never falls below its peak";
        double squares = 0, sum = 0;
        foreach (var depth in Drawdown.Series(returns)) (squares, sum) = (squares + depth * depth, sum - depth);
        var (deepest, ulcer) = (Drawdown.Max(returns), Math.Sqrt(squares / returns.Length));
        var cagr = metrics.Cagr ?? double.NaN;
        return metrics with
        {
            MaxDrawdown = deepest,
            MaxDrawdownDurationPeriods = Drawdown.Duration(returns),
            UlcerIndex = ulcer,
            PainIndex = sum / returns.Length,
            Calmar = notes.Ratio(nameof(Calmar), cagr, deepest, NoLoss),
            Martin = notes.Ratio(nameof(Martin), cagr, ulcer, NoLoss),
            Cdar95Exact = Drawdown.ConditionalAtRisk(returns, 0.95),
        };
    }

    private static SeriesMetrics WithGains(SeriesMetrics metrics, ReadOnlySpan<double> returns, Notes notes)
    {
        const string NoLoss = "no return is negative";
        double gains = 0, losses = 0, sum = 0;
        var up = 0;
        foreach (var r in returns)
        {
            gains += Math.Max(r, 0);
            losses += Math.Max(-r, 0);
            sum += r;
            if (r > 0) up++;
        }
        return metrics with
        {
            Omega0 = notes.Ratio(nameof(Omega0), gains, losses, NoLoss),
            ProfitFactor = notes.Ratio(nameof(ProfitFactor), gains, losses, NoLoss),
            GainToPain = notes.Ratio(nameof(GainToPain), sum, losses, NoLoss),
            HitRate = (double)up / returns.Length,
        };
    }

    private static SeriesMetrics WithShape(SeriesMetrics metrics, ReadOnlySpan<double> returns, Notes notes)
    {
        var moments = Moments.Of(returns);
        var flat = moments.SumSquares == 0;
        var skew = notes.Finite(nameof(Skew), returns.Length < 3 ? double.NaN : moments.Skew, Missing(3));
        var kurtosis = notes.Finite(nameof(KurtRaw), returns.Length < 4 ? double.NaN : moments.Kurtosis, Missing(4));
        if (kurtosis is null) notes.Add(nameof(KurtExcess), Missing(4));
        return metrics with
        {
            Skew = skew,
            KurtRaw = kurtosis,
            KurtExcess = kurtosis - 3,
            Autocorr1 = notes.Finite(nameof(Autocorr1), Correlation.Of(returns[1..], returns[..^1]) ?? double.NaN, "the returns, or all but one of them, do not vary"),
        };

        string Missing(int needed) => flat ? "the returns do not vary" : $"needs at least {needed} returns";
    }

    private static SeriesMetrics WithTails(SeriesMetrics metrics, ReadOnlySpan<double> returns, Notes notes)
    {
        var sorted = Quantile.Sorted(returns);
        var low = Quantile.OfSorted(sorted, 0.05);
        return WithParametricTails(metrics, Moments.Of(returns), notes) with
        {
            VarHist95 = notes.Finite(nameof(VarHist95), -low),
            VarHist99 = notes.Finite(nameof(VarHist99), -Quantile.OfSorted(sorted, 0.01)),
            EsHistExact95 = notes.Finite(nameof(EsHistExact95), -Quantile.LowerTailMean(sorted, 0.05)),
            EsHistTailMean95 = notes.Finite(nameof(EsHistTailMean95), -Quantile.MeanAtOrBelow(sorted, 0.05)),
            TailRatio = notes.Ratio(nameof(TailRatio), Math.Abs(Quantile.OfSorted(sorted, 0.95)), Math.Abs(low), "the 5 % quantile is zero"),
            Best = sorted[^1],
            Worst = sorted[0],
        };
    }

    private static SeriesMetrics WithParametricTails(SeriesMetrics metrics, Moments moments, Notes notes)
    {
        metrics = metrics with
        {
            VarGauss95 = notes.Finite(nameof(VarGauss95), TailRisk.GaussianVar(moments, 0.05)),
            EsGauss95 = notes.Finite(nameof(EsGauss95), TailRisk.GaussianShortfall(moments, 0.05)),
        };
        if (metrics.Skew is not { } skew || metrics.KurtExcess is not { } excess) return WithoutModified(metrics, notes);
        var shortfall = TailRisk.ModifiedShortfall(moments, 0.05, skew, excess);
        if (!TailRisk.CornishFisherHolds(skew, excess))
            notes.Add(nameof(VarCornishFisher95), "CornishFisherOutOfDomain: at this skewness and kurtosis the expansion is not increasing in probability");
        if (shortfall < 0) notes.Add(nameof(EsModified95), "the expansion gives a negative shortfall at this skewness and kurtosis");
        return metrics with
        {
            VarCornishFisher95 = notes.Finite(nameof(VarCornishFisher95), TailRisk.CornishFisherVar(moments, 0.05, skew, excess)),
            EsModified95 = shortfall < 0 ? null : notes.Finite(nameof(EsModified95), shortfall),
        };
    }

    private static SeriesMetrics WithoutModified(SeriesMetrics metrics, Notes notes)
    {
        notes.Add(nameof(VarCornishFisher95), "skewness or kurtosis is undefined");
        notes.Add(nameof(EsModified95), "skewness or kurtosis is undefined");
        return metrics;
    }
}
