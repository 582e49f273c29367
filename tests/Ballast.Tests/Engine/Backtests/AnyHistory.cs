using Ballast.Costs;
using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Random;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>Random prices, and random policies of every kind that both engines can run.</summary>
internal sealed class AnyHistory(ulong seed)
{
    public static readonly Asset Cash = new("USDT");
    private static readonly Instant Start = Instant.FromUtc(2023, 1, 1, 0, 0);
    private readonly Xoshiro256 _chance = new(seed);

    /// <summary>Prices with opens: each open lies near the close before.</summary>
    public PriceHistory Prices(int? bars = null, int? assets = null)
    {
        var (count, n) = (bars ?? 30 + _chance.NextInt(170), assets ?? 1 + _chance.NextInt(6));
        return new PriceHistory([.. Enumerable.Range(0, count).Select(t => Start + Duration.FromDays(t))], Duration.FromDays(1),
            [.. Enumerable.Range(0, n).Select(i => Series($"A{i}", count))]);
    }

    private PriceSeries Series(string name, int bars)
    {
        var (price, volatility) = (Math.Exp(4 * _chance.NextDouble()), 0.01 + 0.06 * _chance.NextDouble());
        var (open, close) = (new double[bars], new double[bars]);
        for (var t = 0; t < bars; t++)
        {
            open[t] = Rounded(price * (1 + 0.2 * volatility * _chance.NextNormal()));
            price = close[t] = Rounded(price * Math.Exp(volatility * _chance.NextNormal()));
        }
        return new PriceSeries(new Asset(name), Cash, close, open);
    }

    /// <summary>As a venue prints prices.</summary>
    private static double Rounded(double price) => Math.Round(Math.Max(price, 0.01), 6);

    public Policy Policy(PriceHistory history) => new("any", Cash, DateTimeZone.Utc)
    {
        Targets = new TargetNode.Weights(Weights(history, out var rest)) { CashRest = rest },
        Rebalance = new RebalanceRules { When = Rules(), Interval = new LookInterval.Bars(1 + _chance.NextInt(5)), To = Pick<Destination>(new Destination.Target(), new Destination.Target(), new Destination.PartWay(0.5), new Destination.BandEdge(false)) },
        Costs = new CostSchedule(CostRules.None with { Fee = Pick(0m, 0.001m, 0.01m) }, ImmutableDictionary<string, CostRules>.Empty, Pick(Sizing.AfterCosts, Sizing.AfterCosts, Sizing.BeforeCosts)),
    };

    public BacktestSettings Settings() => new()
    {
        Fill = Pick(FillMode.Close, FillMode.NextOpen, FillMode.NextClose), ChargeInitial = Pick(true, false), LastBarTrades = Pick(true, false), StartValue = Pick(10_000m, 1_000_000m),
    };

    /// <summary>Thousandths that sum to one, with the base named, or to less with the rest in cash.</summary>
    private ImmutableArray<TargetWeight> Weights(PriceHistory history, out bool rest)
    {
        var names = history.Series.Select(s => s.Base).ToList();
        rest = _chance.NextInt(2) == 0;
        if (_chance.NextInt(3) == 0) names.Add(Cash);
        if (rest) names.Remove(Cash);
        var parts = names.Select(_ => 1 + _chance.NextInt(100)).ToArray();
        var whole = parts.Sum() + (rest ? 1 + _chance.NextInt(60) : 0);
        var weights = names.Zip(parts, (a, p) => new TargetWeight(a, Math.Round((decimal)p / whole, 3))).ToArray();
        if (!rest) weights[0] = weights[0] with { Weight = weights[0].Weight + 1 - weights.Sum(w => w.Weight) };
        return [.. weights];
    }

    private ImmutableArray<ITrigger> Rules() => _chance.NextInt(6) switch
    {
        0 => [Date()],
        1 => [Band()],
        2 => [Date(), Band()],
        3 => [new AllOf([Date(), Band()], [])],
        4 => [Band(), Band()],
        _ => [new AllOf([Band(), Band()], [])],
    };

    private Every Date() => new(Pick<Schedule>(
        new PeriodEdge(PeriodUnit.Month, Edge.Last), new PeriodEdge(PeriodUnit.Month, Edge.First), new PeriodEdge(PeriodUnit.Week, Edge.Last), new CountedUnits(1 + _chance.NextInt(20), PeriodUnit.Day)));

    private Drift Band() => _chance.NextInt(3) switch
    {
        0 => Same(new DriftDistance.Points(Pick(0.01m, 0.03m, 0.05m))),
        1 => Same(new DriftDistance.OfTarget(Pick(0.05m, 0.1m, 0.25m))),
        _ => new Drift(new DriftDistance.Points(0.04m), new DriftDistance.Points(0.02m), [], 1),
    };

    private static Drift Same(DriftDistance distance) => new(distance, distance, [], 1);

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_chance.NextInt(choices.Length)];
}
