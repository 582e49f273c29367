using NodaTime.Text;

namespace Ballast.Adapters.Files.Policies;

/// <summary>The ways to write a moment.</summary>
internal static class MomentPatterns
{
    private static readonly InstantPattern[] UniversalForms =
        [InstantPattern.ExtendedIso, InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'")];

    private static readonly LocalDateTimePattern[] LocalForms =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
    ];

    public static Instant? Universal(string text)
    {
        foreach (var form in UniversalForms)
            if (form.Parse(text) is { Success: true } found) return found.Value;
        return null;
    }

    public static LocalDateTime? Local(string text)
    {
        foreach (var form in LocalForms)
            if (form.Parse(text) is { Success: true } found) return found.Value;
        return null;
    }
}
