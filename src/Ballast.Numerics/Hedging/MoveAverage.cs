namespace Ballast.Numerics.Hedging;

/// <summary>How large the moves from look to look have lately been: exponentially weighted, of the modulus and of the square.</summary>
/// <param name="Modulus">Mean of |move|, a fraction of the price.</param>
/// <param name="Square">Mean of move².</param>
public readonly record struct MoveAverage(double Modulus, double Square)
{
    /// <summary>The standard deviation of a move that has no mean.</summary>
    public double Deviation => Math.Sqrt(Square);

    /// <summary>As a normal walk of this volatility moves in an interval of so many years: a start before there is any history.</summary>
    public static MoveAverage Of(double volatility, double interval) =>
        new(volatility * Math.Sqrt(2 * interval / Math.PI), volatility * volatility * interval);

    /// <summary>With one move more.</summary>
    /// <param name="memory">How many looks until an old move counts half, above zero.</param>
    public MoveAverage Next(double move, double memory)
    {
        if (!(memory > 0)) throw new ArgumentOutOfRangeException(nameof(memory), memory, "a half-life is above zero");
        var kept = Math.Pow(0.5, 1 / memory);
        return new(kept * Modulus + (1 - kept) * Math.Abs(move), kept * Square + (1 - kept) * move * move);
    }
}
