using Ballast.Numerics.Derivatives;

namespace Ballast.Numerics.Margin;

/// <summary>The sums of an account's legs that margin is made of; adding a leg costs a sum over the scenarios.</summary>
internal sealed class RiskTotal
{
    private readonly double[] _gains;
    private readonly List<((double Years, bool InCoin) Key, double Value)> _buckets;
    private double _longOptions, _others, _options, _shortOptions, _futures, _gross;

    public RiskTotal(int scenarios) => (_gains, _buckets) = (new double[scenarios], []);

    private RiskTotal(RiskTotal from)
    {
        (_gains, _buckets) = ((double[])from._gains.Clone(), [.. from._buckets]);
        (_longOptions, _others, _options, _shortOptions, _futures, _gross) = (from._longOptions, from._others, from._options, from._shortOptions, from._futures, from._gross);
    }

    public RiskTotal Copy() => new(this);

    /// <param name="fraction">How much of the leg; below zero takes it away.</param>
    public RiskTotal Add(LegRisk risk, double fraction = 1)
    {
        var gains = risk.Gains;
        for (var s = 0; s < _gains.Length; s++) _gains[s] += fraction * gains[s];
        AddToBucket(risk.Bucket, fraction * risk.RollValue);
        if (risk.IsLongOption) _longOptions += fraction * risk.Delta; else _others += fraction * risk.Delta;
        var size = fraction * Math.Abs(risk.Leg.Quantity);
        if (risk.Leg.IsOption) _options += size;
        if (risk.Leg.Kind is LegKind.LinearFuture or LegKind.InverseFuture) _futures += size;
        if (risk.Leg.IsOption && risk.Leg.Quantity < 0) _shortOptions += size;
        _gross += fraction * Math.Abs(risk.Delta);
        return this;
    }

    private void AddToBucket((double, bool) key, double value)
    {
        for (var b = 0; b < _buckets.Count; b++)
            if (_buckets[b].Key == key)
            {
                _buckets[b] = (key, _buckets[b].Value + value);
                return;
            }
        _buckets.Add((key, value));
    }

    public ScenarioMargin Margin(ScenarioRules rules, CountedIn unit, double index)
    {
        var counted = Counted(rules, unit, index);
        var worst = Lowest(counted);
        var scan = rules.Rounded(Math.Max(0, -counted[worst]));
        var roll = Roll(rules);
        var perMoney = unit == CountedIn.Coin ? 1 / index : 1;
        var liquidity = rules.Liquidity is { } charge ? charge.Of(ShockedDelta, index) * perMoney : 0;
        var contingency = rules.FutureContingency * _futures * index * perMoney;
        var minimum = Minimum(rules.Minimum, index) * perMoney;
        var risk = Math.Max(scan + roll + liquidity + contingency, minimum);
        return new(scan, worst, (double[])_gains.Clone(), counted, roll, liquidity, contingency, minimum, risk, rules);
    }

    public double ShockedDelta => LiquidityCharge.Shocked(_longOptions, _others);

    /// <summary>Whether long options make the shocked delta smaller: then it is the sum of both, else that of the rest.</summary>
    public bool LongOptionsCount => ShockedDelta != _others;

    public double Bucket((double, bool) key) => _buckets.Find(b => b.Key == key).Value;

    public double Gain(int scenario) => _gains[scenario];

    /// <summary>What each scenario counts: far ones softened by the dampener, and never as a gain.</summary>
    private double[] Counted(ScenarioRules rules, CountedIn unit, double index)
    {
        var counted = new double[_gains.Length];
        for (var s = 0; s < counted.Length; s++)
        {
            var scenario = rules.Scenarios[s];
            var forgiven = rules.Forgiven(scenario);
            if (forgiven > 0 && unit == CountedIn.Coin) forgiven /= rules.EdgePrice(scenario) * index;
            counted[s] = scenario.Far ? Math.Min(_gains[s] + forgiven, 0) : _gains[s];
        }
        return counted;
    }

    private static int Lowest(double[] values)
    {
        var at = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] < values[at]) at = i;
        return at;
    }

    private double Roll(ScenarioRules rules)
    {
        if (rules.Roll is not { } charge) return 0;
        var sum = 0.0;
        foreach (var (key, value) in _buckets) sum += Math.Abs(value) * charge.Rate(key.Years);
        return sum;
    }

    private double Minimum(MinimumCharge charge, double price)
    {
        var net = Math.Abs(_longOptions + _others);
        return charge.PerOption * _options + charge.PerShortOption * _shortOptions + (charge.Net * net + charge.Hedged * (_gross - net) / 2) * price;
    }
}
