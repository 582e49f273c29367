using System.Runtime.CompilerServices;

namespace Ballast.Adapters.Files;

/// <summary>How a file writes its times. One file keeps to one way.</summary>
internal enum TimeForm { None, EpochSeconds, EpochMilliseconds, EpochMicroseconds, Zoned, Unzoned }

/// <summary>Reads ISO-8601 and epoch times from a cell, as ticks of 100 ns since 1970 UTC. Without a zone a time is UTC.</summary>
internal static class TimeCell
{
    public const string Expected = "expected a time such as 2024-01-31, 2024-01-31T08:00:00Z or epoch seconds or milliseconds";

    private const int FirstYear = 1600;
    private const int LastYear = 2999;
    private const long TicksPerSecond = 10_000_000;

    /// <summary>Before this an integer is no epoch time but a year or a date without dashes (1973 in seconds).</summary>
    private const long LeastEpoch = 100_000_000;

    /// <summary>Integers from here on are milliseconds (from 1973; seconds would be after the year 5138), then microseconds.</summary>
    private const long LeastMilliseconds = 100_000_000_000;
    private const long LeastMicroseconds = 100_000_000_000_000;
    private const long LeastNanoseconds = 100_000_000_000_000_000;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TimeForm Read(ReadOnlySpan<byte> cell, out long ticks)
    {
        ticks = 0;
        if (cell.Length < 5 || cell[4] != '-') return Epoch(cell, out ticks);
        if (cell.Length < 10 || cell[7] != '-') return TimeForm.None;
        var (year, month, day) = (Two(cell, 0) * 100 + Two(cell, 2), Two(cell, 5), Two(cell, 8));
        if (Two(cell, 0) < 0 || Two(cell, 2) < 0 || year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return TimeForm.None;
        ticks = Days(year, month, day) * 86_400 * TicksPerSecond;
        return cell.Length == 10 ? TimeForm.Unzoned : Clock(cell[10..], ref ticks);
    }

    public static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);

    /// <summary>Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March.</summary>
    private static long Days(int year, int month, int day)
    {
        var (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    }

    private static TimeForm Clock(ReadOnlySpan<byte> rest, ref long ticks)
    {
        if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || rest.Length < 6 || rest[3] != ':') return TimeForm.None;
        var (hour, minute, second, at) = (Two(rest, 1), Two(rest, 4), 0, 6);
        if (rest.Length > 6 && rest[6] == ':')
            (second, at) = (Two(rest, 7), 9);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59) return TimeForm.None;
        ticks += (hour * 3_600 + minute * 60 + second) * TicksPerSecond;
        if (at == 9 && rest.Length > 9 && rest[9] == '.')
        {
            at = Fraction(rest, 10, out var fraction);
            if (at < 0) return TimeForm.None;
            ticks += fraction;
        }
        return at >= rest.Length ? TimeForm.Unzoned : Zone(rest[at..], ref ticks);
    }

    /// <summary>Where the fraction's digits end; −1 where there are none, or where they are finer than a tick.</summary>
    private static int Fraction(ReadOnlySpan<byte> text, int at, out long ticks)
    {
        var (start, unit) = (at, TicksPerSecond / 10);
        for (ticks = 0; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++, unit /= 10)
        {
            if (unit == 0 && text[at] != '0') return -1;
            ticks += unit * (text[at] - '0');
        }
        return at == start ? -1 : at;
    }

    private static TimeForm Zone(ReadOnlySpan<byte> zone, ref long ticks)
    {
        if (zone[0] == ' ') zone = zone[1..];
        if (zone is [(byte)'Z' or (byte)'z'] || zone.SequenceEqual("UTC"u8)) return TimeForm.Zoned;
        if (zone.Length is not (3 or 5 or 6) || zone[0] is not ((byte)'+' or (byte)'-') || zone.Length == 6 && zone[3] != ':') return TimeForm.None;
        var (hours, minutes) = (Two(zone, 1), zone.Length == 3 ? 0 : Two(zone, zone.Length - 2));
        if (hours is < 0 or > 18 || minutes is < 0 or > 59) return TimeForm.None;
        ticks -= (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * 60 * TicksPerSecond;
        return TimeForm.Zoned;
    }

    private static TimeForm Epoch(ReadOnlySpan<byte> cell, out long ticks)
    {
        ticks = 0;
        if (cell.Length is < 9 or > 18) return TimeForm.None;
        var (value, at) = (0L, 0);
        for (; at < cell.Length && cell[at] is >= (byte)'0' and <= (byte)'9'; at++) value = value * 10 + (cell[at] - '0');
        var fraction = 0L;
        if (at < cell.Length && (cell[at] != '.' || value >= LeastMilliseconds || Fraction(cell, at + 1, out fraction) != cell.Length)) return TimeForm.None;
        (var form, ticks) = value switch
        {
            < LeastEpoch or >= LeastNanoseconds => (TimeForm.None, 0),
            < LeastMilliseconds => (TimeForm.EpochSeconds, value * TicksPerSecond + fraction),
            < LeastMicroseconds => (TimeForm.EpochMilliseconds, value * (TicksPerSecond / 1_000)),
            _ => (TimeForm.EpochMicroseconds, value * (TicksPerSecond / 1_000_000)),
        };
        return ticks < Days(LastYear, 12, 31) * 86_400 * TicksPerSecond ? form : TimeForm.None;
    }

    /// <summary>Two digits; −1 where there are not.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length) return -1;
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9 ? tens * 10 + ones : -1;
    }
}
