namespace Ballast.Numerics.Margin;

/// <summary>One tier of maintenance margin: rate × notional − deduction, for notionals above the tier before and up to this one's end.</summary>
/// <param name="UpTo">Its largest notional, in money; infinite for the last.</param>
/// <param name="Rate">A fraction of the whole notional.</param>
/// <param name="Deduction">Money that makes the margin continuous from tier to tier ("maintenance amount").</param>
/// <param name="Leverage">The most that may be taken: initial margin is notional over it.</param>
public readonly record struct MaintenanceTier(double UpTo, double Rate, double Deduction, double Leverage = double.PositiveInfinity);

/// <summary>A venue's table of maintenance margin by size of the position.</summary>
public sealed class MaintenanceTiers
{
    private readonly MaintenanceTier[] _tiers;

    public MaintenanceTiers(IReadOnlyList<MaintenanceTier> tiers)
    {
        if (tiers.Count == 0) throw new ArgumentException("no tier", nameof(tiers));
        var last = 0.0;
        foreach (var tier in tiers)
        {
            if (!(tier.UpTo > last)) throw new ArgumentOutOfRangeException(nameof(tiers), tier.UpTo, $"a tier ends above {last}, where the one before it ends");
            if (!(tier.Rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(tiers), tier.Rate, "a maintenance rate lies in [0, 1)");
            last = tier.UpTo;
        }
        _tiers = [.. tiers];
    }

    public static MaintenanceTiers Flat(double rate, double deduction = 0) => new([new(double.PositiveInfinity, rate, deduction)]);

    public IReadOnlyList<MaintenanceTier> Tiers => _tiers;

    /// <summary>The tier of a notional; above the last end, the last.</summary>
    public MaintenanceTier At(double notional)
    {
        foreach (var tier in _tiers)
            if (notional <= tier.UpTo) return tier;
        return _tiers[^1];
    }

    public MarginPair Of(double notional)
    {
        var tier = At(Math.Abs(notional));
        return new(Math.Abs(notional) / tier.Leverage, Math.Max(0, tier.Rate * Math.Abs(notional) - tier.Deduction));
    }
}
