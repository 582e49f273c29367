namespace Ballast.Numerics.Margin;

/// <summary>A factor for each slice of an amount, as in tables of tiers: the first so much at one factor, what lies above at the next.</summary>
public sealed class Slices
{
    private readonly (double UpTo, double Factor)[] _tiers;

    /// <param name="tiers">Upper ends, growing, and the factor of what lies below each; the last end may be infinite.</param>
    public Slices(IReadOnlyList<(double UpTo, double Factor)> tiers)
    {
        if (tiers.Count == 0) throw new ArgumentException("no tier", nameof(tiers));
        var last = 0.0;
        foreach (var (upTo, factor) in tiers)
        {
            if (!(upTo > last)) throw new ArgumentOutOfRangeException(nameof(tiers), upTo, $"a tier ends above {last}, where the one before it ends");
            if (!double.IsFinite(factor)) throw new ArgumentOutOfRangeException(nameof(tiers), factor, "a factor is finite");
            last = upTo;
        }
        _tiers = [.. tiers];
    }

    public IReadOnlyList<(double UpTo, double Factor)> Tiers => _tiers;

    /// <summary>One factor for everything.</summary>
    public static Slices Flat(double factor) => new([(double.PositiveInfinity, factor)]);

    /// <summary>Σ slice × factor; what lies above the last tier counts at the last factor.</summary>
    public double Of(double amount)
    {
        if (!(amount >= 0)) throw new ArgumentOutOfRangeException(nameof(amount), amount, "an amount is not negative");
        var (sum, from) = (0.0, 0.0);
        foreach (var (upTo, factor) in _tiers)
        {
            if (amount <= from) return sum;
            sum += factor * (Math.Min(amount, upTo) - from);
            from = upTo;
        }
        return amount > from ? sum + _tiers[^1].Factor * (amount - from) : sum;
    }

    /// <summary>What collateral of that value counts: tiers for what is held; a debt counts in full, and by its surcharge more.</summary>
    public double Collateral(double value, double debtSurcharge = 0) => value >= 0 ? Of(value) : value * (1 + debtSurcharge);
}
