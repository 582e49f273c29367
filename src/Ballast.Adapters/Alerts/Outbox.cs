using System.Threading.Channels;
using Ballast.Alerts;

namespace Ballast.Adapters.Alerts;

/// <summary>Delivers alerts on one channel beside the loop, in order, each tried again a few times; it never makes the loop wait.</summary>
public sealed class Outbox : IAsyncDisposable
{
    private readonly Channel<Alert> _waiting = Channel.CreateUnbounded<Alert>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _working;

    /// <param name="again">The pauses before a message is tried again.</param>
    /// <param name="lost">Hears of what was not delivered, as a sentence.</param>
    public Outbox(IAlertChannel channel, string portfolio, IReadOnlyList<TimeSpan> again, Action<string> lost) =>
        _working = Task.Run(() => WorkAsync(channel, portfolio, again, lost));

    /// <summary>The usual pauses: a message that is two minutes late is still worth having.</summary>
    public static IReadOnlyList<TimeSpan> Usual { get; } = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(90)];

    public void Put(Alert alert) => _waiting.Writer.TryWrite(alert);

    /// <summary>Waits for what is under way, for so long at most.</summary>
    public async Task EndAsync(TimeSpan most)
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAny(_working, Task.Delay(most)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync(IAlertChannel channel, string portfolio, IReadOnlyList<TimeSpan> again, Action<string> lost)
    {
        try
        {
            await foreach (var alert in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                if (await DeliverAsync(channel, portfolio, alert, again).ConfigureAwait(false) is { } why) lost($"{alert.Code} was not told: {why}");
        }
        catch (OperationCanceledException)
        {
            // The loop has ended, and has waited for it.
        }
    }

    /// <summary>Null, or why not.</summary>
    private async Task<string?> DeliverAsync(IAlertChannel channel, string portfolio, Alert alert, IReadOnlyList<TimeSpan> again)
    {
        for (var tried = 0; ; tried++)
            try
            {
                await channel.SendAsync(portfolio, alert, _stop.Token).ConfigureAwait(false);
                return null;
            }
            catch (AlertException fault) when (fault.Again && tried < again.Count)
            {
                var wait = fault.Wait is { } asked && asked > again[tried] && asked < TimeSpan.FromMinutes(10) ? asked : again[tried];
                await Task.Delay(wait, _stop.Token).ConfigureAwait(false);
            }
            catch (AlertException fault)
            {
                return fault.Message;
            }
    }
}
