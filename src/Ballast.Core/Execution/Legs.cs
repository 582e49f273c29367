using Ballast.Gates;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>Parent orders become child orders: sells before the buys that they pay for, one live child a leg, sized by what is proven.</summary>
internal static class Legs
{
    /// <summary>Refusals in a row after which a leg is left alone.</summary>
    private const int MostRejects = 3;

    /// <summary>Orders of a leg that never came to be after which it is left alone.</summary>
    private const int MostAbsent = 3;

    public static void Advance(Turn turn, ExecutionPlan plan)
    {
        var all = LegProgress.Of(turn.State, plan);
        var waiting = false;
        foreach (var leg in all)
        {
            if (turn.State.Status != PlanStatus.Running) return;
            waiting |= Advance(turn, plan, leg, all);
        }
        if (!waiting && turn.State.Status == PlanStatus.Running) Finish(turn, plan, all);
    }

    /// <summary>Why a leg waits that could go on if its price were good; null where none does.</summary>
    public static PriceStop? WaitsForPrice(Turn turn)
    {
        foreach (var leg in LegProgress.Of(turn.State, turn.State.Plan!))
            if (leg is { Live: false, Failed: null } && leg.Left > 0 && Sights.StopOf(turn, leg.Parent) is { } stop) return stop;
        return null;
    }

    /// <summary>Whether the leg still has something to do or to wait for.</summary>
    private static bool Advance(Turn turn, ExecutionPlan plan, LegProgress leg, ImmutableArray<LegProgress> all)
    {
        if (leg.Live && turn.Rules.Safeguards.OneLiveChild) return true;
        if (leg.Failed is { } failure) return Fail(turn, plan, leg, failure, all);
        if (leg.Left <= 0) return false;
        if (Blocked(turn, leg, all)) return true;
        if (Top(turn, leg.Parent) is not { } top) return true;
        var price = Pricing.Of(leg, top, plan.Style);
        var wanted = Math.Min(Math.Min(leg.Left, leg.Slice(plan.Style.Slices)), MostOfOne(turn, plan, leg.Parent, price));
        var affordable = Funds.Affordable(turn, leg.Parent, price, wanted);
        // A buy waits for the sales that pay for it; when they are over, it is cut to what there is.
        if (affordable < wanted && leg.Parent.Side == Side.Buy && turn.Rules.Safeguards.BuysWaitForCash && SalesPending(turn, leg, all)) return true;
        var quantity = leg.Parent.Tradable.WholeLots(Math.Min(wanted, affordable));
        return leg.Parent.Tradable.Accepts(quantity, price) && Make(turn, plan, leg, quantity, price, top);
    }

    private static decimal MostOfOne(Turn turn, ExecutionPlan plan, ParentOrder parent, decimal price)
    {
        var (unit, each) = (Sights.UnitOf(plan, parent.Number), parent.Tradable.Notional(1, price));
        if (unit * each <= 0) return 0;
        var (most, market) = (Gate.MostOf(turn.Limits, plan.Value, parent.Tradable, price, unit), Gate.MostOfBook(turn.Limits, plan.Value, Sights.MarketOf(turn, plan, parent), parent.Tradable, price, unit));
        // Where even the smallest order is too large for its market, the gate is to say so.
        return market is var (bound, _) ? Math.Min(most / (unit * each), Math.Max(bound / (unit * each), parent.Tradable.Smallest(price))) : most / (unit * each);
    }

    private static bool Make(Turn turn, ExecutionPlan plan, LegProgress leg, decimal quantity, decimal price, TopOfBook top)
    {
        var parent = leg.Parent;
        if (!Allowance.ForOrder(turn, parent.Account))
        {
            turn.WakeAt(turn.Now + Duration.FromSeconds(1));
            return true;
        }
        var id = OrderId.Of(parent.Account, plan.Id, parent.Number, leg.Attempts);
        var life = plan.Style.Type == OrderWay.Market ? OrderLife.ImmediateOrCancel : Pricing.IsMaker(leg, plan.Style) ? OrderLife.PostOnly : OrderLife.Rests;
        var order = new OrderRequest(id, parent.Account, plan.Id, parent.Number, leg.Attempts, parent.Tradable, parent.Side, quantity, price,
            turn.VenueNow(parent.Account) + turn.SheetOf(parent.Account).Deadline, life, parent.ReduceOnly);
        switch (Gate.Check(order, Sights.Of(turn, plan, parent, order, top), turn.Rules.Checks))
        {
            case Verdict.Passed(var permitted):
                turn.Record(new JournalRecord.Intended(turn.Now, order));
                turn.Set(id, new OrderWatch(turn.Now, turn.Now, turn.Now + Duration.FromSeconds(4)));
                turn.Do(new Effect.Send(permitted));
                break;
            case Verdict.Denied { Passes: true }:
                turn.WakeAt(turn.Now + Duration.FromSeconds(1));
                break;
            case Verdict.Denied denied:
                turn.Record(new JournalRecord.Denied(turn.Now, plan.Id, parent.Number, denied.Limit, denied.Value, denied.Bound));
                turn.MovePlan(PlanStatus.DeniedRisk, denied.Reason);
                break;
        }
        return true;
    }

