using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.Engine.Backtests;

/// <summary>
/// History under a policy, with the planner itself: lots, minima, fees, several accounts, all exact.
/// Within a bar: interest, splits and dividends, flows, fills at the open, fills at the close, then the decision.
/// </summary>
public sealed class ExactBacktest
{
    private readonly Policy _policy;
    private readonly BacktestSettings _settings;
    private readonly PriceHistory _history;
    private readonly MarketFeed _feed;
    private readonly BacktestRecord _record;
    private readonly int _first, _last;
    private readonly double _barsAYear;
    private readonly Action<Decision>? _watch;
    private Book _book;
    private Memory _memory = Memory.Empty;
    private Intent? _pending;
    private bool _bought;

    private ExactBacktest(Policy policy, PriceHistory history, BacktestSettings settings, Action<Decision>? watch)
    {
        (_policy, _history, _settings, _feed, _watch) = (policy, history, settings, new MarketFeed(history), watch);
        (_first, _last) = BacktestSpan.Of(history, settings);
        _barsAYear = BarsAYear.Of(history.Spacing, settings);
        _book = settings.Holdings ?? Book.OfCash(policy.Accounts, new Amount(settings.StartValue, policy.Base));
        _record = new BacktestRecord(policy, history, _first, _last, settings.KeepDetail);
        _bought = settings.Holdings is not null;
    }

    public static BacktestResult Run(Policy policy, PriceHistory history, BacktestSettings settings, CancellationToken cancel = default) => Run(policy, history, settings, null, cancel);

    /// <param name="watch">Told of the decision at each close.</param>
    public static BacktestResult Run(Policy policy, PriceHistory history, BacktestSettings settings, Action<Decision>? watch, CancellationToken cancel)
    {
        var run = new ExactBacktest(policy, history, settings, watch);
        for (var t = run._first; t <= run._last; t++)
        {
            cancel.ThrowIfCancellationRequested();
            run.Step(t);
        }
        return run._record.Result(run._book);
    }

    private void Step(int t)
    {
        if (t > _first) EarnInterest();
        Happen(t);
        var flow = Receive(t);
        if (_pending is not null && _settings.Fill == FillMode.NextOpen) Fill(t, _feed.AtOpen(t), charged: true);
        var close = _feed.AtClose(t);
        if (_pending is not null && _settings.Fill == FillMode.NextClose) Fill(t, close, charged: true);
        Decide(t, close, flow);
        _record.Mark(t, new Portfolio(_policy.Base, _book, close, _policy.Holdings, _policy.Targets.AllAssets));
    }

    private void Decide(int t, MarketSnapshot close, decimal flow)
    {
        var sight = new Sight(close.At, Bar.Of(_history, t, _first), _book, close, new Trailing(_history, t), _barsAYear, flow) { Instruments = _settings.Instruments };
        var decision = Decider.Decide(_policy, sight, _memory, anyway: !_bought);
        _memory = decision.Memory;
        _record.Look(decision);
        _watch?.Invoke(decision);
        if (decision.Intent is not { } intent) return;
        if (!_bought) FirstPurchase(t, close, intent);
        else if (t == _last && !(_settings.LastBarTrades && _settings.Fill == FillMode.Close)) _pending = null;
        else
        {
            _pending = intent;
            if (_settings.Fill == FillMode.Close) Fill(t, close, charged: true);
        }
    }

    /// <summary>A test from cash buys the targets, all of them, at the first close at which they are known, whatever the fill mode and the destination.</summary>
    private void FirstPurchase(int t, MarketSnapshot close, Intent intent)
    {
        _pending = intent with { Reason = "the first purchase", Mode = Mode.Full, Wanted = [.. intent.Targets.Weights.Where(w => w.Asset != _policy.Base)] };
        Fill(t, close, _settings.ChargeInitial);
        _bought = true;
        _record.FirstPurchase(t, _book);
    }

