using Ballast.Engine.Ports;

namespace Ballast.Adapters.History;

/// <summary>A question to a venue that may be asked again, because it changes nothing.</summary>
public static class Asking
{
    /// <summary>The pauses before it is asked again.</summary>
    public static IReadOnlyList<TimeSpan> Usual { get; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <exception cref="VenueException">There was no answer, after the last pause either.</exception>
    public static async Task<T> Of<T>(Func<CancellationToken, Task<T>> ask, IReadOnlyList<TimeSpan> again, CancellationToken cancel)
    {
        for (var tried = 0; ; tried++)
            try
            {
                return await ask(cancel).ConfigureAwait(false);
            }
            catch (VenueException) when (tried < again.Count && !cancel.IsCancellationRequested)
            {
                await Task.Delay(again[tried], cancel).ConfigureAwait(false);
            }
    }
}
