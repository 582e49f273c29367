using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Execution;

/// <summary>How far one leg is: what is filled for certain, what may still be, and how often it was tried.</summary>
/// <param name="Filled">The sum of booked fills.</param>
/// <param name="AtRisk">What live orders may still fill.</param>
/// <param name="Attempts">Child orders made so far; the number of the next.</param>
/// <param name="Failed">Why it is not tried any more.</param>
public sealed record LegProgress(ParentOrder Parent, decimal Filled, decimal AtRisk, bool Live, int Attempts, string? Failed)
{
    /// <summary>What is not filled and not at risk.</summary>
    public decimal Left => Parent.Quantity - Filled - AtRisk;

    /// <summary>Whether what is left is enough for another order, as to its size.</summary>
    public bool CanGoOn => Left > 0 && Parent.Tradable.WholeLots(Left) is var lots && Parent.Tradable.Accepts(lots, Parent.Price);

    /// <summary>The size of one of so many equal parts, in whole lots; the whole where a part would be nothing.</summary>
    public decimal Slice(int slices) => Parent.Tradable.WholeLots(Parent.Quantity / slices) is > 0 and var part ? part : Parent.Quantity;

    /// <summary>Every leg of a plan, sells first, then in the plan's order; legs of a group that is undone are replaced by their reverse.</summary>
    public static ImmutableArray<LegProgress> Of(ExecutionState state, ExecutionPlan plan)
    {
        var legs = ImmutableArray.CreateBuilder<LegProgress>(plan.Parents.Length);
        foreach (var side in (Side[])[Side.Sell, Side.Buy])
            foreach (var parent in plan.Parents)
                if (parent.Side == side && !state.Unwinding.Contains(parent.Group)) legs.Add(Of(state, plan, parent));
        foreach (var parent in plan.Parents)
            if (state.Unwinding.Contains(parent.Group) && Of(state, plan, parent).Filled is > 0 and var done) legs.Add(Of(state, plan, Reverse(parent, done)));
        return legs.ToImmutable();
    }

    /// <summary>What undoes a leg; its number is apart from those of the plan.</summary>
    private static ParentOrder Reverse(ParentOrder parent, decimal done) => parent with
    {
        Number = parent.Number + 1000, Side = parent.Side == Side.Buy ? Side.Sell : Side.Buy, Quantity = done, Group = 0, Reason = $"undoes leg {parent.Number}",
    };

    private static LegProgress Of(ExecutionState state, ExecutionPlan plan, ParentOrder parent)
    {
        var (filled, atRisk, live, attempts, rejects, absent) = (0m, 0m, false, 0, 0, 0);
        string? rejected = null;
        foreach (var (_, order) in state.Orders)
        {
            if (order.Request.Leg != parent.Number || order.Request.PlanId != plan.Id) continue;
            filled += order.Filled;
            atRisk += order.AtRisk;
            live |= order.IsLive;
            attempts++;
            if (order.State == OrderState.ProvenAbsent) absent++;
            // What rested and was closed by the venue without a fill was refused, only later.
            if (order.State == OrderState.Rejected || order is { State: OrderState.Expired, Filled: 0, Request.Life: OrderLife.Rests }) (rejects, rejected) = (rejects + 1, "the venue does not take it");
        }
        return new LegProgress(parent, filled, atRisk, live, attempts, Legs.FailureOf(attempts, rejects, rejected, absent, plan.Style));
    }
}