    /// <summary>Plans at the prices of the fill, and takes what is planned as filled.</summary>
    private void Fill(int t, MarketSnapshot market, bool charged)
    {
        var intent = _pending!;
        _pending = null;
        var portfolio = new Portfolio(_policy.Base, _book, market, _policy.Holdings, _policy.Targets.AllAssets);
        var costs = charged ? _policy.Costs : Costs.CostSchedule.None;
        var rules = PlanRules.Of(_policy, _settings.Instruments, _memory, market.At) with { Costs = costs, Liquidity = LiquidityBefore(t, portfolio) };
        if (Approved(Planner.Make(intent, portfolio, rules), portfolio, rules) is not { Trades.IsEmpty: false } plan) return;
        _book = Settlement.Apply(_book, plan, lots: _policy.Taxes is not null);
        var turnover = (double)(plan.Traded / portfolio.Value);
        _memory = _memory.AfterTrade(market.At, turnover);
        if (charged) _record.Rebalance(t, plan, turnover);
    }

    /// <summary>The plan, if it can be made and passes the limits; else the reason is noted.</summary>
    private Plan? Approved(PlanResult result, Portfolio portfolio, PlanRules rules)
    {
        if (result is PlanResult.Refused(var code, var reason)) _record.Refused(code, reason);
        if (result is not PlanResult.Made(var plan)) return null;
        foreach (var warning in plan.Warnings) _record.Note(warning);
        if (Review.Of(plan, portfolio, _policy.Limits, rules.TurnoverUsed) is not ReviewResult.Refused(var objections)) return plan;
        foreach (var objection in objections) _record.Refused(objection.Code, objection.Reason);
        return null;
    }

    /// <summary>How the assets traded before this bar, where impact is asked for.</summary>
    private ImmutableDictionary<Asset, Liquidity> LiquidityBefore(int t, Portfolio portfolio) => t == 0 || _policy.Costs.Default.Impact == 0
        ? ImmutableDictionary<Asset, Liquidity>.Empty
        : Liquidities.Of(new Trailing(_history, t - 1), portfolio.Lines.Select(l => l.Asset), _policy.Base);

    private void EarnInterest()
    {
        if (_policy.CashInterest == 0) return;
        var rate = _policy.CashInterest * (decimal)(_history.Spacing / Duration.FromDays(365));
        foreach (var h in _book.Holdings)
            if (h.Asset == _policy.Base && h.Status == HoldingStatus.Free && h.Quantity > 0)
                _book = _book.Add(new Amount(h.Quantity * rate, _policy.Base), h.Account);
    }

    private void Happen(int t)
    {
        foreach (var action in _settings.Actions)
            if (_history.Opens[t] <= action.At && action.At < _history.CloseTime(t)) _book = CorporateActions.Apply(_book, action, _policy.Base);
        foreach (var series in _feed.DelistedAt(t))
        {
            var held = _book.QuantityOf(series.Base);
            if (held == 0 || series.Quote != _policy.Base) continue;
            _book = CorporateActions.Delist(_book, series.Base, (decimal)series.Close[series.Listed.Last] * _settings.Recovery, _policy.Base);
            _record.Note($"{series.Base} has no prices from {_history.Opens[t]} on: taken as delisted, at {Figures.Percent(_settings.Recovery)} of its last price");
        }
    }

    /// <summary>Expected deposits and withdrawals that are due in this bar, at its start. A withdrawal takes no more than the cash there is.</summary>
    private decimal Receive(int t)
    {
        var sum = 0m;
        if (t > _first)
            foreach (var flow in _policy.Flows)
                if (flow.Schedule.Fires(_history.Opens[t - 1], _history.Opens[t], _history.Spacing, _history.Opens[_first])) sum += Move(flow, t);
        _record.Flow(t, sum);
        return sum;
    }

    private decimal Move(ExpectedFlow flow, int t)
    {
        var account = flow.Account ?? _book.Accounts[0].Name;
        var market = _feed.AtOpen(t);
        var amount = flow.Amount;
        if (amount.Value < 0)
        {
            var held = _book.Holdings.Where(h => h.Asset == amount.Asset && h.Account == account && h.Status == HoldingStatus.Free).Sum(h => h.Quantity);
            if (held < -amount.Value) _record.Note($"a withdrawal of {Figures.Exact(-amount.Value)} {amount.Asset} found only {Figures.Money(held)} in cash");
            amount = amount with { Value = Math.Max(amount.Value, -held) };
        }
        _book = _book.Add(amount, account);
        return market.Convert(amount, _policy.Base).Value;
    }
}
