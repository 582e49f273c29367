using System.Globalization;
using Ballast.Money;
using static Ballast.Adapters.Files.Policies.Parsed;

namespace Ballast.Adapters.Files.Policies;

/// <summary>The kinds of value that the portfolio file knows, each by the text that people write.</summary>
internal static class Kinds
{
    /// <summary>Amounts beyond it would overflow exact arithmetic when they meet a price.</summary>
    private const decimal LargestAmount = 1_000_000_000_000_000m;

    private const double LongestDays = 36_525;

    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>A share from <paramref name="low"/> to <paramref name="high"/>: <c>5%</c>, <c>0.05</c> or <c>1/20</c>.</summary>
    public static Kind<decimal> Share(decimal low = 0m, decimal high = 1m) => text =>
        ShareText(text) is var share && share.Ok && (share.Value < low || share.Value > high)
            ? OutOfRange(text, $"expected {Percent(low)} to {Percent(high)}") : share;

    /// <summary>A share above zero, up to <paramref name="high"/>.</summary>
    public static Kind<decimal> PositiveShare(decimal high = 1m) => text =>
        ShareText(text) is var share && share.Ok && (share.Value <= 0 || share.Value > high)
            ? OutOfRange(text, $"expected more than 0%, at most {Percent(high)}") : share;

    /// <summary>An amount with its asset, not negative: <c>10 USDT</c>. <paramref name="likely"/> is the asset that a forgetful writer meant.</summary>
    public static Kind<Amount> Money(Asset likely) => text =>
    {
        var expected = $"expected an amount with its asset, such as 10 {likely}";
        var (number, unit) = Split(text);
        if (number is null) return Bad(text, "not an amount", expected);
        if (unit.Length == 0) return new Complaint("NO_UNIT", $"{Quoted.Short(text)} has no asset", $"did you mean {number} {likely}?");
        if (unit == "%") return WrongUnit(text, "a share", expected);
        if (!unit.StartsWith(' ') || !IsName(unit[1..])) return Bad(text, "not an amount", expected);
        if (number < 0 || number > LargestAmount) return OutOfRange(text, "expected 0 or more, and at most a million billion");
        return Of(new Amount(number.Value, new Asset(unit[1..])));
    };

    public static Kind<Amount> PositiveMoney(Asset likely) => text =>
        Money(likely)(text) is var amount && amount.Ok && amount.Value.Value == 0 ? OutOfRange(text, "expected more than 0") : amount;

    /// <summary>A cost of trading as a fraction: <c>10 bps</c> or <c>0.1%</c>, below one.</summary>
    public static Parsed<decimal> Bps(string text)
    {
        const string expected = "expected a cost such as 10 bps or 0.1%";
        var (number, unit) = Split(text);
        if (number is null) return Bad(text, "not a cost", expected);
        if (unit.Length == 0) return NoUnit(text, $"{text} bps");
        if (unit is not ("%" or " bps")) return unit == "bps" ? Bad(text, "not a cost", $"did you mean {number} bps?") : WrongUnit(text, "not a cost", expected);
        var fraction = number.Value / (unit == "%" ? 100m : 10_000m);
        return fraction is >= 0 and < 1 ? Of(fraction) : OutOfRange(text, "expected 0 bps or more, and less than 100%");
    }

    /// <summary>A span of time: <c>30s</c>, <c>5m</c>, <c>4h</c>, <c>1d</c>, <c>2w</c>.</summary>
    public static Parsed<Duration> Span(string text)
    {
        const string expected = "expected a duration such as 30s, 5m, 4h, 1d or 2w";
        var (number, unit) = Split(text);
        if (number is null) return Bad(text, "not a duration", expected);
        if (unit.Length == 0) return NoUnit(text, $"{text}m, {text}h or {text}d");
        if (TicksOf(unit) is not { } ticks) return Bad(text, "not a duration", LongUnit(unit) is { } letter ? $"did you mean {number}{letter}?" : expected);
        if (number <= 0 || (double)number * ticks / NodaConstants.TicksPerDay > LongestDays) return OutOfRange(text, "expected more than nothing, and at most 100 years");
        return Of(Duration.FromTicks((double)number.Value * ticks));
    }

    /// <summary>A count from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Kind<int> Count(int low, int high) => text =>
        !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? Bad(text, "not a count", $"expected a whole number from {low} to {high}")
        : n < low || n > high ? OutOfRange(text, $"expected a whole number from {low} to {high}")
        : Of(n);

