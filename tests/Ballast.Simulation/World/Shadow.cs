namespace Ballast.Simulation;

/// <summary>
/// What the durable records say, folded a second time by other code than Ballast's: the checks hold the core and the venues to this.
/// </summary>
internal sealed class Shadow
{
    private readonly Dictionary<(string Account, Asset Asset), decimal> _balances = [];

    public Dictionary<OrderId, ShadowOrder> Orders { get; } = [];
    public Dictionary<string, ExecutionPlan> Plans { get; } = [];
    public Dictionary<string, PlanStatus> Statuses { get; } = [];
    public HashSet<TradeKey> Trades { get; } = [];
    public HashSet<string> Kills { get; } = [];
    public Dictionary<(string Account, Asset Asset), decimal> Outside { get; } = [];
    public long Epoch { get; set; }
    public int Records { get; private set; }

    /// <summary>The last record durable before the process stopped trading.</summary>
    public long KilledAt { get; private set; } = -1;

    public IReadOnlyDictionary<(string Account, Asset Asset), decimal> Balances => _balances;

    public void Take(JournalRecord record, long now)
    {
        Records++;
        switch (record)
        {
            case JournalRecord.Started started: Epoch = started.Epoch; break;
            case JournalRecord.PlanCreated created: (Plans[created.Plan.Id], Statuses[created.Plan.Id]) = (created.Plan, PlanStatus.Draft); break;
            case JournalRecord.PlanApproved approved: Statuses[approved.PlanId] = PlanStatus.Running; break;
            case JournalRecord.PlanDeclined declined: Statuses[declined.PlanId] = PlanStatus.Declined; break;
            case JournalRecord.PlanMoved moved: Statuses[moved.PlanId] = moved.State; break;
            case JournalRecord.Intended intended: Orders[intended.Order.Id] = new ShadowOrder(intended.Order, Epoch); break;
            case JournalRecord.OrderMoved moved: Orders[moved.Id].State = moved.To; break;
            case JournalRecord.Filled filled: Book(filled); break;
            case JournalRecord.External external:
                Add(external.Account, external.Asset, external.Quantity);
                Outside[(external.Account, external.Asset)] = Outside.GetValueOrDefault((external.Account, external.Asset)) + external.Quantity;
                break;
            case JournalRecord.KillSet kill:
                Kills.Add(kill.Scope);
                KilledAt = now;
                break;
            case JournalRecord.KillCleared cleared: Kills.Remove(cleared.Scope); break;
        }
    }

    public bool IsKilled(string account) => Kills.Contains("*") || Kills.Contains(account);

    private void Book(JournalRecord.Filled filled)
    {
        var (trade, tradable) = (filled.Trade, filled.Tradable);
        var sign = trade.Side == Side.Buy ? 1 : -1;
        Trades.Add(new TradeKey(filled.Account, trade.VenueOrderId, trade.TradeId));
        if (filled.Order is { } id && Orders.TryGetValue(id, out var order)) order.Fill(trade);
        Add(filled.Account, tradable.IsSpot ? tradable.Base : new Asset(tradable.Symbol), sign * trade.Quantity);
        if (tradable.IsSpot) Add(filled.Account, tradable.Quote, -sign * trade.Quantity * trade.Price);
        Add(filled.Account, trade.Fee.Asset, -trade.Fee.Value);
    }

    private void Add(string account, Asset asset, decimal change) => _balances[(account, asset)] = _balances.GetValueOrDefault((account, asset)) + change;
}

/// <summary>An order as the journal has it.</summary>
internal sealed class ShadowOrder(OrderRequest request, long epoch)
{
    public OrderRequest Request => request;
    public long Epoch => epoch;
    public OrderState State { get; set; } = OrderState.Intent;
    public decimal Filled { get; private set; }

    /// <summary>The notional of its fills.</summary>
    public decimal Value { get; private set; }

    /// <summary>The fees over its fills, in its quote asset; those in a third asset are not valued.</summary>
    public decimal Fees { get; private set; }

    /// <summary>What may still be filled, and its notional.</summary>
    public decimal AtRisk => State.IsLive() ? request.Quantity - Filled : 0;

    public decimal Pending => request.Tradable.Notional(AtRisk, request.Price);

    public int Sends { get; set; }
    public int Cancels { get; set; }

    public void Fill(TradeReport trade)
    {
        Filled += trade.Quantity;
        var tradable = request.Tradable;
        Value += tradable.Notional(trade.Quantity, trade.Price);
        Fees += trade.Fee.Asset == tradable.Quote ? trade.Fee.Value : trade.Fee.Asset == tradable.Base && tradable.IsSpot ? trade.Fee.Value * trade.Price : 0;
    }
}
