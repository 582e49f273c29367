using System.Globalization;
using Ballast.Money;

namespace Ballast.App.Output;

/// <summary>Times, prices and sentences as people read them.</summary>
public static class Words
{
    /// <summary><c>22 Nov 2026 14:02 UTC</c>; a time at midnight is a date.</summary>
    public static string Time(Instant at) => at.InUtc().TimeOfDay == LocalTime.Midnight ? Date(at)
        : at.ToString("d MMM uuuu HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Date(Instant at) => at.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>A price with as many decimals as it needs: 96 412.50, 0.1523.</summary>
    public static string Price(decimal price) => price / 1.0000000000000000000000000000m is var plain ? Figures.Money(plain, Math.Clamp((int)plain.Scale, 2, 8)) : "";

    /// <summary>A code as files and JSON carry it: <c>TargetsNotNormalised</c> is TARGETS_NOT_NORMALISED.</summary>
    public static string Code(string camel) => string.Concat(camel.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(camel[i - 1]) && camel[i - 1] != '_' ? "_" + c : char.ToUpperInvariant(c).ToString()));

    /// <summary>With a capital first and a full stop last.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text.EndsWith('.') ? "" : ".");
}
