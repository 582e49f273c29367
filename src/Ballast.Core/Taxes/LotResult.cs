namespace Ballast.Taxes;

/// <summary>What came of choosing lots. Closed: a caller must face the case that cost or date is not known.</summary>
public abstract record LotResult
{
    private LotResult() { }

    public sealed record Sold(ImmutableArray<LotSale> Lots) : LotResult;

    public sealed record BasisMissing(string Reason) : LotResult;
}
