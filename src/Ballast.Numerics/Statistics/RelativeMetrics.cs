namespace Ballast.Numerics.Statistics;

/// <summary>How a series of returns stands to a benchmark over the same periods: regression, tracking and capture.</summary>
/// <remarks>A metric that is undefined is null and <see cref="Notes"/> says why. Returns and the risk-free rate are per period.</remarks>
public sealed record RelativeMetrics
{
    public double? Beta { get; init; }
    public double? AlphaPerPeriod { get; init; }
    public double? AlphaAnn { get; init; }
    public double? AlphaAnnCompounded { get; init; }
    public double? AlphaTstat { get; init; }
    public double? R2 { get; init; }
    public double? Corr { get; init; }
    public double? TrackingErrorAnn { get; init; }
    public double? InformationRatio { get; init; }
    public double? UpCapture { get; init; }
    public double? DownCapture { get; init; }
    public double? Treynor { get; init; }

    /// <summary>By metric name: why it has no value.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    /// <summary>All metrics of a series against a benchmark of the same timestamps.</summary>
    public static RelativeMetrics Of(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear, double riskFree = 0)
    {
        ReturnSeries.Require(returns, nameof(returns));
        ReturnSeries.Require(benchmark, nameof(benchmark));
        ReturnSeries.RequirePeriods(periodsPerYear);
        if (returns.Length != benchmark.Length) throw new ArgumentException($"{returns.Length} returns against {benchmark.Length} of the benchmark: align them first");
        if (!double.IsFinite(riskFree)) throw new ArgumentOutOfRangeException(nameof(riskFree), riskFree, "the risk-free rate must be finite");
        var notes = new Notes();
        var metrics = new RelativeMetrics { Notes = notes.Reasons };
        metrics = WithTracking(metrics, returns, benchmark, periodsPerYear, notes);
        metrics = WithRegression(metrics, returns, benchmark, periodsPerYear, riskFree, notes);
        return metrics with
        {
            UpCapture = Capture(nameof(UpCapture), +1, returns, benchmark, notes),
            DownCapture = Capture(nameof(DownCapture), -1, returns, benchmark, notes),
        };
    }

    private static RelativeMetrics WithTracking(RelativeMetrics metrics, ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear, Notes notes)
    {
        var difference = new double[returns.Length];
        for (var t = 0; t < difference.Length; t++) difference[t] = returns[t] - benchmark[t];
        var (active, year) = (Moments.Of(difference), Math.Sqrt(periodsPerYear));
        return metrics with
        {
            TrackingErrorAnn = notes.Finite(nameof(TrackingErrorAnn), active.SampleDeviation * year),
            InformationRatio = notes.Ratio(nameof(InformationRatio), active.Mean * year, active.SampleDeviation, "the difference from the benchmark does not vary"),
        };
    }

    /// <summary>Ordinary least squares of excess return on excess benchmark return; the t statistic of α has T − 2 degrees of freedom.</summary>
    private static RelativeMetrics WithRegression(RelativeMetrics metrics, ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double periodsPerYear, double riskFree, Notes notes)
    {
        var (asset, market) = (Moments.Of(returns), Moments.Of(benchmark));
        if (market.SumSquares == 0) return WithoutRegression(metrics, notes);
        var beta = Correlation.CrossProduct(returns, benchmark) / market.SumSquares;
        var (excess, marketExcess) = (asset.Mean - riskFree, market.Mean - riskFree);
        var alpha = excess - beta * marketExcess;
        var error = AlphaError(returns, benchmark, beta, asset.Mean, market, marketExcess);
        var correlation = notes.Finite(nameof(Corr), Correlation.Of(returns, benchmark) ?? double.NaN, "the returns do not vary");
        if (correlation is null) notes.Add(nameof(R2), notes.Reasons[nameof(Corr)]);
        return metrics with
        {
            Beta = notes.Finite(nameof(Beta), beta),
            AlphaPerPeriod = notes.Finite(nameof(AlphaPerPeriod), alpha),
            AlphaAnn = notes.Finite(nameof(AlphaAnn), alpha * periodsPerYear),
            AlphaAnnCompounded = notes.Finite(nameof(AlphaAnnCompounded), Math.Pow(1 + alpha, periodsPerYear) - 1, "alpha cannot be compounded"),
            AlphaTstat = notes.Ratio(nameof(AlphaTstat), alpha, error, "the regression leaves no residual"),
            Corr = correlation,
            R2 = correlation * correlation,
            Treynor = notes.Ratio(nameof(Treynor), excess * periodsPerYear, beta, "beta is zero"),
        };
    }

    /// <summary>Standard error of α: √(s²(1/T + x̄²/Σ(x − x̄)²)), s² = residual sum of squares/(T − 2); zero where nothing is left.</summary>
    private static double AlphaError(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double beta, double mean, Moments market, double marketExcess)
    {
        if (returns.Length < 3) return 0;
        var squares = 0.0;
        for (var t = 0; t < returns.Length; t++) squares += Math.Pow(returns[t] - mean - beta * (benchmark[t] - market.Mean), 2);
        return Math.Sqrt(squares / (returns.Length - 2) * (1.0 / returns.Length + marketExcess * marketExcess / market.SumSquares));
    }

    private static RelativeMetrics WithoutRegression(RelativeMetrics metrics, Notes notes)
    {
        foreach (var name in (string[])[nameof(Beta), nameof(AlphaPerPeriod), nameof(AlphaAnn), nameof(AlphaAnnCompounded), nameof(AlphaTstat), nameof(R2), nameof(Corr), nameof(Treynor)])
            notes.Add(name, "the benchmark does not vary");
        return metrics;
    }

    /// <summary>Geometric mean return over the periods in which the benchmark rose (or fell), divided by the benchmark's own.</summary>
    private static double? Capture(string name, int sign, ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, Notes notes)
    {
        var (own, market, count) = (1.0, 1.0, 0);
        for (var t = 0; t < returns.Length; t++)
        {
            if (Math.Sign(benchmark[t]) != sign) continue;
            own *= 1 + returns[t];
            market *= 1 + benchmark[t];
            count++;
        }
        var reason = sign > 0 ? "the benchmark never rises" : "the benchmark never falls";
        return count == 0
            ? notes.Finite(name, double.NaN, reason)
            : notes.Ratio(name, Math.Pow(own, 1.0 / count) - 1, Math.Pow(market, 1.0 / count) - 1, reason);
    }
}
