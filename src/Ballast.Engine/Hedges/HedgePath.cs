using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Hedging;

namespace Ballast.Engine.Hedges;

/// <summary>A position of options and the price of what hedges it, at one time.</summary>
/// <param name="Time">In years, on the path's own clock.</param>
/// <param name="Price">Of the perpetual, and the index that is settled on; in money, above zero.</param>
/// <param name="Legs">Options only, as they are valued then; with no years left at the last point.</param>
public sealed record HedgePoint(double Time, double Price, IReadOnlyList<Leg> Legs)
{
    public OptionSum Options { get; } = OptionSum.Of(Legs);

    /// <summary>Of the option that expires last.</summary>
    public double YearsLeft { get; } = Legs.Max(l => l.Years);

    /// <summary>Weighted by size, which the bands of a whole position need one of.</summary>
    public double Volatility { get; } = Legs.Sum(l => Math.Abs(l.Quantity) * l.Volatility) / Legs.Sum(l => Math.Abs(l.Quantity));
}

/// <summary>An option position from its opening to its settlement, at whose last index it is settled.</summary>
/// <param name="Points">Two at least, in the order of time; at the last one all options have expired.</param>
/// <param name="Moves">How large the moves from point to point were before the first.</param>
public sealed record HedgePath(IReadOnlyList<HedgePoint> Points, MoveAverage Moves)
{
    public HedgePoint First => Points[0];

    public double Years => Points[^1].Time - First.Time;

    /// <summary>Years from point to point, on average.</summary>
    public double Interval => Years / (Points.Count - 1);

    /// <summary>How large moves were over another interval, if they were without memory.</summary>
    internal MoveAverage MovesIn(double interval)
    {
        var stretch = Math.Max(1, interval / Interval);
        return new(Moves.Modulus * Math.Sqrt(stretch), Moves.Square * stretch);
    }

    /// <summary>Coins that options are on, the larger of calls and puts counting: a straddle of one coin is one.</summary>
    public double Units => First.Legs.GroupBy(l => l.Right).Max(g => g.Sum(l => Math.Abs(l.Quantity)));
}