    /// <summary>What a group of legs does when one of it fails; a leg on its own fails alone.</summary>
    private static bool Fail(Turn turn, ExecutionPlan plan, LegProgress leg, string failure, ImmutableArray<LegProgress> all)
    {
        var group = leg.Parent.Group;
        if (group == 0 || plan.Style.WhenLegFails == LegFailure.Complete || turn.State.Unwinding.Contains(group)) return false;
        if (plan.Style.WhenLegFails == LegFailure.Hold) turn.MovePlan(PlanStatus.HoldLegs, $"leg {leg.Parent.Number} failed ({failure}); the others wait for you");
        else if (!all.Any(l => l.Parent.Group == group && l.Live)) turn.Record(new JournalRecord.Unwinding(turn.Now, plan.Id, group, $"leg {leg.Parent.Number} failed: {failure}"));
        return true;
    }

    /// <summary>Over, once every account of the plan agrees with its venue after its last fill.</summary>
    private static void Finish(Turn turn, ExecutionPlan plan, ImmutableArray<LegProgress> all)
    {
        foreach (var account in plan.Parents.Select(p => p.Account).Distinct())
        {
            if (turn.State.AnyLive(account)) return;
            if (Agreed(turn, account)) continue;
            if (turn.State.Account(account).NextSnapshot > turn.Now + Duration.FromSeconds(5)) turn.Change(account, a => a with { NextSnapshot = turn.Now + Duration.FromSeconds(5) });
            return;
        }
        var left = all.Where(l => l.Left > 0).ToArray();
        if (left.Length == 0) turn.MovePlan(PlanStatus.Completed, "all of it is done");
        else turn.MovePlan(PlanStatus.CompletedWithDust, "done but for " + string.Join(", ", left.Select(l => $"{Figures.Exact(l.Left)} of leg {l.Parent.Number}{(l.Failed is { } why ? $" ({why})" : "")}")));
    }

    private static bool Agreed(Turn turn, string account) => !turn.Rules.Safeguards.ReconcileBeforeTrade
        || !turn.State.LastFill.TryGetValue(account, out var fill) || turn.State.Account(account).AgreedAsOf > fill + (turn.State.Account(account).Ahead ?? Duration.Zero);

    /// <summary>Legs of a group go one after the other, in the order in which they need the least margin.</summary>
    private static bool Blocked(Turn turn, LegProgress leg, ImmutableArray<LegProgress> all) =>
        leg.Parent.Group != 0 && all.Any(l => l.Parent.Group == leg.Parent.Group && l.Parent.Number < leg.Parent.Number && MayStillTrade(turn, l));

    /// <summary>Sales that may still bring what a buy wants to spend; not those of its own group that wait for it.</summary>
    private static bool SalesPending(Turn turn, LegProgress leg, ImmutableArray<LegProgress> all) =>
        all.Any(l => l.Parent.Side == Side.Sell && !(l.Parent.Group != 0 && l.Parent.Group == leg.Parent.Group && l.Parent.Number > leg.Parent.Number) && l.Parent.Account == leg.Parent.Account && l.Parent.Tradable.Settlement == leg.Parent.Tradable.Settlement && MayStillTrade(turn, l));

    /// <summary>A leg that the account cannot cover will not trade: nobody may wait for it.</summary>
    private static bool MayStillTrade(Turn turn, LegProgress leg)
    {
        if (leg.Failed is not null) return false;
        if (leg.Live) return true;
        var tradable = leg.Parent.Tradable;
        var price = Top(turn, leg.Parent) is { } top ? Pricing.Of(leg, top, turn.State.Plan!.Style) : leg.Parent.Price;
        return leg.CanGoOn && tradable.Accepts(tradable.WholeLots(Funds.Affordable(turn, leg.Parent, price, leg.Left)), price);
    }

    private static TopOfBook? Top(Turn turn, ParentOrder parent)
    {
        if (!turn.State.Tops.TryGetValue((parent.Account, parent.Tradable.Symbol), out var top)) return null;
        return Sights.StopOf(turn, parent) is null ? top : null;
    }

    /// <summary>Why a leg is not tried any more; null where it is.</summary>
    public static string? FailureOf(int attempts, int rejects, string? rejected, int absent, ExecutionStyle style) =>
        absent >= MostAbsent ? $"{absent} orders never reached the venue" : rejects >= MostRejects ? $"refused {rejects} times: {rejected}" : attempts >= style.Attempts ? $"not done after {attempts} attempts" : null;
}
