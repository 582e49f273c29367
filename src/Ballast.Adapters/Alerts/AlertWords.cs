using System.Globalization;
using Ballast.Alerts;

namespace Ballast.Adapters.Alerts;

/// <summary>An alert as a person reads it on a telephone.</summary>
internal static class AlertWords
{
    /// <summary>What the smallest of the channels takes.</summary>
    private const int Most = 3500;

    public static string Title(string portfolio, Alert alert) => $"{portfolio}: {(alert.Kind == AlertKind.Ends ? "over: " : "")}{alert.Code}{(alert.Subject.Length > 0 && alert.Subject != portfolio ? " " + alert.Subject : "")}";

    public static string Text(Alert alert) => $"{Cut(alert.Text)}\n{alert.At.ToString("uuuu-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}";

    private static string Cut(string text) => text.Length <= Most ? text : text[..Most] + " (cut)";
}
