using Ballast.Market;
using Ballast.Money;

namespace Ballast.Engine.Backtests;

/// <summary>A price history as a policy meets it: snapshot after snapshot, gaps carried, nothing before listing or after delisting.</summary>
public sealed class MarketFeed(PriceHistory history)
{
    public PriceHistory History => history;

    /// <summary>Prices at the close of a bar.</summary>
    public MarketSnapshot AtClose(int bar) => Snapshot(bar, history.CloseTime(bar), s => s.Close[bar]);

    /// <summary>The closes of a bar as they look at a time at or after its open: aged against a limit.</summary>
    public MarketSnapshot At(int bar, Instant now, Duration? maxAge) => Snapshot(bar, now, s => s.Close[bar], history.CloseTime(bar), maxAge);

    /// <summary>Prices at the open of a bar; where the file has none, the last close is carried, which does not trade.</summary>
    public MarketSnapshot AtOpen(int bar) => Snapshot(bar, history.Opens[bar], s => s.Open is { } open ? open[bar] : double.NaN);

    /// <summary>Series that have ended before this bar though the history goes on: delisted, first seen here.</summary>
    public IEnumerable<PriceSeries> DelistedAt(int bar) => history.Series.Where(s => s.Listed.Last >= 0 && s.Listed.Last + 1 == bar);

    private MarketSnapshot Snapshot(int bar, Instant at, Func<PriceSeries, double> now, Instant? observed = null, Duration? maxAge = null)
    {
        var stamp = observed ?? at;
        var quotes = new List<Quote>(history.Series.Length);
        foreach (var series in history.Series)
        {
            if (series.Listed.First < 0 || bar < series.Listed.First || bar > series.Listed.Last) continue;
            var price = now(series);
            if (!double.IsNaN(price)) quotes.Add(Of(series, price, stamp, carried: false));
            else if (LastClose(series, bar) is { } old) quotes.Add(Of(series, old.Close, history.CloseTime(old.Bar), carried: true));
        }
        return new MarketSnapshot(at, quotes, maxAge);
    }

    private static (int Bar, double Close)? LastClose(PriceSeries series, int before)
    {
        for (var t = before - 1; t >= series.Listed.First; t--)
            if (!double.IsNaN(series.Close[t])) return (t, series.Close[t]);
        return null;
    }

    private static Quote Of(PriceSeries series, double price, Instant at, bool carried) =>
        new(new Price((decimal)price, series.Base, series.Quote), at, carried);
}
