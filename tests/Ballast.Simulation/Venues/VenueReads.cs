using Ballast.Instruments;

namespace Ballast.Simulation;

/// <summary>What a venue answers to questions and cancels: as old as its sheet allows, and cut short where a fault says so.</summary>
internal sealed partial class SimulatedVenue
{
    private readonly Queue<long> _asked = new();
    private long _emptyAt = -60_001;

    public void Cancel(OrderRef order, Action<CancelOutcome> answer)
    {
        if (IsGone) return;
        if (Throttled())
        {
            answer(new CancelOutcome.Ambiguous("429"));
            return;
        }
        var any = false;
        foreach (var each in Named(order))
            if (each.IsOpen && !(_world.Faults.Strikes(FaultKind.CancelHalfDone)))
            {
                Close(each, VenueState.Cancelled);
                any = true;
            }
        answer(any ? new CancelOutcome.Done() : Named(order).Any(o => o.IsOpen) ? new CancelOutcome.Ambiguous("the venue answered 503") : new CancelOutcome.NotOpen("no such open order"));
    }

    public void CancelAll()
    {
        if (IsGone) return;
        foreach (var order in Orders)
            if (order.IsOpen && order.Intent is not null && !_world.Faults.Strikes(FaultKind.CancelHalfDone)) Close(order, VenueState.Cancelled);
    }

    public void Query(OrderRef asked, Action<QueryOutcome> answer)
    {
        if (IsGone) return;
        if (Throttled() || _world.Faults.Strikes(FaultKind.QuestionFailed))
        {
            answer(new QueryOutcome.Failed("the venue answered 503"));
            return;
        }
        var seen = Denies(asked) ? -1 : LooksAt();
        var (reports, trades) = (ImmutableArray.CreateBuilder<OrderReport>(), ImmutableArray.CreateBuilder<TradeReport>());
        foreach (var order in Named(asked))
        {
            if (order.AcceptedAt > seen || Forgotten(order)) continue;
            reports.Add(order.Report(seen, Now));
            for (var i = 0; i < order.Trades.Count - (Now <= order.FlapsUntil ? 1 : 0); i++)
                if (order.Trades[i].At <= seen && Now > order.HiddenUntil) trades.Add(order.Trades[i].Report);
        }
        if (trades.Count > 0 && _world.Faults.Strikes(FaultKind.TradeListShort)) trades.RemoveAt(trades.Count - 1);
        answer(reports.Count == 0 ? new QueryOutcome.NotFound(_world.Time.True) : new QueryOutcome.Found(reports.ToImmutable(), trades.ToImmutable(), _world.Time.True));
    }

    public void Snapshot(long askedAt, Action<AccountSnapshot?> answer)
    {
        if (IsGone) return;
        if (Throttled() || _world.Faults.Strikes(FaultKind.SnapshotFailed))
        {
            answer(null);
            return;
        }
        var (first, second) = (LooksAt(), _world.Faults.Strikes(FaultKind.SnapshotTorn) ? LooksAt() : -1);
        if (second < 0) second = first;
        var balances = Now - _emptyAt > 60_000 && _world.Faults.Strikes(FaultKind.SnapshotEmpty) ? Empty() : Books.AsOf(first, a => !IsPosition(a));
        var positions = Books.AsOf(second, IsPosition).ToImmutableSortedDictionary(p => p.Key.Code, p => p.Value, StringComparer.Ordinal);
        var open = ImmutableArray.CreateBuilder<OrderReport>();
        foreach (var order in Orders)
            if (order.AcceptedAt <= second && order.Report(second, Now) is { State: VenueState.Open } report) open.Add(report);
        answer(new AccountSnapshot(Account, Timeline.At(askedAt), balances, positions, open.ToImmutable()));
    }

    /// <summary>Once at most a venue answers as if it had never had an order.</summary>
    private bool Denies(OrderRef asked)
    {
        var orders = Named(asked);
        return orders.Count > 0 && orders.TrueForAll(o => !o.Denied) && _world.Faults.Strikes(FaultKind.NotFoundOnce) && orders.TrueForAll(o => o.Denied = true);
    }

    /// <summary>Now and then a venue says that there is nothing; never twice in a row.</summary>
    private ImmutableSortedDictionary<Asset, decimal> Empty()
    {
        _emptyAt = Now;
        return ImmutableSortedDictionary<Asset, decimal>.Empty;
    }

    /// <summary>How old the data are that an answer is made from: never older than the sheet allows.</summary>
    private long LooksAt() => _world.Faults.Strikes(FaultKind.ReadsLag) ? Now - _chance.Between(0, LagMs * 6 / 10) : Now;

    private bool Forgotten(VenueOrder order) =>
        Profile.Sheet.UnfilledKept is { } kept && !order.IsOpen && order.Filled == 0 && Now - order.ClosedAt > (long)kept.TotalMilliseconds;

    private List<VenueOrder> Named(OrderRef order) => _byId.TryGetValue(order.Id, out var found) ? found : [];

    private bool IsPosition(Asset asset)
    {
        foreach (var market in Markets)
            if (!market.Tradable.IsSpot && market.Tradable.Symbol == asset.Code) return true;
        return false;
    }

    /// <summary>Counts a request against the venue's allowance over ten seconds; beyond it the venue refuses, and may end the session.</summary>
    private bool Throttled()
    {
        while (_asked.Count > 0 && _asked.Peek() <= Now - 10_000) _asked.Dequeue();
        _asked.Enqueue(Now);
        _world.Asked(this, _asked.Count);
        if (!_world.Faults.Strikes(FaultKind.TooManyRequests)) return false;
        if (Profile.ThrottleCuts && _world.Faults.Strikes(FaultKind.SessionCut)) Stream.Cut(_chance.Between(1_000, 5_000), "the venue ended the session");
        return true;
    }
}
