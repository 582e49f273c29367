namespace Ballast.Numerics.Convexity;

/// <summary>How a book's gains bend over a move up and down, from full revaluation.</summary>
/// <param name="Move">h, a fraction.</param>
/// <param name="Symmetric">(gain(+h) + gain(−h))/2: what the book gains of a move whose direction is not known; below zero it is short convexity.</param>
/// <param name="Skew">(gain(+h) − gain(−h))/2 less dollar delta times h: how much the two sides differ from a straight line.</param>
public readonly record struct ShockConvexity(double Move, double Symmetric, double Skew)
{
    /// <summary>The dollar gamma of 1 % that would bend as much: 2C/(100h²).</summary>
    public double GammaOfOnePercent => 2 * Symmetric / (100 * Move * Move);

    /// <param name="gain">The gain in money when every price moves by a fraction.</param>
    /// <param name="dollarDelta">What the book gains of a small move, over that move.</param>
    public static ShockConvexity Of(Func<double, double> gain, double dollarDelta, double move)
    {
        if (!(move is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(move), move, "a move up and down lies between 0 and 1");
        var (up, down) = (gain(move), gain(-move));
        return new(move, (up + down) / 2, (up - down) / 2 - dollarDelta * move);
    }
}
