namespace Ballast.Money;

/// <summary>A signed, exact quantity of one asset: what a venue settles and a ledger keeps.</summary>
public readonly record struct Amount(decimal Value, Asset Asset)
{
    public static Amount Zero(Asset asset) => new(0m, asset);

    public static Amount operator +(Amount a, Amount b) => new(a.Value + SameAsset(a, b).Value, a.Asset);
    public static Amount operator -(Amount a, Amount b) => new(a.Value - SameAsset(a, b).Value, a.Asset);
    public static Amount operator -(Amount a) => new(-a.Value, a.Asset);
    public static Amount operator *(Amount a, decimal factor) => new(a.Value * factor, a.Asset);

    /// <summary>Converts at a price, which must be quoted for this asset.</summary>
    public static Amount operator *(Amount a, Price p) =>
        a.Asset == p.Base ? new(a.Value * p.Value, p.Quote)
        : throw new ArgumentException($"cannot value {a} at a {p.Base}/{p.Quote} price");

    public override string ToString() => $"{Figures.Exact(Value)} {Asset}";

    private static Amount SameAsset(Amount a, Amount b) =>
        a.Asset == b.Asset ? b : throw new ArgumentException($"cannot mix {a.Asset} with {b.Asset}");
}
