using Ballast.Money;

namespace Ballast.Planning;

/// <summary>Goals of a plan that only puts cash to work, or only raises some: the least squared distance from the targets that the money allows.</summary>
internal static class FlowSizing
{
    /// <summary>Buys from the largest shortfall on; nothing is sold, and no line goes beyond its target. Costs come out of the same money.</summary>
    public static void Spend(DraftLine[] drafts, Terms terms, decimal value, decimal money)
    {
        foreach (var draft in drafts) draft.Goal = draft.Value;
        var open = drafts.Where(d => d is { Named: true, Pays: false, NoBuy: null } && d.Wanted * value > d.Value).ToList();
        var charges = open.ConvertAll(d => new Charge(d, terms));
        for (var round = 0; round < 4 * drafts.Length + 50; round++)
        {
            decimal[] gaps = [.. open.Select(d => d.Wanted * value - d.Value)];
            var paid = Paid(open, charges, bought: true);
            var x = WaterFill.Fill(gaps, gaps, [.. charges.Select(c => 1 + c.BuyRate)], money - paid, floor: 0);
            for (var i = 0; i < open.Count; i++) open[i].Goal = open[i].Value + x[i];
            if (!Settle(open, charges) && Paid(open, charges, bought: true) == paid) break;
        }
    }

    /// <summary>Sells the largest overweights first until the money is raised, costs paid; refused, with the most that there is, where it cannot be.</summary>
    public static PlanResult.Refused? Raise(DraftLine[] drafts, Terms terms, decimal valueAfter, decimal money, decimal cashToSpare)
    {
        foreach (var draft in drafts) draft.Goal = draft.Value;
        var open = drafts.Where(d => d is { Named: true, Pays: false, NoSell: null }).ToList();
        var charges = open.ConvertAll(d => new Charge(d, terms));
        for (var round = 0; round < 4 * drafts.Length + 50; round++)
        {
            decimal[] caps = [.. open.Select(d => d.Sellable * d.Price)];
            decimal[] rates = [.. charges.Select(c => 1 - c.SellRate)];
            var paid = Paid(open, charges, bought: false);
            var needed = money + paid;
            var most = caps.Zip(rates, (c, r) => c * r).Sum();
            if (most < needed)
                return new("INSUFFICIENT_LIQUIDITY", $"{Figures.Money(money + cashToSpare)} are to be raised; at most {Figures.Money(Math.Max(0, most - needed + money + cashToSpare))} can be");
            var x = WaterFill.Fill([.. open.Select(d => d.Value - d.Wanted * valueAfter)], caps, rates, needed, floor: null);
            for (var i = 0; i < open.Count; i++) open[i].Goal = open[i].Value - x[i];
            if (!Settle(open, charges) && Paid(open, charges, bought: false) == paid) break;
        }
        return null;
    }

    private static decimal Paid(List<DraftLine> open, List<Charge> charges, bool bought)
    {
        var sum = 0m;
        for (var i = 0; i < open.Count; i++)
            if (open[i].Goal != open[i].Value) sum += charges[i].Amount(bought);
        return sum;
    }

    /// <summary>Adapts charges to the sizes found and drops what is not worth its cost; true where the sizes must be found again.</summary>
    private static bool Settle(List<DraftLine> open, List<Charge> charges)
    {
        var moved = false;
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var change = open[i].Goal - open[i].Value;
            moved |= charges[i].Adapt(change);
            if (change == 0 || Math.Abs(change) > charges[i].Of(change)) continue;
            open[i].Goal = open[i].Value;
            open.RemoveAt(i);
            charges.RemoveAt(i);
            moved = true;
        }
        return moved;
    }
}
