using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Engine.Backtests;

/// <summary>
/// What holding would have done: the first purchase of the run, kept for ever. A deposit buys the targets in their proportions, at the same cost;
/// a withdrawal sells everything in proportion. In doubles: it decides nothing.
/// </summary>
public static class HoldBenchmark
{
    /// <returns>Value at each close of the run; null where there was no first purchase to hold.</returns>
    public static double[]? Equity(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run) => Path(policy, history, settings, run)?.Equity;

    /// <returns>The same, with the weight at each close of each of the run's assets, an array an asset.</returns>
    public static (double[] Equity, ImmutableArray<double[]> Weights)? Path(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run) =>
        Of(policy, history, settings, run) is var (equity, weights, _) ? (equity, weights) : null;

    /// <returns>What each asset would weigh at the last close, cash included; null where there was no first purchase to hold.</returns>
    public static IReadOnlyDictionary<Asset, double>? LastWeights(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run) =>
        Of(policy, history, settings, run)?.Basket.Weights;

    private static (double[] Equity, ImmutableArray<double[]> Weights, Basket Basket)? Of(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run)
    {
        if (run.FirstBar < 0 || run.FirstHoldings.Any(h => h.Key != policy.Base && history.In(h.Key, policy.Base) is null)) return null;
        var (first, _) = BacktestSpan.Of(history, settings);
        var basket = new Basket(policy, history, settings, run);
        var equity = new double[run.Equity.Length];
        double[][] weights = [.. run.Assets.Select(_ => new double[equity.Length])];
        for (var t = 0; t < equity.Length; t++)
        {
            var held = t >= run.FirstBar;
            equity[t] = held ? basket.Next(first + t, t > run.FirstBar ? run.Flows[t] : 0, t > run.FirstBar) : run.Equity[t];
            for (var i = 0; i < weights.Length; i++) weights[i][t] = held ? basket.ValueOf(run.Assets[i]) / equity[t] : run.Weights[i][t];
        }
        return (equity, [.. weights], basket);
    }

    private sealed class Basket(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run)
    {
        private readonly (PriceSeries Series, double Quantity, double Price)[] _held =
            [.. run.FirstHoldings.Where(h => h.Key != policy.Base).Select(h => (history.In(h.Key, policy.Base)!, h.Value, double.NaN))];
        private readonly double _interest = (double)policy.CashInterest * (history.Spacing / Duration.FromDays(365));
        private double _cash = run.FirstHoldings.GetValueOrDefault(policy.Base);

        public double Next(int bar, double flow, bool earns)
        {
            if (earns && _cash > 0) _cash *= 1 + _interest;
            for (var i = 0; i < _held.Length; i++) Price(ref _held[i], bar);
            _cash += flow;
            if (flow > 0) Buy(flow);
            else if (flow < 0) Sell(-flow);
            return Value;
        }

        public double ValueOf(Asset asset) => asset == policy.Base ? _cash : _held.Where(h => h.Series.Base == asset && h.Quantity != 0).Sum(h => h.Quantity * h.Price);

        private double Value => _cash + _held.Sum(h => h.Quantity == 0 ? 0 : h.Quantity * h.Price);

        public Dictionary<Asset, double> Weights => _held.Where(h => h.Quantity != 0).Select(h => (Asset: h.Series.Base, Value: h.Quantity * h.Price))
            .Append((Asset: policy.Base, Value: _cash)).ToDictionary(h => h.Asset, h => h.Value / Value);

        private void Price(ref (PriceSeries Series, double Quantity, double Price) held, int bar)
        {
            if (bar == held.Series.Listed.Last + 1)
            {
                _cash += held.Quantity * held.Price * (double)settings.Recovery;
                held.Quantity = 0;
            }
            else if (bar <= held.Series.Listed.Last && !double.IsNaN(held.Series.Close[bar])) held.Price = held.Series.Close[bar];
        }

        private void Buy(double amount)
        {
            var rate = (double)policy.Costs.Default.Rate;
            var priced = _held.Where(h => h.Price > 0 && h.Series.Listed.Last > 0).Sum(h => Share(h.Series.Base));
            if (priced <= 0) return;
            for (var i = 0; i < _held.Length; i++)
                if (_held[i].Price > 0) _held[i].Quantity += amount * Share(_held[i].Series.Base) / (1 + rate) / _held[i].Price;
            _cash -= amount * priced;
        }

        private void Sell(double amount)
        {
            var part = Value + amount is var before && before > 0 ? Math.Min(1, amount / before) : 0;
            var rate = (double)policy.Costs.Default.Rate;
            for (var i = 0; i < _held.Length; i++)
            {
                _cash += _held[i].Quantity * part * _held[i].Price * (1 - rate);
                _held[i].Quantity *= 1 - part;
            }
        }

        private double Share(Asset asset) => _shares.GetValueOrDefault(asset);

        private readonly Dictionary<Asset, double> _shares = Shares(policy, run);

        /// <summary>How a deposit is split: as the first purchase was.</summary>
        private static Dictionary<Asset, double> Shares(Policy policy, BacktestResult run)
        {
            var (targets, _) = Targets.TargetResolver.Resolve(policy.Targets, policy.Base, null, 365);
            return targets is null
                ? run.FirstHoldings.Keys.Where(a => a != policy.Base).ToDictionary(a => a, _ => 1.0 / Math.Max(1, run.FirstHoldings.Count(h => h.Key != policy.Base)))
                : targets.Weights.ToDictionary(w => w.Asset, w => (double)w.Weight);
        }
    }
}
