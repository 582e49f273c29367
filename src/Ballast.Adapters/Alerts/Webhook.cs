using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Alerts;

namespace Ballast.Adapters.Alerts;

/// <summary>Posts each alert as JSON to an address of yours; with a secret, signed by HMAC-SHA-256 of the body in <c>X-Ballast-Signature: sha256=HEX</c>.</summary>
public sealed class Webhook(Uri address, string? secret) : IAlertChannel
{
    public string Name => "webhook";

    public Task SendAsync(string portfolio, Alert alert, CancellationToken cancel) => AlertPost.SendAsync(Name, address, new JsonObject
    {
        ["version"] = 1, ["portfolio"] = portfolio, ["at"] = alert.At.ToString(), ["topic"] = alert.Topic, ["kind"] = alert.Kind.ToString().ToLowerInvariant(), ["code"] = alert.Code,
        ["subject"] = alert.Subject, ["text"] = alert.Text, ["urgent"] = alert.Urgent,
    }, (headers, body) =>
    {
        if (secret is not null) headers.Add("X-Ballast-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
    }, cancel);

    public override string ToString() => Name;
}
