using System.CommandLine;
using Ballast.Adapters.Files;
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
        throw new InvalidInputException($"{option}: `{text}` is not a time; expected a date (2026-11-22) or ISO-8601 (2026-11-22T14:02:00Z)");
    }
}
