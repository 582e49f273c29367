namespace Ballast.Simulation;

/// <summary>I5: no order leaves that breaks a limit, every live order counted as filled where that is worse. By the records alone, and by other code than the gate's.</summary>
internal sealed class WithinLimits(Simulated world) : Invariant(world, "I5")
{
    private readonly Dictionary<(string Account, string Symbol), TopOfBook> _heard = [];
    private readonly List<(Instant At, string Account)> _made = [];

    public override void Booted(ExecutionState state) => _heard.Clear();

    public override void Heard(ExecutionEvent happened)
    {
        if (happened is ExecutionEvent.Quoted quoted) _heard[(quoted.Account, quoted.Top.Symbol)] = quoted.Top;
    }

    /// <summary>L3: the price is near the market's as it was when the order was made.</summary>
    public override void Decided(ExecutionEvent heard, JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order } || !_heard.TryGetValue((order.Account, order.Tradable.Symbol), out var top)) return;
        var room = Math.Max(Math.Max(World.Limits.Collar * (top.Bid + top.Ask) / 2, 3 * (top.Ask - top.Bid)), order.Tradable.Tick);
        if (Math.Abs(order.Price - (top.Bid + top.Ask) / 2) > room) Broken($"{order.Side} at {order.Price}, where the market is {top.Bid} / {top.Ask}");
    }

    public override void Durable(JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        var (limits, plan) = (World.Limits, World.Shadow.Plans[order.PlanId]);
        Slippage(order, plan);
        if (World.Shadow.IsKilled(order.Account)) Broken($"{order.Id} is made after the kill switch");
        if (!limits.Allowed.IsEmpty && !limits.Allowed.Contains(order.Tradable.Base)) Broken($"{order.Tradable.Base} may not be traded");
        var smallest = Math.Max(order.Tradable.MinNotional, order.Tradable.Notional(Math.Max(order.Tradable.Lot, order.Tradable.MinQuantity), order.Price));
        var worth = order.Tradable.Notional(order.Quantity, order.Price);
        if (worth > Math.Min(limits.OrderMost, Math.Max(limits.OrderShare * plan.Value, 4 * smallest))) Broken($"one order is worth {worth}");
        Rate(order, record.At);
        Beside(order);
    }

    private void Slippage(OrderRequest order, ExecutionPlan plan)
    {
        foreach (var parent in plan.Parents)
        {
            if (parent.Number != order.Leg && parent.Number + 1000 != order.Leg) continue;
            var worst = order.Side == Side.Buy ? parent.Price * (1 + plan.Style.Slippage) : parent.Price * (1 - plan.Style.Slippage);
            if (order.Side == Side.Buy ? order.Price > worst : order.Price < worst) Broken($"{order.Side} at {order.Price}, where {worst} is the worst that the plan allows");
        }
    }

    /// <summary>L8: not too many in a second.</summary>
    private void Rate(OrderRequest order, Instant at)
    {
        _made.Add((at, order.Account));
        var lately = _made.Count(m => m.Account == order.Account && m.At <= at && at - m.At < Duration.FromSeconds(1));
        if (lately > World.Limits.OrdersPerSecond) Broken($"{lately} orders of {order.Account} are made in a second");
    }

    /// <summary>L9 and L13: not too many open at once, and never one on either side.</summary>
    private void Beside(OrderRequest order)
    {
        var open = 1;
        foreach (var (_, other) in World.Shadow.Orders)
        {
            if (!other.State.IsLive() || other.Request.Account != order.Account) continue;
            open++;
            if (other.Request.Tradable.Symbol == order.Tradable.Symbol && other.Request.Side != order.Side) Broken($"{order.Id} stands against {other.Request.Id}, which is ours too");
        }
        if (open > World.Limits.OpenOrders) Broken($"{open} orders of {order.Account} are open");
    }
}
