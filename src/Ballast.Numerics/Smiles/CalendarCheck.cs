namespace Ballast.Numerics.Smiles;

/// <summary>Where a later expiry comes nearest to less total variance than an earlier one, at the same log-moneyness.</summary>
/// <param name="Least">The least difference of total variance; below zero is arbitrage.</param>
/// <param name="At">Its log-moneyness.</param>
/// <param name="Share">The part of the strikes looked at where it is below zero.</param>
public readonly record struct CalendarCheck(double Least, double At, double Share)
{
    /// <summary>What rounding leaves of a difference of zero, in total variance.</summary>
    public const double Slack = 1e-12;

    private const double Step = 0.005;

    public bool Holds => Least >= -Slack;

    /// <summary>Over all strikes that matter to both: as far as <see cref="ButterflyCheck"/> looks.</summary>
    public static CalendarCheck Of(Smile near, Smile far) => Of(near, far, -ButterflyCheck.Reach(far), ButterflyCheck.Reach(far));

    /// <summary>Between two log-moneynesses, such as the outermost quotes.</summary>
    public static CalendarCheck Of(Smile near, Smile far, double low, double high)
    {
        if (!(near.Years < far.Years)) throw new ArgumentException($"{near.Years:R} years are not before {far.Years:R}");
        if (!(low <= high)) throw new ArgumentException($"nothing lies between {low:R} and {high:R}");
        var (least, at, below, count) = (double.PositiveInfinity, low, 0, 1 + (int)Math.Ceiling((high - low) / Step));
        for (var i = 0; i < count; i++)
        {
            var k = Math.Min(low + i * Step, high);
            var difference = far.Variance(k).Value - near.Variance(k).Value;
            if (difference < -Slack) below++;
            if (difference < least) (least, at) = (difference, k);
        }
        return new(least, at, (double)below / count);
    }
}
