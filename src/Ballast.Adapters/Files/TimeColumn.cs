using System.Globalization;

namespace Ballast.Adapters.Files;

/// <summary>Reads the times of one file: all in the form of the first, each series going forward.</summary>
internal sealed class TimeColumn
{
    private TimeForm _form;
    private int _formLine;

    /// <summary>The current field as ticks; null, reported, where it is no time or is written differently from those before.</summary>
    public long? Read(ref DelimitedText rows)
    {
        var form = TimeCell.Read(rows.Field, out var ticks);
        if (form == _form && form != TimeForm.None) return ticks;
        if (form == TimeForm.None)
        {
            var text = rows.FieldText;
            rows.Report("TIME_MALFORMED", text.Length == 0 ? "the time is missing" : $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is not a time", TimeCell.Expected);
            return null;
        }
        if (_form == TimeForm.None)
        {
            (_form, _formLine) = (form, rows.Line);
            return ticks;
        }
        rows.Report("TIME_MIXED", $"this time is {Words(form)}", $"those from line {_formLine} on are {Words(_form)}; a file keeps to one way");
        return null;
    }

    /// <summary>Whether a time comes after the one before it in its series; reported where it does not.</summary>
    public static bool Follows(ref DelimitedText rows, long ticks, long before, int lineBefore, string series = "")
    {
        if (ticks > before) return true;
        var of = series.Length == 0 ? "" : $" of {series}";
        if (ticks == before) rows.Report("TIME_TWICE", $"the time {Shown(ticks)}{of} is there twice: lines {lineBefore} and {rows.Line}", "expected one row a time");
        else rows.Report("TIME_BACKWARDS", $"the time {Shown(ticks)}{of} comes after the later {Shown(before)} of line {lineBefore}", "expected the oldest row first");
        return false;
    }

    public static string Shown(long ticks)
    {
        var text = TimeCell.At(ticks).ToDateTimeUtc().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return text + "Z";
    }

    private static string Words(TimeForm form) => form switch
    {
        TimeForm.EpochSeconds => "in epoch seconds",
        TimeForm.EpochMilliseconds => "in epoch milliseconds",
        TimeForm.EpochMicroseconds => "in epoch microseconds",
        TimeForm.Zoned => "with a zone",
        _ => "without a zone",
    };
}
