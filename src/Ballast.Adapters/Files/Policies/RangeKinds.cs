using Ballast.Planning;
using static Ballast.Adapters.Files.Policies.Parsed;

namespace Ballast.Adapters.Files.Policies;

/// <summary>The kinds of value that are made of other values: ranges, rates, ages and instants.</summary>
internal static class RangeKinds
{
    /// <summary><c>0%..30%</c>, both ends included.</summary>
    public static Parsed<ShareRange> Shares(string text) => Range(text, Kinds.Share(), "a range such as 0%..30%");

    /// <summary><c>0x..2x</c>, both ends included.</summary>
    public static Parsed<ShareRange> Multiples(string text) => Range(text, Kinds.Multiple, "a range such as 0x..2x");

    /// <summary><c>20% a year</c>.</summary>
    public static Parsed<TurnoverLimit> Turnover(string text)
    {
        const string expected = "expected a share of a period, such as 20% a year";
        var parts = text.Split(" a ");
        if (parts.Length != 2) return Kinds.Share(0m, 1000m)(text).Ok ? new Complaint("NO_UNIT", $"{text} has no period", $"did you mean {text} a month?") : Bad(text, "not a limit of turnover", expected);
        var share = Kinds.PositiveShare(1000m)(parts[0]);
        if (!share.Ok) return share.Complaint!;
        return Kinds.Choice(("day", Period.FromDays(1)), ("week", Period.FromWeeks(1)), ("month", Period.FromMonths(1)), ("year", Period.FromYears(1)))(parts[1])
            .To(period => new TurnoverLimit(share.Value, period));
    }

    /// <summary>How long a lot was held: <c>1 year</c>, <c>365 days</c>.</summary>
    public static Parsed<Period> Age(string text)
    {
        var (number, unit) = Kinds.Split(text);
        if (number is { } bare && unit.Length == 0) return NoUnit(text, $"{bare} days");
        if (number is { } n && n == decimal.Truncate(n) && unit is " day" or " days" or " year" or " years")
            return n is < 0 or > 36_525 ? OutOfRange(text, "expected at most 100 years") : Of(unit.Contains("day") ? Period.FromDays((int)n) : Period.FromYears((int)n));
        return Bad(text, "not a holding time", "expected 1 year or 365 days");
    }

    /// <summary>A date or a date with a time, in the portfolio's zone; with <c>Z</c> it is universal time.</summary>
    public static Kind<Instant> Moment(DateTimeZone zone) => text =>
        (MomentPatterns.Universal(text) ?? MomentPatterns.Local(text)?.InZoneLeniently(zone).ToInstant()) is { } instant ? Of(instant)
        : Bad(text, "not a time", "expected 2026-12-24, 2026-12-24T18:00 or 2026-12-24T18:00:00Z");

    /// <summary>How far a measure may go: a share or a multiple.</summary>
    public static Kind<double> Threshold(bool multiples) => text =>
        multiples && text.EndsWith('x') ? Kinds.Multiple(text).To(x => (double)x)
        : Kinds.Share(-10m, 10m)(text) is var share && !multiples || share.Complaint is not { Code: "NO_UNIT" } ? share.To(x => (double)x)
        : NoUnit(text, text + "x");

    private static Parsed<ShareRange> Range(string text, Kind<decimal> kind, string expected)
    {
        var parts = text.Split("..");
        if (parts.Length != 2) return Bad(text, "not a range", "expected " + expected);
        Parsed<decimal> low = kind(parts[0]), high = kind(parts[1]);
        if (!low.Ok) return low.Complaint!;
        if (!high.Ok) return high.Complaint!;
        return low.Value <= high.Value ? Of(new ShareRange(low.Value, high.Value))
            : new Complaint("MIN_ABOVE_MAX", $"the range {Quoted.Short(text)} begins above its end", $"did you mean {parts[1]}..{parts[0]}?");
    }
}
