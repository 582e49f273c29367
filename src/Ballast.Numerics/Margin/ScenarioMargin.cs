namespace Ballast.Numerics.Margin;

/// <summary>What a risk engine asks for, and how it comes to that; in the account's unit.</summary>
public sealed class ScenarioMargin
{
    private readonly double[] _gains, _counted;
    private readonly ScenarioRules _rules;

    internal ScenarioMargin(double scan, int worst, double[] gains, double[] counted, double roll, double liquidity, double contingency, double minimum, double risk, ScenarioRules rules)
    {
        (Scan, Worst, _gains, _counted, _rules) = (scan, worst, gains, counted, rules);
        (Roll, Liquidity, Contingency, Minimum, Risk) = (roll, liquidity, contingency, minimum, risk);
    }

    /// <summary>The worst loss, rounded as the venue rounds it; 0 where no scenario loses.</summary>
    public double Scan { get; }

    /// <summary>Which scenario that is: the first of equals, from 0.</summary>
    public int Worst { get; }

    /// <summary>What each scenario gains, weighted, before the dampener.</summary>
    public ReadOnlySpan<double> Gains => _gains;

    /// <summary>What each scenario counts: far ones softened by the dampener, and never as a gain.</summary>
    public ReadOnlySpan<double> Counted => _counted;

    /// <summary>Charged for expiries that may move apart.</summary>
    public double Roll { get; }

    /// <summary>Charged for more delta than the market takes at once.</summary>
    public double Liquidity { get; }

    /// <summary>Charged for each future.</summary>
    public double Contingency { get; }

    /// <summary>The least that is asked for in any case.</summary>
    public double Minimum { get; }

    /// <summary>The larger of scan with its add-ons and the minimum.</summary>
    public double Risk { get; }

    public double Initial => InitialWith(0);

    public double Maintenance => _rules.MaintenanceFactor * Risk;

    /// <summary>Initial margin with what resting orders and quotes ask for; they are no part of maintenance.</summary>
    public double InitialWith(double orders) => _rules.Rounded(_rules.InitialFactor * Risk + orders);

    /// <summary>What a scenario gains where gains are only partly kept: what venues print, and what may be set against other underlyings.</summary>
    /// <param name="cap">The most that may be kept, in the account's unit.</param>
    public double Kept(int scenario, double cap = double.PositiveInfinity) =>
        _gains[scenario] > 0 ? Math.Min(_rules.GainsKept * _gains[scenario], cap) : _gains[scenario];
}
