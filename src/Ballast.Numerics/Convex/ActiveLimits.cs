namespace Ballast.Numerics.Convex;

/// <summary>Where a weight stands at the optimum.</summary>
internal enum Place
{
    Free,
    Bought,
    Sold,
    Lower,
    Upper,
    Current,
}

/// <summary>Which limits hold with equality: what is left to do is then one system of linear equations.</summary>
internal sealed class ActiveLimits(PortfolioProblem problem)
{
    public Place[] Places { get; } = new Place[problem.Size];
    public bool[] RowBinds { get; } = new bool[problem.Limits.Rows.Count];
    public bool TurnoverBinds { get; set; }

    public void Pin(int i, Place place) => Places[i] = place;

    public int[] Free() => [.. Enumerable.Range(0, Places.Length).Where(i => Places[i] is Place.Free or Place.Bought or Place.Sold)];

    /// <summary>The value of a weight that stands at a limit.</summary>
    public double Pinned(int i) => Places[i] switch
    {
        Place.Lower => problem.Limits.Lower[i],
        Place.Upper => problem.Limits.Upper[i],
        _ => problem.Limits.Current[i],
    };

    /// <summary>The direction in which a free weight trades.</summary>
    public int Side(int i) => Places[i] switch { Place.Bought => 1, Place.Sold => -1, _ => 0 };
}
