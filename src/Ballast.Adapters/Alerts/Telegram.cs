using System.Text.Json.Nodes;
using Ballast.Alerts;

namespace Ballast.Adapters.Alerts;

/// <summary>Writes to one chat as a bot of yours.</summary>
/// <param name="chat">The chat's number, or a channel's @name.</param>
public sealed class Telegram(Uri server, string token, string chat) : IAlertChannel
{
    /// <summary>The service's own address.</summary>
    public static Uri Usual { get; } = new("https://api.telegram.org/");

    public string Name => "telegram";

    public Task SendAsync(string portfolio, Alert alert, CancellationToken cancel) => AlertPost.SendAsync(Name, new Uri(server, $"/bot{Uri.EscapeDataString(token).Replace("%3A", ":", StringComparison.Ordinal)}/sendMessage"), new JsonObject
    {
        ["chat_id"] = chat, ["text"] = $"{AlertWords.Title(portfolio, alert)}\n{AlertWords.Text(alert)}", ["disable_notification"] = !alert.Urgent && alert.Kind != AlertKind.Begins,
    }, (_, _) => { }, cancel);

    public override string ToString() => Name;
}
