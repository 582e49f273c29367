using System.Numerics;

namespace Ballast.Schedules;

/// <summary>What one of the five fields may say.</summary>
internal sealed record CronFieldKind(string Name, int Low, int High, ImmutableArray<string> Names)
{
    /// <summary>Sunday is 0, and 7 too.</summary>
    public static CronFieldKind Weekday { get; } = new("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);

    public static CronFieldKind Day { get; } = new("day of month", 1, 31, []);

    public static ImmutableArray<CronFieldKind> All { get; } =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        Day,
        new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Weekday,
    ];

    public int? Value(string text)
    {
        var named = Names.IndexOf(text);
        if (named >= 0) return named + Low;
        return text.Length is 1 or 2 && text.All(char.IsAsciiDigit) && int.Parse(text) is var value && value >= Low && value <= High ? value : null;
    }
}

/// <summary>The values that one cron field matches.</summary>
/// <param name="Text">As written, in small letters.</param>
/// <param name="Mask">A bit a value.</param>
/// <param name="LastDay"><c>L</c>: the last day of the month.</param>
/// <param name="Nth">Weekdays with their number in the month: <c>5#2</c>; -1 for the last, <c>5L</c>.</param>
internal sealed record CronField(string Text, ulong Mask, bool LastDay, ImmutableArray<(int Weekday, int Number)> Nth)
{
    public bool Starred => Text[0] == '*';

    public bool Has(int value) => (Mask >> value & 1) != 0;

    /// <summary>The only value, where there is exactly one.</summary>
    public int? Single => BitOperations.PopCount(Mask) == 1 && !LastDay && Nth.IsEmpty ? BitOperations.TrailingZeroCount(Mask) : null;

    public int? FirstFrom(int value) => Mask >> value << value is var left and not 0 ? BitOperations.TrailingZeroCount(left) : null;

    public static (CronField? Field, string? Fault) Parse(string text, CronFieldKind kind)
    {
        var field = new CronField(text, 0, false, []);
        foreach (var part in text.Split(','))
        {
            var with = Special(field, part, kind) ?? (Values(part, kind) is { } mask ? field with { Mask = field.Mask | mask } : null);
            if (with is null) return (null, $"`{part}` is not valid as the {kind.Name} of a cron expression: {Accepted(kind)}");
            field = with;
        }
        return (field, null);
    }

    private static string Accepted(CronFieldKind kind) =>
        $"it takes {kind.Low} to {kind.High}{(kind.Names.IsEmpty ? "" : $", names ({kind.Names[0]})")}, ranges (a-b), lists (a,b), * and steps (*/n, a-b/n)"
        + (kind == CronFieldKind.Day ? ", L for the last day" : kind == CronFieldKind.Weekday ? ", n#k for the k-th in the month, nL for the last" : "");

    private static CronField? Special(CronField field, string part, CronFieldKind kind)
    {
        if (kind == CronFieldKind.Day && part == "l") return field with { LastDay = true };
        if (kind != CronFieldKind.Weekday) return null;
        if (part.Length > 1 && part[^1] == 'l') return AddNth(field, kind.Value(part[..^1]), -1);
        return part.Split('#') is [var day, [>= '1' and <= '5'] number] ? AddNth(field, kind.Value(day), number[0] - '0') : null;
    }

    private static CronField? AddNth(CronField field, int? weekday, int number) =>
        weekday is { } day ? field with { Nth = field.Nth.Add((day % 7, number)) } : null;

    /// <summary>A value, a range or a star, with or without a step; null where it is none of them.</summary>
    private static ulong? Values(string part, CronFieldKind kind)
    {
        var pieces = part.Split('/');
        if (pieces.Length > 2 || Range(pieces[0], kind) is not var (low, high)) return null;
        var step = 1;
        if (pieces.Length == 2 && (low == high || !int.TryParse(pieces[1], System.Globalization.NumberStyles.None, null, out step) || step == 0)) return null;
        var mask = 0UL;
        for (var value = low; value <= high; value += Math.Min(step, 100))
            mask |= 1UL << (kind == CronFieldKind.Weekday ? value % 7 : value);
        return mask;
    }

    private static (int Low, int High)? Range(string text, CronFieldKind kind)
    {
        if (text == "*") return (kind.Low, kind == CronFieldKind.Weekday ? 6 : kind.High);
        var ends = text.Split('-');
        if (ends.Length > 2 || kind.Value(ends[0]) is not { } low || kind.Value(ends[^1]) is not { } high) return null;
        return low <= high ? (low, high) : null;
    }
}
