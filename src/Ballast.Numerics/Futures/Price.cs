namespace Ballast.Numerics.Futures;

internal static class Price
{
    /// <summary>The same, once it is a finite number above zero.</summary>
    public static double Checked(double price) =>
        price > 0 && double.IsFinite(price) ? price : throw new ArgumentOutOfRangeException(nameof(price), price, "a price is above zero");
}
