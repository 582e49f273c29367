using Ballast.Alerts;

namespace Ballast.Adapters.Alerts;

/// <summary>A way to a person. Its text form and its faults tell nothing of its secrets.</summary>
public interface IAlertChannel
{
    /// <summary>As the portfolio file names it.</summary>
    string Name { get; }

    /// <summary>Delivers one message, once.</summary>
    /// <exception cref="AlertException">It was not taken.</exception>
    Task SendAsync(string portfolio, Alert alert, CancellationToken cancel);
}

/// <summary>A message was not taken. The sentence is for people and holds no secret and no address.</summary>
/// <param name="again">Whether it may be taken later.</param>
/// <param name="wait">How long the other side asks to be left alone; null where it says nothing.</param>
public sealed class AlertException(string message, bool again, TimeSpan? wait = null) : Exception(message)
{
    public bool Again => again;

    public TimeSpan? Wait => wait;
}
