namespace Ballast.Money;

/// <summary>Something one can own: BTC, USDT, EUR. Equal by code; ordered by code, ordinally, so that ties break the same everywhere.</summary>
public readonly record struct Asset(string Code) : IComparable<Asset>
{
    public string Code { get => field ?? "(none)"; } = Code;

    public int CompareTo(Asset other) => string.CompareOrdinal(Code, other.Code);

    public override string ToString() => Code;

    public static bool operator <(Asset left, Asset right) => left.CompareTo(right) < 0;
    public static bool operator >(Asset left, Asset right) => left.CompareTo(right) > 0;
    public static bool operator <=(Asset left, Asset right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Asset left, Asset right) => left.CompareTo(right) >= 0;
}
