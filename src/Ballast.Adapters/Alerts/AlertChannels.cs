using System.Text.Json.Nodes;
using Ballast.Adapters.Secrets;

namespace Ballast.Adapters.Alerts;

/// <summary>The channels as the vault keeps them: address and secrets of each under its name.</summary>
public static class AlertChannels
{
    /// <summary>What there is, as the portfolio file names it.</summary>
    public static ImmutableArray<string> Names { get; } = ["telegram", "webhook", "ntfy"];

    /// <summary>The channel of a name; null where the vault has none.</summary>
    /// <exception cref="VaultException">The vault's entry is spoiled.</exception>
    public static IAlertChannel? Find(Vault vault, string name) => vault.Find(Entry(name)) is not { } text ? null
        : Of(name, JsonNode.Parse(text)!.AsObject()) ?? throw new VaultException($"the settings of {name} cannot be used: `ballast alerts set {name}`");

    /// <param name="address">Of a webhook or a topic; of Telegram, a server other than its own, or null.</param>
    /// <param name="secret">A bot's token, a topic's token, or what a webhook's messages are signed with.</param>
    /// <param name="chat">Telegram's chat.</param>
    /// <exception cref="FormatException">They cannot be used; the sentence holds none of them.</exception>
    public static void Put(Vault vault, string name, string? address, string? secret, string? chat, Instant now)
    {
        var settings = new JsonObject { ["address"] = address, ["secret"] = secret, ["chat"] = chat };
        if (Of(name, settings) is null) throw new FormatException(name == "telegram" ? "telegram needs the bot's token and a chat" : $"{name} needs an address that begins with https://");
        vault.Put(Entry(name), name, settings.ToJsonString(), now);
    }

    private static string Entry(string name) => $"alerts:{name}";

    private static IAlertChannel? Of(string name, JsonObject settings)
    {
        var (address, secret, chat) = (Address((string?)settings["address"]), (string?)settings["secret"], (string?)settings["chat"]);
        return name switch
        {
            "webhook" when address is not null => new Webhook(address, secret),
            "ntfy" when address is { AbsolutePath.Length: > 1 } => new Ntfy(address, secret),
            "telegram" when secret is not null && chat is not null && (address is not null || settings["address"] is null) => new Telegram(address ?? Telegram.Usual, secret, chat),
            _ => null,
        };
    }

    /// <summary>In the clear only to this machine.</summary>
    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri is { Scheme: "http", IsLoopback: true }) ? uri : null;
}
