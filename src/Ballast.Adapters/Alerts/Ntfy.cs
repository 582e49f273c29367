using System.Text.Json.Nodes;
using Ballast.Alerts;

namespace Ballast.Adapters.Alerts;

/// <summary>Publishes to a topic of an ntfy server. Whoever knows the topic's name can read it: it is a secret, unless the server asks for a token.</summary>
/// <param name="address">Server and topic: <c>https://ntfy.sh/my-topic</c>.</param>
public sealed class Ntfy(Uri address, string? token) : IAlertChannel
{
    public string Name => "ntfy";

    public Task SendAsync(string portfolio, Alert alert, CancellationToken cancel) => AlertPost.SendAsync(Name, new Uri(address, "/"), new JsonObject
    {
        ["topic"] = address.AbsolutePath.Trim('/'), ["title"] = AlertWords.Title(portfolio, alert), ["message"] = AlertWords.Text(alert), ["priority"] = alert.Urgent ? 5 : 3,
    }, (headers, _) =>
    {
        if (token is not null) headers.Authorization = new("Bearer", token);
    }, cancel);

    public override string ToString() => Name;
}
