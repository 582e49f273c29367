namespace Ballast.Simulation;

/// <summary>I5: the limits of sums: weights, positions, turnover, what the plan has cost, how far its legs are apart. Every plan here is in the asset that its trades are paid in.</summary>
internal sealed class WithinSums(Simulated world) : Invariant(world, "I5")
{
    private readonly List<(Instant At, decimal Value)> _traded = [];
    private readonly List<(Instant At, string Plan, (string Account, string Symbol, Side Side) Leg)> _begun = [];

    public override void Durable(JournalRecord record)
    {
        if (record is JournalRecord.Filled { Order: not null } filled) _traded.Add((filled.At, filled.Tradable.Notional(filled.Trade.Quantity, filled.Trade.Price)));
        if (record is not JournalRecord.Intended { Order: var order }) return;
        var plan = World.Shadow.Plans[order.PlanId];
        Holding(order, plan);
        Turnover(order, plan, record.At);
        Repeats(order, record.At);
        Costs(plan);
        Apart(order, plan);
    }

    /// <summary>L4 of coins, L5 of contracts.</summary>
    private void Holding(OrderRequest order, ExecutionPlan plan)
    {
        var (limits, sign) = (World.Limits, order.Side == Side.Buy ? 1 : -1);
        var held = World.Shadow.Balances.GetValueOrDefault((order.Account, order.Tradable.IsSpot ? order.Tradable.Base : new Asset(order.Tradable.Symbol))) + sign * order.Quantity;
        foreach (var (_, other) in World.Shadow.Orders)
            if (other.Request.Account == order.Account && other.Request.Tradable.Symbol == order.Tradable.Symbol && other.Request.Side == order.Side) held += sign * other.AtRisk;
        if (order.Tradable.IsSpot)
        {
            if (sign > 0 && limits.MostWeight.TryGetValue(order.Tradable.Base, out var most) && held * order.Price > (most + limits.WeightSlack) * plan.Value) Broken($"{held} {order.Tradable.Base} are too much");
        }
        else if (!order.ReduceOnly && order.Tradable.Notional(sign * held, order.Price) > limits.Exposure * plan.Value) Broken($"a position of {held} {order.Tradable.Symbol} is too large");
    }

    /// <summary>L7.</summary>
    private void Turnover(OrderRequest order, ExecutionPlan plan, Instant at)
    {
        var sum = order.Tradable.Notional(order.Quantity, order.Price);
        foreach (var (when, value) in _traded)
            if (at - when < Duration.FromHours(1)) sum += value;
        foreach (var (_, other) in World.Shadow.Orders) sum += other.Pending;
        if (sum > World.Limits.TurnoverHour * plan.Value) Broken($"{sum} would be traded within an hour");
    }

    /// <summary>L10.</summary>
    private void Repeats(OrderRequest order, Instant at)
    {
        var leg = (order.Account, order.Tradable.Symbol, order.Side);
        _begun.Add((at, order.PlanId, leg));
        var plans = _begun.Where(b => b.Leg == leg && at - b.At < Duration.FromHours(1)).Select(b => b.Plan).Distinct().Count();
        if (plans > World.Limits.Repeats) Broken($"{plans} plans trade {order.Tradable.Symbol} the same way");
    }

    /// <summary>L11 and L12.</summary>
    private void Costs(ExecutionPlan plan)
    {
        var (cost, fees, whole) = (0m, 0m, 0m);
        foreach (var parent in plan.Parents)
        {
            whole += parent.Value;
            foreach (var (_, order) in World.Shadow.Orders)
                if (order.Request.PlanId == plan.Id && order.Request.Leg == parent.Number) cost += (parent.Side == Side.Buy ? 1 : -1) * (order.Value - parent.Tradable.Notional(order.Filled, parent.Price));
        }
        foreach (var (_, order) in World.Shadow.Orders)
            if (order.Request.PlanId == plan.Id) fees += order.Fees;
        if (cost > World.Limits.Shortfall * whole) Broken($"{plan.Id} has cost {cost} beyond its prices, and goes on");
        if (fees > World.Limits.Fees * whole) Broken($"{plan.Id} has cost {fees} in fees, and goes on");
    }

    /// <summary>L14.</summary>
    private void Apart(OrderRequest order, ExecutionPlan plan)
    {
        if (plan.Parents.FirstOrDefault(p => p.Number == order.Leg) is not { Group: not 0 and var group }) return;
        var apart = order.Tradable.Notional(order.Signed, order.Price);
        foreach (var parent in plan.Parents)
            foreach (var (_, other) in World.Shadow.Orders)
                if (parent.Group == group && other.Request.PlanId == plan.Id && other.Request.Leg == parent.Number)
                    apart += (parent.Side == Side.Buy ? 1 : -1) * parent.Tradable.Notional(other.Filled + other.AtRisk, other.Request.Price);
        if (Math.Abs(apart) > World.Limits.LegRisk * plan.Value) Broken($"the legs of {plan.Id} are {apart} apart");
    }
}
