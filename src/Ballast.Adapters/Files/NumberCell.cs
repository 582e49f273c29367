using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ballast.Adapters.Files;

/// <summary>Reads numbers from cells: a point before the decimals, no grouping, perhaps an exponent. Correctly rounded, and exact where decimal.</summary>
internal static class NumberCell
{
    /// <summary>Integers up to here, and powers of ten up to 10^22, are exact doubles, so that one division rounds correctly (Clinger 1990).</summary>
    private const ulong ExactInteger = 1UL << 53;

    private static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>The nearest double; false where the cell is no number (so are the words for infinity and for no number).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryDouble(ReadOnlySpan<byte> cell, out double value)
    {
        ulong digits = 0;
        int at = 0, point = -1;
        for (; at < cell.Length && at < 18; at++)
        {
            var digit = unchecked((uint)(cell[at] - '0'));
            if (digit <= 9) digits = digits * 10 + digit;
            else if (cell[at] == '.' && point < 0) point = at;
            else break;
        }
        var decimals = point < 0 ? 0 : at - 1 - point;
        if (at < cell.Length || at == 0 || point == 0 || point == at - 1 || digits > ExactInteger) return TryGeneral(cell, out value);
        value = digits / PowersOfTen[decimals];
        return true;
    }

    /// <summary>The exact decimal; false where the cell is no number, or has more digits than a decimal holds.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> cell, out decimal value)
    {
        value = 0;
        if (!IsNumber(cell)) return false;
        var negative = cell[0] == '-';
        var (digits, scale) = (UInt128.Zero, 0);
        var (at, point) = (negative ? 1 : 0, false);
        var zeros = 0;
        for (; at < cell.Length && cell[at] is not ((byte)'e' or (byte)'E'); at++)
        {
            if (cell[at] == '.')
            {
                point = true;
                continue;
            }
            if (point) scale++;
            if (cell[at] == '0')
            {
                // Zeros are held back until a digit follows, so that those at the end cost nothing.
                zeros++;
                continue;
            }
            for (; zeros >= 0; zeros--)
            {
                if (digits > UInt128.MaxValue / 10) return false;
                digits *= 10;
            }
            zeros = 0;
            digits += (uint)(cell[at] - '0');
        }
        if (digits == 0) return true;
        scale -= zeros;
        if (at < cell.Length) scale -= Exponent(cell[(at + 1)..]);
        return TryScale(digits, scale, negative, out value);
    }

    private static bool TryScale(UInt128 digits, int scale, bool negative, out decimal value)
    {
        value = 0;
        for (; scale < 0; scale++)
        {
            if (digits > UInt128.MaxValue / 10) return false;
            digits *= 10;
        }
        if (scale > 28 || digits >> 96 != 0) return false;
        value = new decimal(Word(digits), Word(digits >> 32), Word(digits >> 64), negative, (byte)scale);
        return true;
    }

    private static int Word(UInt128 digits) => unchecked((int)(uint)digits);

    /// <summary>An exponent that is already known to be digits, bounded: beyond some thousands all are alike.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var c in text)
            if (c is >= (byte)'0' and <= (byte)'9') value = Math.Min(100_000, value * 10 + (c - '0'));
        return text[0] == '-' ? -value : value;
    }

    private static bool TryGeneral(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        return IsNumber(cell) && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether the cell is written as -12.5e-3: digits on both sides of the point, no plus before it, nothing else.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> cell)
    {
        var at = cell.Length > 0 && cell[0] == '-' ? 1 : 0;
        if (!Digits(cell, ref at)) return false;
        if (at < cell.Length && cell[at] == '.')
        {
            at++;
            if (!Digits(cell, ref at)) return false;
        }
        if (at == cell.Length) return true;
        if (cell[at] is not ((byte)'e' or (byte)'E')) return false;
        at++;
        if (at < cell.Length && cell[at] is (byte)'+' or (byte)'-') at++;
        return Digits(cell, ref at) && at == cell.Length;
    }

    private static bool Digits(ReadOnlySpan<byte> cell, ref int at)
    {
        var start = at;
        while (at < cell.Length && cell[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at > start;
    }

    /// <summary>What is wrong with a cell that is no number, in words that help.</summary>
    public static (string Code, string What, string Expected) Complaint(string cell)
    {
        const string point = "expected a number such as 1234.5";
        var shown = cell.Length > 40 ? cell[..40] + "…" : cell;
        return cell.ToLowerInvariant() switch
        {
            "" => ("NUMBER_MISSING", "the number is missing", point),
            "nan" or "null" or "na" or "n/a" or "none" or "nil" or "-" or "--" or "#n/a" =>
                ("NUMBER_WORD", $"'{shown}' is not a number", "leave the cell empty where there is no value"),
            "inf" or "-inf" or "+inf" or "infinity" or "-infinity" or "∞" => ("NUMBER_NOT_FINITE", $"'{shown}' is not a finite number", point),
            _ when cell.Contains(',') => ("NUMBER_COMMA", $"'{shown}' has a comma", "expected a point before the decimals and no grouping, such as 1234.5"),
            _ => ("NUMBER_MALFORMED", $"'{shown}' is not a number", point),
        };
    }
}
