using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Backtest;
using Ballast.Planning;
using Ballast.Schedules;

namespace Ballast.Engine.Backtests;

/// <summary>A history as arrays, made once for all policies of a sweep: the same assets share a matrix, the same schedule its bars.</summary>
public sealed class FastPrices(PriceHistory history, BacktestSettings settings)
{
    private readonly Dictionary<string, (PriceMatrix? Prices, string? Gap)> _matrices = [];
    private readonly Dictionary<Schedule, ImmutableArray<int>> _bars = [];
    private readonly Dictionary<int, BarSet> _every = [];
    private readonly (int First, int Last) _span = BacktestSpan.Of(history, settings);

    public ImmutableArray<Instant> Opens { get; } = BacktestSpan.OpensOf(history, settings);

    public int First => _span.First;

    public Duration Spacing => history.Spacing;

    public (PriceMatrix? Prices, string? Gap) Of(ImmutableArray<Asset> assets, Asset baseAsset)
    {
        var key = string.Join('\n', assets.Append(baseAsset));
        return _matrices.TryGetValue(key, out var known) ? known : _matrices[key] = Matrix(assets, baseAsset);
    }

    /// <summary>The bars at which a schedule fires.</summary>
    public ImmutableArray<int> Firing(Schedule schedule) =>
        _bars.TryGetValue(schedule, out var known) ? known : _bars[schedule] = schedule.FiringBars(Opens.AsSpan(), history.Spacing);

    /// <summary>An interval in bars; a duration only where bars are evenly spaced, so that both mean the same. Null where they are not.</summary>
    public int? BarsOf(LookInterval interval) => interval switch
    {
        LookInterval.Bars(var count) => count,
        LookInterval.Every(var span) when EvenlySpaced => Math.Max(1, (int)Math.Ceiling(span / Spacing)),
        _ => null,
    };

    private bool EvenlySpaced => Enumerable.Range(1, Opens.Length - 1).All(t => Opens[t] - Opens[t - 1] == Spacing);

    /// <summary>Every so many bars.</summary>
    public BarSet Every(int count) => _every.TryGetValue(count, out var known) ? known : _every[count] = BarSet.Every(count, Opens.Length);

    private (PriceMatrix?, string?) Matrix(ImmutableArray<Asset> assets, Asset baseAsset)
    {
        var (bars, n, opens) = (Opens.Length, assets.Length, settings.Fill == FillMode.NextOpen);
        if (n == 0) return (null, "it holds only cash");
        var (closes, opening) = (new double[bars * n], opens ? new double[bars * n] : []);
        for (var i = 0; i < n; i++)
        {
            if (history.In(assets[i], baseAsset) is not { } series) return (null, $"{assets[i]} has no price in {baseAsset}");
            if (opens && series.Open is null) return (null, "the prices have no opens");
            for (var t = 0; t < bars; t++)
            {
                closes[t * n + i] = series.Close[First + t];
                if (opens) opening[t * n + i] = series.Open![First + t];
            }
        }
        return PriceMatrix.FirstUnusable(closes) >= 0 || PriceMatrix.FirstUnusable(opening) >= 0
            ? (null, "prices have gaps, or an asset is listed or delisted on the way")
            : (PriceMatrix.Load(bars, n, closes, opening), null);
    }
}