    /// <summary>A bare number above zero: risk aversions and factors.</summary>
    public static Parsed<double> Factor(string text) =>
        Number(text) is not { } n ? Bad(text, "not a number", "expected a number such as 3")
        : n is <= 0 or > 1_000_000 ? OutOfRange(text, "expected more than 0")
        : Of((double)n);

    /// <summary>A bare number that may be zero.</summary>
    public static Parsed<double> Coefficient(string text) => text == "0" ? Of(0.0) : Factor(text);

    /// <summary>A multiple: <c>2x</c>.</summary>
    public static Parsed<decimal> Multiple(string text) =>
        Split(text) is var (number, unit) && number is null ? Bad(text, "not a multiple", "expected a multiple such as 2x")
        : unit.Length == 0 ? NoUnit(text, text + "x")
        : unit != "x" ? WrongUnit(text, "not a multiple", "expected a multiple such as 2x")
        : number is < -1000 or > 1000 ? OutOfRange(text, "expected at most 1000x")
        : Of(number!.Value);

    public static Parsed<Asset> Asset(string text) =>
        IsName(text) ? Of(new Asset(text)) : Bad(text, "not a name", "expected letters, digits and . _ + -, at most 30");

    public static Parsed<string> Name(string text) => Asset(text).To(a => a.Code);

    public static Parsed<bool> YesNo(string text) => Choice<bool>(("yes", true), ("no", false), ("true", true), ("false", false))(text);

    /// <summary>One of a few words.</summary>
    public static Kind<T> Choice<T>(params (string Word, T Value)[] choices) => text =>
    {
        foreach (var (word, value) in choices)
            if (word == text) return Of(value);
        return new Complaint("UNKNOWN_VALUE", text.Length == 0 ? "the value is empty" : $"unknown value `{Quoted.Short(text)}`", Nearest.Advice(text, [.. choices.Select(c => c.Word)]));
    };

    public static bool IsName(string text) => text.Length is >= 1 and <= 30 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-');

    /// <summary>A number at the start, and whatever follows it; no number where the text begins otherwise.</summary>
    public static (decimal? Number, string Unit) Split(string text)
    {
        var length = text.StartsWith('-') ? 1 : 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.')) length++;
        return (Number(text[..length]), text[length..]);
    }

    public static decimal? Number(string text) =>
        text.Length <= 40 && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var n) && !text.StartsWith('+') && !text.EndsWith('.') ? n : null;

    private static Parsed<decimal> ShareText(string text)
    {
        const string expected = "expected a share such as 5%, 0.05 or 1/20";
        if (text.IndexOf('/') is > 0 and var slash) return Fraction(text, slash);
        var (number, unit) = Split(text);
        if (number is null) return Bad(text, "not a share", expected);
        if (unit == "%") return Of(number.Value / 100m);
        if (unit.Length == 0) return number is >= -1 and <= 1 ? Of(number.Value) : NoUnit(text, text + "%");
        return unit == " %" ? Bad(text, "not a share", $"did you mean {number}%?") : WrongUnit(text, "not a share", expected);
    }

    private static Parsed<decimal> Fraction(string text, int slash) =>
        Digits(text[..slash]) is { } above && Digits(text[(slash + 1)..]) is { } below && below != 0 ? Of(above / below)
        : Bad(text, "not a share", "expected a share such as 5%, 0.05 or 1/20");

    private static decimal? Digits(string text) => text.Length is >= 1 and <= 12 && text.All(char.IsAsciiDigit) ? Number(text) : null;

    public static string Percent(decimal share) => Figures.Exact(share * 100) + "%";

    private static double? TicksOf(string unit) => unit switch
    {
        "ms" => NodaConstants.TicksPerMillisecond,
        "s" => NodaConstants.TicksPerSecond,
        "m" => NodaConstants.TicksPerMinute,
        "h" => NodaConstants.TicksPerHour,
        "d" => NodaConstants.TicksPerDay,
        "w" => NodaConstants.TicksPerWeek,
        _ => null,
    };

    private static string? LongUnit(string unit) => unit.Trim().TrimEnd('s') switch
    {
        "" => "s",
        "second" or "sec" => "s",
        "minute" or "min" => "m",
        "hour" => "h",
        "day" or "D" => "d",
        "week" => "w",
        _ => null,
    };
}
