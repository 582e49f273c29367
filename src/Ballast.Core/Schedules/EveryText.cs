using System.Globalization;

namespace Ballast.Schedules;

/// <summary>What may stand under <c>every</c>: a named period, a count of units, a duration, or cron.</summary>
internal abstract record EveryText
{
    private const int MostUnits = 10_000;
    private const string Expected =
        "expected minute, hour, day, week, month, quarter, half-year or year, a count such as 10 days, a duration such as 4h, or five cron fields in quotes";

    private EveryText() { }

    public sealed record Named(PeriodUnit Unit) : EveryText;

    public sealed record Counted(int Count, PeriodUnit Unit) : EveryText;

    public sealed record Span(Duration Length) : EveryText;

    public sealed record ByCron(CronExpression Expression) : EveryText;

    public static EveryText? Parse(string text, List<ScheduleFault> faults)
    {
        var words = text.Trim().ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var word] when UnitOf(word) is { } unit => new Named(unit),
            [var word] when SpanOf(word) is { } span => Sized(text, span, faults),
            [var count, var unit] when UnitOf(unit) is { } known && IsNumber(count) => Tally(text, count, known, faults),
            [_, _, _, ..] => Crontab(text, faults),
            _ => Fault(faults, $"`{text}` does not say how often", Suggestion(words) ?? Expected),
        };
    }

    private static EveryText? Tally(string text, string count, PeriodUnit unit, List<ScheduleFault> faults)
    {
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > MostUnits)
            return Fault(faults, $"`{text}` does not count whole units", $"expected 1 to {MostUnits} {unit.Name()}s");
        return unit switch
        {
            PeriodUnit.Minute => new Span(Duration.FromMinutes(number)),
            PeriodUnit.Hour => new Span(Duration.FromHours(number)),
            _ => new Counted(number, unit),
        };
    }

    private static EveryText? Sized(string text, Duration span, List<ScheduleFault> faults) =>
        span >= Duration.FromSeconds(1) && span <= Duration.FromDays(36_525) ? new Span(span)
        : Fault(faults, $"`{text}` is no time to wait", "expected a duration of 1s or more, and of 100 years or less");

    private static EveryText? Crontab(string text, List<ScheduleFault> faults) => CronExpression.Parse(text) is var (cron, fault) && cron is not null
        ? new ByCron(cron)
        : Fault(faults, fault!, "expected minute, hour, day of month, month and day of week, such as \"0 9 1 * *\"");

    private static EveryText? Fault(List<ScheduleFault> faults, string what, string expected)
    {
        faults.Add(new("every", what, expected));
        return null;
    }

    private static PeriodUnit? UnitOf(string word) => word.TrimEnd('s') switch
    {
        "minute" => PeriodUnit.Minute,
        "hour" => PeriodUnit.Hour,
        "day" => PeriodUnit.Day,
        "week" => PeriodUnit.Week,
        "month" => PeriodUnit.Month,
        "quarter" => PeriodUnit.Quarter,
        "half-year" => PeriodUnit.HalfYear,
        "year" => PeriodUnit.Year,
        _ => null,
    };

    /// <summary>Exact: 1.5h is 90 minutes; what is beyond a nanosecond or beyond measure is no duration.</summary>
    private static Duration? SpanOf(string word)
    {
        var seconds = word[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
        if (seconds == 0 || !decimal.TryParse(word[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return null;
        if (count > 10_000_000_000m) return Duration.MaxValue;
        var nanoseconds = count * seconds * 1_000_000_000m;
        return nanoseconds == decimal.Truncate(nanoseconds) ? Duration.FromNanoseconds((Int128)nanoseconds) : null;
    }

    private static bool IsNumber(string word) => decimal.TryParse(word, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    private static string? Suggestion(string[] words) => words switch
    {
        [var word] when IsNumber(word) => $"it has no unit: did you mean {word} days?",
        ["minutely"] => "did you mean minute?",
        ["hourly"] => "did you mean hour?",
        ["daily"] => "did you mean day?",
        ["weekly"] => "did you mean week?",
        ["monthly"] => "did you mean month?",
        ["quarterly"] => "did you mean quarter?",
        ["half-yearly" or "semiannually"] => "did you mean half-year?",
        ["yearly" or "annually"] => "did you mean year?",
        _ => null,
    };
}
