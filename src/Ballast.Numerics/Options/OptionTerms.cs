namespace Ballast.Numerics.Options;

/// <summary>The terms of many options on a spot, an array each and all of one length; <paramref name="sign"/> is +1 for a call and −1 for a put.</summary>
public readonly ref struct OptionTerms(ReadOnlySpan<double> sign, ReadOnlySpan<double> spot, ReadOnlySpan<double> strike, ReadOnlySpan<double> years, ReadOnlySpan<double> volatility)
{
    public ReadOnlySpan<double> Sign { get; } = sign;
    public ReadOnlySpan<double> Spot { get; } = spot;
    public ReadOnlySpan<double> Strike { get; } = strike;
    public ReadOnlySpan<double> Years { get; } = years;
    public ReadOnlySpan<double> Volatility { get; } = volatility;

    public OptionTerms Slice(int start, int count) =>
        new(Sign.Slice(start, count), Spot.Slice(start, count), Strike.Slice(start, count), Years.Slice(start, count), Volatility.Slice(start, count));

    /// <summary>Throws unless all are of one length.</summary>
    internal void Check()
    {
        if (Sign.Length != Spot.Length || Strike.Length != Spot.Length || Years.Length != Spot.Length || Volatility.Length != Spot.Length)
            throw new ArgumentException($"{Spot.Length} spots, but {Sign.Length} signs, {Strike.Length} strikes, {Years.Length} times and {Volatility.Length} volatilities");
    }
}
