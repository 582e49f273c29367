using Ballast.Engine.Execution;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Market;
using Ballast.Orders;

namespace Ballast.Engine.Running;

/// <summary>Runs history through the live path: each bar's close is shown to the paper venues, the loop looks, and what follows is carried out before the next bar.</summary>
/// <param name="spread">Bid to ask, as a fraction of the close.</param>
public sealed class Replay(PriceHistory history, IReadOnlyList<PaperVenue> venues, Executor executor, Loop loop, ReplayTime time, Clock clock, decimal spread)
{
    /// <summary>How long a plan has after a bar.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    /// <param name="looked">Told of each look.</param>
    public async Task RunAsync(int first, int last, string version, Action<Instant, Looked> looked, CancellationToken cancel)
    {
        time.Now = Instant.Max(time.Now, history.CloseTime(first));
        executor.Post(new ExecutionEvent.Started(clock.Now, version, "replay"));
        for (var bar = first; bar <= last; bar++)
        {
            cancel.ThrowIfCancellationRequested();
            time.Now = Instant.Max(time.Now, history.CloseTime(bar));
            Show(bar);
            await UntilAsync(() => loop.Waits is null, history.CloseTime(bar) + Patience, cancel);
            // The loop is shown the bar as a back-test is, and its time, not that of the moment at which the books agreed.
            if (loop.Look(history.CloseTime(bar), Triggers.Bar.Of(history, bar, first)) is { } look) looked(history.CloseTime(bar), look);
            await executor.SettleAsync(cancel);
            await UntilAsync(() => loop.Waits is null, history.CloseTime(bar) + Patience, cancel);
        }
    }

    /// <summary>Time goes on in small steps while something is being done; it never reaches the next bar by waiting.</summary>
    private async Task UntilAsync(Func<bool> done, Instant latest, CancellationToken cancel)
    {
        await executor.SettleAsync(cancel);
        while (!done() && time.Now < latest)
        {
            time.Now += Duration.FromMilliseconds(250);
            await executor.SettleAsync(cancel);
        }
    }

    private void Show(int bar)
    {
        foreach (var series in history.Series)
        {
            if (bar < series.Listed.First || bar > series.Listed.Last || double.IsNaN(series.Close[bar])) continue;
            var close = (decimal)series.Close[bar];
            var half = close * spread / 2;
            foreach (var venue in venues)
            {
                var symbol = venue.Instruments.Spot(series.Base, series.Quote, venue.Sheet.Venue, close)?.Symbol ?? $"{series.Base}/{series.Quote}";
                var top = new TopOfBook(symbol, close - half, 0, close + half, 0, history.CloseTime(bar));
                venue.Show(top);
                executor.Post(new ExecutionEvent.Quoted(clock.Now, venue.Account, top));
            }
        }
    }
}
