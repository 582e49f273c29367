using System.CommandLine;
using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Engine.Backtests;
using NodaTime.Text;

namespace Ballast.App.Commands;

/// <summary>Options that several verbs share, made alike everywhere.</summary>
internal static class Options
{
    public static Argument<string> File() => new("file") { Description = "the portfolio file (YAML)" };

    public static Option<string?> Holdings(bool required = false) => new("--holdings")
    {
        Description = "what is held: CSV asset,quantity[,account,status,unlock,cost,acquired]", HelpName = "CSV", Required = required,
    };

    public static Option<string> Prices() => new("--prices")
    {
        Description = "prices: a wide or long CSV(.gz), or a folder of one OHLCV file a symbol", HelpName = "PATH", Required = true,
    };

    public static Option<string?> Instruments() => new("--instruments")
    {
        Description = "lots, ticks and minima: CSV instrument,base,quote,lot,tick,minQuantity,minNotional,feeAsset; without it, the venue's dated preset", HelpName = "CSV",
    };

    public static Option<string?> Data() => new("--data") { Description = "the folder of journals, paper accounts and keys; without it BALLAST_HOME, else the platform's data folder", HelpName = "DIR" };

    public static Option<bool> AsJson() => new("--json") { Description = "print one JSON object instead of text" };

    public static Option<string?> At() => new("--at") { Description = "now; without it, the last price row", HelpName = "TIME" };

    public static Option<Stamp> Stamping() => new("--stamp") { Description = "whether a row's time is the opening or the closing time of its bar", DefaultValueFactory = _ => Stamp.Open };

    /// <summary>A time as users write it: a date, or ISO-8601; without a zone it is UTC.</summary>
    public static Instant? Time(string? text, string option)
    {
        if (text is null) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) return date.Value.AtMidnight().InUtc().ToInstant();
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return instant.Value;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset) return offset.Value.ToInstant();
        if (LocalDateTimePattern.ExtendedIso.Parse(text.Replace(' ', 'T')) is { Success: true } local) return local.Value.InUtc().ToInstant();
        if (LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text.Replace(' ', 'T').TrimEnd('Z')) is { Success: true } minute) return minute.Value.InUtc().ToInstant();
        throw new InvalidInputException($"{option}: `{text}` is not a time; expected a date (2026-11-22) or ISO-8601 (2026-11-22T14:02:00Z)");
    }

    public static Option<string> Calendar() => new("--calendar") { Description = "crypto (365 days a year), exchange (252), or bars a year", DefaultValueFactory = _ => "crypto", HelpName = "NAME" };

    /// <summary>Settings whose figures are made annual as <c>--calendar</c> says.</summary>
    public static BacktestSettings OnCalendar(this BacktestSettings settings, string calendar) =>
        calendar == "crypto" ? settings
        : calendar == "exchange" ? settings with { DaysAYear = 252 }
        : double.TryParse(calendar, NumberStyles.Float, CultureInfo.InvariantCulture, out var bars) && bars > 0 && double.IsFinite(bars) ? settings with { BarsAYear = bars }
        : throw new InvalidInputException($"--calendar: `{calendar}`; expected crypto, exchange or a number of bars a year");

    /// <summary>The values of an option as users write them.</summary>
    public static string Words<T>() where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]));

    /// <summary>A cost of trading as users write it: <c>10bps</c>, <c>10 bps</c> or <c>0.1%</c>.</summary>
    public static double Cost(string text, string option)
    {
        var rate = text.EndsWith("bps", StringComparison.Ordinal) ? Share(text[..^3].Trim(), option) / 1e4 : text.EndsWith('%') ? Share(text, option) : double.NaN;
        return rate is >= 0 and < 1 ? rate : throw new InvalidInputException($"{option}: `{text}` is no cost; expected one such as 10bps or 0.1%");
    }

    /// <summary>A share as users write it: <c>2%</c>, <c>0.02</c> or <c>1/50</c>.</summary>
    public static double Share(string text, string option)
    {
        if (text.Split('/') is [var above, var below] && double.TryParse(above, NumberStyles.None, CultureInfo.InvariantCulture, out var a) && double.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var b) && b > 0) return a / b;
        var (number, unit) = text.EndsWith('%') ? (text[..^1], 100.0) : (text, 1.0);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value / unit
            : throw new InvalidInputException($"{option}: `{text}` is no share; expected one such as 2% or 0.02");
    }

    /// <summary>A span as users write it: <c>30s</c>, <c>90m</c>, <c>6h</c>, <c>2d</c> or <c>1w</c>; longer than nothing.</summary>
    public static Duration Span(string text, string option)
    {
        var days = (text.Length == 0 ? ' ' : text[^1]) switch { 's' => 1 / 86_400.0, 'm' => 1 / 1440.0, 'h' => 1 / 24.0, 'd' => 1, 'w' => 7, _ => double.NaN };
        return !double.IsNaN(days) && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number * days < 36_500
            ? Duration.FromDays(number * days) : throw new InvalidInputException($"{option}: `{text}` is no span; expected one such as 90m, 6h or 2d");
    }

    /// <summary>A number above zero, or not below it.</summary>
    public static double Number(double value, string option, bool orZero = false) => double.IsFinite(value) && (value > 0 || orZero && value == 0) ? value
        : throw new InvalidInputException($"{option}: {value.ToString(CultureInfo.InvariantCulture)}; expected a number {(orZero ? "not below" : "above")} zero");

    /// <summary>Numbers as users write them, none below zero: <c>120,90,60</c>.</summary>
    public static double[] Numbers(string text, string option) =>
    [
        .. text.Split(',').Select(part => double.TryParse(part.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0 ? value
            : throw new InvalidInputException($"{option}: `{part.Trim()}` is no number; expected a list such as 120,90,60")),
    ];
}
