using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Options;

namespace Ballast.Numerics.Margin;

/// <summary>Revalues legs in all scenarios: futures by their formula, options eight at a time.</summary>
internal sealed class Revaluation(ScenarioRules rules, CountedIn unit, double index)
{
    /// <summary>Options that are priced in one go: their tables stay in the nearest cache.</summary>
    private const int Together = 8;

    private readonly Scenario[] _scenarios = [.. rules.Scenarios];

    /// <summary>Price, delta and what else the batch gives, one column a scenario and one for now.</summary>
    private int Columns => _scenarios.Length + 1;

    public LegRisk[] Of(IReadOnlyList<Leg> legs)
    {
        var risks = new LegRisk[legs.Count];
        var options = new List<int>(legs.Count);
        for (var i = 0; i < risks.Length; i++)
        {
            Check(legs[i]);
            if (legs[i].IsOption) options.Add(i); else risks[i] = Linear(legs[i]);
        }
        if (options.Count == 0) return risks;
        var sheet = new OptionSheet(Together * Columns);
        for (var from = 0; from < options.Count; from += Together) Options(legs, options, from, Math.Min(Together, options.Count - from), sheet, risks);
        return risks;
    }

    private void Check(Leg leg)
    {
        if (unit == CountedIn.Coin && !leg.InCoin) throw new ArgumentException($"a {leg.Kind} is not settled in coin", nameof(leg));
        if (!(leg.Price > 0 && double.IsFinite(leg.Price))) throw new ArgumentOutOfRangeException(nameof(leg), leg.Price, "a price is above zero");
        if (!double.IsFinite(leg.Quantity)) throw new ArgumentOutOfRangeException(nameof(leg), leg.Quantity, "a quantity is finite");
        if (leg.IsOption) BlackScholes.Check(leg.Price, leg.Strike, leg.Years, leg.Volatility);
    }

    private LegRisk Linear(Leg leg)
    {
        var gains = new double[_scenarios.Length];
        for (var s = 0; s < gains.Length; s++)
        {
            var move = Move(_scenarios[s], leg);
            gains[s] = leg.Kind == LegKind.Coin && unit == CountedIn.Money ? leg.Quantity * leg.Price * move * _scenarios[s].Weight : Counted(leg, leg.Gain(move), move, _scenarios[s]);
        }
        return new(leg, gains, leg.Kind == LegKind.Coin ? 0 : leg.Quantity, unit);
    }

    /// <summary>A gain in its settlement unit as the account counts it: weighted; of coins, at the shocked price, or for a far move in a coin account at the edge's.</summary>
    private double Counted(Leg leg, double gain, double move, Scenario scenario)
    {
        if (!leg.InCoin) return gain * scenario.Weight;
        if (unit == CountedIn.Money) return gain * index * (1 + move) * scenario.Weight;
        return scenario.Far ? gain * scenario.Weight * (1 + move) / rules.EdgePrice(scenario) : gain * scenario.Weight;
    }

    private double Move(Scenario scenario, Leg leg) => rules.MovesInMoney ? scenario.Move / leg.Price : scenario.Move;

    private void Options(IReadOnlyList<Leg> legs, List<int> which, int from, int count, OptionSheet sheet, LegRisk[] risks)
    {
        for (var k = 0; k < count; k++) Write(legs[which[from + k]], sheet, k * Columns);
        var prices = sheet.Price(count * Columns, rules.Rate);
        for (var k = 0; k < count; k++) risks[which[from + k]] = Option(legs[which[from + k]], prices.Slice(k * Columns, Columns), sheet.Delta(count * Columns, (k + 1) * Columns - 1));
    }

    /// <summary>The terms of an option in each scenario and, last, as they are now.</summary>
    private void Write(Leg leg, OptionSheet sheet, int at)
    {
        Span<double> states = [rules.Volatility.At(VolatilityState.Down, leg.Volatility, leg.Years), leg.Volatility, rules.Volatility.At(VolatilityState.Up, leg.Volatility, leg.Years)];
        sheet.Terms(leg, at, Columns, Math.Max(0, leg.Years - rules.DaysAhead / 365));
        for (var s = 0; s < _scenarios.Length; s++)
            (sheet.Prices[at + s], sheet.Volatilities[at + s]) = (leg.Price * (1 + Move(_scenarios[s], leg)), states[(int)_scenarios[s].Volatility]);
        var now = at + _scenarios.Length;
        (sheet.Prices[now], sheet.Volatilities[now], sheet.Years[now]) = (leg.Price, leg.Volatility, leg.Years);
    }

    private LegRisk Option(Leg leg, ReadOnlySpan<double> values, double delta)
    {
        var gains = new double[_scenarios.Length];
        var now = leg.InCoin ? values[^1] / leg.Price : values[^1];
        for (var s = 0; s < gains.Length; s++)
        {
            var move = Move(_scenarios[s], leg);
            var then = leg.InCoin ? values[s] / (leg.Price * (1 + move)) : values[s];
            gains[s] = Counted(leg, leg.Quantity * (then - now), move, _scenarios[s]);
        }
        return new(leg, gains, leg.Quantity * (leg.InCoin ? delta - now : delta), unit);
    }
}
