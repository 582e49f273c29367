namespace Ballast.Numerics.Hedging;

/// <summary>How far a trade goes once delta has left its band.</summary>
public enum HedgeGoal
{
    /// <summary>To the edge that was crossed: best where cost is proportional to what is traded.</summary>
    Edge,

    /// <summary>To the middle of the band: best where every trade costs the same.</summary>
    Target,

    /// <summary>Half-way between the two: where there are both kinds of cost.</summary>
    Midpoint,
}

/// <summary>How far a position's delta may be from its target before it is hedged.</summary>
/// <param name="Below">How far below the target, in the unit of delta; not negative, infinite where it is never bought.</param>
/// <param name="Above">How far above.</param>
public readonly record struct HedgeBand(double Below, double Above, HedgeGoal Goal = HedgeGoal.Edge)
{
    /// <summary>The same on both sides.</summary>
    public static HedgeBand Around(double half, HedgeGoal goal = HedgeGoal.Edge) => new(half, half, goal);

    /// <summary>Of half a lot at least on both sides, for a narrower one is crossed by the rounding of its own trades; and whether it had to be raised.</summary>
    public (HedgeBand Band, bool Raised) FitFor(double lot)
    {
        var (below, above) = (Math.Max(Below, lot / 2), Math.Max(Above, lot / 2));
        return (this with { Below = below, Above = above }, below != Below || above != Above);
    }

    /// <summary>Where a delta outside should be brought.</summary>
    internal double Destination(double target, bool isAbove)
    {
        var edge = isAbove ? target + Above : target - Below;
        return Goal switch { HedgeGoal.Edge => edge, HedgeGoal.Target => target, _ => (edge + target) / 2 };
    }
}
