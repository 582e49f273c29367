using Ballast.Numerics.Derivatives;

namespace Ballast.Numerics.Margin;

/// <summary>The legs of an account on one underlying with their scenario vectors kept, so that one leg more or less costs a sum over the scenarios.</summary>
/// <remarks>Full revaluation. As the worst of a set of scenarios the scan is subadditive and grows in proportion to the account, the dampener apart.</remarks>
public sealed class ScenarioBook
{
    private readonly ScenarioRules _rules;
    private readonly CountedIn _unit;
    private readonly double _index;
    private readonly Revaluation _revaluation;
    private readonly LegRisk[] _risks;
    private readonly RiskTotal _total;

    /// <param name="index">The underlying's price in money, above zero.</param>
    /// <param name="legs">All on this underlying; in a coin account all settled in coin.</param>
    public ScenarioBook(ScenarioRules rules, CountedIn unit, double index, IReadOnlyList<Leg> legs)
    {
        if (rules.Scenarios.Count == 0) throw new ArgumentException("no scenario", nameof(rules));
        if (!(index > 0 && double.IsFinite(index))) throw new ArgumentOutOfRangeException(nameof(index), index, "an index is above zero");
        (_rules, _unit, _index, _revaluation) = (rules, unit, index, new(rules, unit, index));
        _risks = _revaluation.Of(legs);
        _total = _risks.Aggregate(new RiskTotal(rules.Scenarios.Count), (total, risk) => total.Add(risk));
        Margin = Of(_total);
    }

    public ScenarioRules Rules => _rules;

    /// <summary>What the account needs as it is.</summary>
    public ScenarioMargin Margin { get; }

    public IReadOnlyList<LegRisk> Legs => _risks;

    /// <summary>The vectors of legs that may be added: made once, they make every further question cheap.</summary>
    public LegRisk[] Risks(IReadOnlyList<Leg> legs) => _revaluation.Of(legs);

    /// <summary>The margin with one leg more.</summary>
    public ScenarioMargin With(Leg leg) => Of(_total.Copy().Add(_revaluation.Of([leg])[0]));

    /// <summary>The margin with parts of further legs, as while orders fill.</summary>
    public ScenarioMargin With(ReadOnlySpan<LegRisk> added, ReadOnlySpan<double> fractions)
    {
        if (added.Length != fractions.Length) throw new ArgumentException($"{added.Length} legs, but {fractions.Length} fractions");
        var total = _total.Copy();
        for (var i = 0; i < added.Length; i++)
            if (fractions[i] != 0) total.Add(added[i], fractions[i]);
        return Of(total);
    }

    /// <summary>The margin without a part of one of the account's own legs.</summary>
    public ScenarioMargin Without(int leg, double fraction = 1) => Of(_total.Copy().Add(_risks[leg], -fraction));

    /// <summary>What a leg asks for by itself.</summary>
    public ScenarioMargin Alone(LegRisk risk) => Of(new RiskTotal(_rules.Scenarios.Count).Add(risk));

    /// <summary>Σ of what the legs ask for one by one, less what they ask for together.</summary>
    public double Diversification => _risks.Sum(risk => Alone(risk).Risk) - Margin.Risk;

    /// <summary>What each leg brings to the account's risk; the parts sum to the scan and its add-ons before rounding.</summary>
    /// <remarks>Euler's allocation at the worst scenario; the dampener's relief is shared in proportion.</remarks>
    public MarginShare[] Shares()
    {
        var loss = -_total.Gain(Margin.Worst);
        var (scan, shocked) = (Math.Max(0, -Margin.Counted[Margin.Worst]), _total.ShockedDelta);
        return [.. _risks.Select(risk => new MarginShare(
            scan > 0 ? -risk.Gains[Margin.Worst] * (scan / loss) : 0,
            _rules.Roll is { } roll ? Math.Sign(_total.Bucket(risk.Bucket)) * risk.RollValue * roll.Rate(risk.Leg.Years) : 0,
            Margin.Liquidity > 0 && (_total.LongOptionsCount || !risk.IsLongOption) ? Margin.Liquidity * risk.Delta / shocked : 0,
            risk.Leg.Kind is LegKind.LinearFuture or LegKind.InverseFuture ? _rules.FutureContingency * Math.Abs(risk.Leg.Quantity) * (_unit == CountedIn.Coin ? 1 : _index) : 0))];
    }

    private ScenarioMargin Of(RiskTotal total) => total.Margin(_rules, _unit, _index);
}

/// <summary>One leg's part of an account's margin, in the account's unit; below zero where it relieves the rest.</summary>
public readonly record struct MarginShare(double Scan, double Roll, double Liquidity, double Contingency)
{
    public double Sum => Scan + Roll + Liquidity + Contingency;
}
