namespace Ballast.Adapters.Files;

/// <summary>Reads one price: positive, or an empty cell where there is none.</summary>
internal static class PriceCell
{
    /// <summary>The current field as a price, NaN where it is empty; false, reported, where it is neither.</summary>
    public static bool Read(ref DelimitedText rows, out double price)
    {
        if (NumberCell.TryDouble(rows.Field, out price) && price > 0 && double.IsFinite(price)) return true;
        return ReadUnusual(ref rows, out price);
    }

    /// <summary>The current field as a volume: zero or more, NaN where it is empty.</summary>
    public static bool ReadVolume(ref DelimitedText rows, out double volume)
    {
        if (NumberCell.TryDouble(rows.Field, out volume) && volume >= 0 && double.IsFinite(volume)) return true;
        if (rows.FieldLength == 0)
        {
            volume = double.NaN;
            return true;
        }
        if (NumberCell.IsNumber(rows.Field)) rows.Report("VOLUME_INVALID", $"the volume is {rows.FieldText}", "expected zero or more");
        else Complain(ref rows);
        return false;
    }

    private static bool ReadUnusual(ref DelimitedText rows, out double price)
    {
        price = double.NaN;
        if (rows.FieldLength == 0) return true;
        if (!NumberCell.TryDouble(rows.Field, out var value)) Complain(ref rows);
        else if (double.IsInfinity(value)) rows.Report("PRICE_NOT_FINITE", $"the price {rows.FieldText} is too large for any number", "expected a finite price");
        else rows.Report("PRICE_NOT_POSITIVE", $"the price is {rows.FieldText}", "expected a price above zero, or an empty cell where there is none");
        return false;
    }

    private static void Complain(ref DelimitedText rows)
    {
        var (code, what, expected) = NumberCell.Complaint(rows.FieldText);
        rows.Report(code, what, expected);
    }
}
