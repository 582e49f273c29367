using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Planning;

namespace Ballast.Engine.Backtests;

/// <summary>Writes down what a run does, bar by bar.</summary>
internal sealed class BacktestRecord(Policy policy, PriceHistory history, int first, int last, bool detail)
{
    private readonly double[] _equity = new double[last - first + 1];
    private readonly double[] _flows = new double[last - first + 1];
    private readonly List<Rebalanced> _rebalances = [];
    private readonly List<Filled> _fills = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Times, string Reason)> _refused = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Asset> _assets = [.. policy.Targets.AllAssets.Append(policy.Base).Distinct().Order()];
    private readonly double[][] _weights = detail ? [.. policy.Targets.AllAssets.Append(policy.Base).Distinct().Select(_ => new double[last - first + 1])] : [];
    private ImmutableSortedDictionary<Asset, double> _held = ImmutableSortedDictionary<Asset, double>.Empty;
    private (int Times, string? First) _kept;
    private decimal _costs;
    private double _turnover;
    private int _firstBar = -1, _outside, _looks, _trades;
    private Plan? _plan;
    private Triggers.BandSet? _bands;
    private Triggers.Look? _look;
    private Targets.TargetSet? _targets;

    public void Flow(int bar, decimal amount) => _flows[bar - first] = (double)amount;

    public void Note(string note) => _notes.Add(note);

    /// <summary>A plan that was not carried out; how often, and why the first time.</summary>
    public void Refused(string code, string reason) =>
        _refused[code] = _refused.TryGetValue(code, out var known) ? (known.Times + 1, known.Reason) : (1, reason);

    public void Mark(int bar, Portfolio portfolio)
    {
        _equity[bar - first] = (double)portfolio.Value;
        for (var i = 0; i < _weights.Length; i++) _weights[i][bar - first] = portfolio.WeightOf(_assets[i]);
    }

    public void Look(Decision decision)
    {
        if (decision.Refused is { } why) _kept = (_kept.Times + 1, _kept.First ?? why);
        _targets = decision.Targets ?? _targets;
        var bands = decision.Answers.Select(a => a.Result.Bands).OfType<Triggers.BandSet>().Aggregate((Triggers.BandSet?)null, (all, b) => all?.Intersect(b) ?? b);
        if (bands is null) return;
        _bands = bands;
        _look = decision.Look;
        _looks++;
        if (bands.ByAsset.Any(b => b.Value.Breached(decision.Portfolio.WeightOf(b.Key)))) _outside++;
    }

    public void FirstPurchase(int bar, Book book)
    {
        _firstBar = bar;
        _held = book.Holdings.GroupBy(h => h.Asset).ToImmutableSortedDictionary(g => g.Key, g => (double)g.Sum(h => h.Quantity));
    }

    public void Rebalance(int bar, Plan plan, double turnover)
    {
        (_costs, _turnover, _plan) = (_costs + plan.Cost, _turnover + turnover, plan);
        _rebalances.Add(new Rebalanced(bar - first, history.Opens[bar], plan.Reason, turnover, (double)plan.Cost));
        _trades += plan.Trades.Length;
        if (!detail) return;
        foreach (var t in plan.Trades)
            _fills.Add(new Filled(bar - first, plan.At, t.Side, t.Instrument.Base, t.Quantity, t.Value / t.Quantity, t.Value, t.Cost, t.Reason));
    }

    private IEnumerable<string> Kept => _kept.First is { } first
        ? [$"targets stayed as they were {(_kept.Times == 1 ? "once" : $"{_kept.Times} times")}, because they could not be computed anew; the first time: {first}"] : [];

    /// <summary>Of a no-trade region, whose edges move with the weights, the edges of each asset alone at the last look.</summary>
    private Triggers.BandSet? Region() =>
        policy.Rebalance.RegionAversion is { } aversion && _look is { } look && Triggers.NoTradeMap.Of(look, aversion) is Answer<Triggers.NoTradeMap>.Found(var map) ? map.Bands() : null;

    public BacktestResult Result(Book book) => new(
        "exact", [.. history.Opens.AsSpan(first, last - first + 1)], _equity, _flows, [.. _rebalances], (double)_costs, _turnover)
    {
        TradeCount = _trades,
        Fills = [.. _fills],
        Assets = detail ? _assets : [],
        Weights = [.. _weights],
        TimeOutside = _looks > 0 ? (double)_outside / _looks : null,
        Notes = [.. _notes, .. Kept, .. _refused.Select(r => $"{(r.Value.Times == 1 ? "a plan was refused" : $"{r.Value.Times} plans were refused; the first")}: {r.Value.Reason} ({r.Key})")],
        FirstHoldings = _held,
        FirstBar = _firstBar < 0 ? -1 : _firstBar - first,
        Book = book,
        LastPlan = _plan,
        Bands = Region() ?? _bands,
        Targets = _targets,
    };
}
