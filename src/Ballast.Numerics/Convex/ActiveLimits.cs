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

    /// <summary>What an earlier answer says, by its weights and prices, about a problem with the same assets and limits; null where it has others.</summary>
    public static ActiveLimits? At(PortfolioProblem problem, Solution before)
    {
        var (limits, prices, active) = (problem.Limits, before.Multipliers!, new ActiveLimits(problem));
        if (before.Weights.Length != problem.Size || prices.Rows.Length != limits.Rows.Count) return null;
        for (var i = 0; i < problem.Size; i++) active.Pin(i, active.PlaceOf(i, before.Weights[i], prices.Bounds[i]));
        for (var j = 0; j < prices.Rows.Length; j++) active.RowBinds[j] = prices.Rows[j] > 0;
        active.TurnoverBinds = double.IsFinite(limits.Turnover) && prices.Turnover > 0;
        return active;
    }

    private Place PlaceOf(int i, double weight, double price)
    {
        var (low, high) = (problem.Limits.Lower[i], problem.Limits.Upper[i]);
        if (low == high || price > 0 && double.IsFinite(low)) return Place.Lower;
        if (price < 0 && double.IsFinite(high)) return Place.Upper;
        if (!problem.Trades) return Place.Free;
        var trade = weight - problem.Limits.Current[i];
        return Math.Abs(trade) <= 1e-12 ? Place.Current : trade > 0 ? Place.Bought : Place.Sold;
    }

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
