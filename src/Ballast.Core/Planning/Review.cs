using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>
/// Holds a finished plan against the limits, independently of how it was made. What was outside a range before and comes nearer to it is
/// no objection; what a trade takes out of a range, or further out, is. A weight may be off its bound by one lot.
/// </summary>
public static class Review
{
    /// <param name="turnoverUsed">Traded before within the period of the turnover limit, both sides, as a fraction of value.</param>
    public static ReviewResult Of(Plan plan, Portfolio portfolio, Limits limits, double turnoverUsed = 0)
    {
        ImmutableArray<Objection> objections =
            [.. Exposure(plan, limits), .. Weights(plan, portfolio, limits), .. Groups(plan, limits), .. Cash(plan, portfolio, limits), .. Turnover(plan, limits, turnoverUsed), .. Slippage(plan, limits)];
        return objections.IsEmpty ? new ReviewResult.Approved(new ApprovedPlan(plan)) : new ReviewResult.Refused(objections);
    }

    private static IEnumerable<Objection> Exposure(Plan plan, Limits limits)
    {
        if (limits.GrossExposure is { } range && Worse(GrossOf(plan.Before, plan.Base), GrossOf(plan.After, plan.Base), range, LotOf(plan)))
            yield return new("GROSS_EXPOSURE", $"gross exposure would be {Figures.Number(GrossOf(plan.After, plan.Base))} x value, outside {Range(range)}");
    }

    private static IEnumerable<Objection> Weights(Plan plan, Portfolio portfolio, Limits limits) =>
        from line in plan.After.Lines
        where line.Asset != portfolio.Base && Trades(plan, line.Asset)
        let range = limits.RangeOf(line.Asset)
        where Worse(WeightIn(plan.Before, line.Asset), line.Weight, range, LotOf(plan, line.Asset))
        select new Objection("WEIGHT_RANGE", $"{line.Asset} would weigh {Figures.Percent(line.Weight)}, outside {Range(range)}");

    /// <summary>A weight also moves when others are traded and pay costs: no trade of its own, no objection.</summary>
    private static bool Trades(Plan plan, Asset asset) => plan.Trades.Any(t => t.Instrument.Base == asset);

    private static IEnumerable<Objection> Groups(Plan plan, Limits limits) =>
        from gathered in limits.Groups
        where gathered.Of.Any(a => Trades(plan, a))
        let after = gathered.Of.Sum(a => WeightIn(plan.After, a))
        where Worse(gathered.Of.Sum(a => WeightIn(plan.Before, a)), after, gathered.Share, gathered.Of.Sum(a => LotOf(plan, a)))
        select new Objection("GROUP_RANGE", $"{string.Join(" and ", gathered.Of)} would weigh {Figures.Percent(after)} together, outside {Range(gathered.Share)}");

    private static IEnumerable<Objection> Cash(Plan plan, Portfolio portfolio, Limits limits)
    {
        var buffer = Math.Max(portfolio.Market.Convert(limits.CashBuffer, portfolio.Base).Value, limits.CashBufferShare * plan.Before.Value);
        if (plan.After.Cash < buffer && plan.After.Cash < plan.Before.Cash)
            yield return new("CASH_BUFFER", $"cash would fall to {Figures.Money(plan.After.Cash, plan.Base)} {plan.Base}, below the buffer of {Figures.Money(buffer)}");
        foreach (var trade in plan.Trades)
            if (trade.CashAfter < 0 && trade.Side == Side.Buy)
                yield return new("CASH_SHORT", $"trade {trade.Number} would leave {Figures.Money(trade.CashAfter, trade.Instrument.Quote)} {trade.Instrument.Quote} in {trade.Account}");
    }

    private static IEnumerable<Objection> Turnover(Plan plan, Limits limits, double used)
    {
        if (limits.Turnover is { } limit && plan.Before.Value > 0 && used + (double)(plan.Traded / plan.Before.Value) is var turnover && turnover > (double)limit.Share + 1e-9)
            yield return new("TURNOVER_LIMIT", $"turnover of the period would be {Figures.Percent(turnover)}, over the limit of {Figures.Percent(limit.Share)}");
    }

    private static IEnumerable<Objection> Slippage(Plan plan, Limits limits) =>
        from trade in plan.Trades
        let lost = trade.OtherCost / (trade.Quantity * trade.Price)
        where lost > limits.Slippage
        select new Objection("SLIPPAGE", $"trade {trade.Number} is expected to lose {Figures.Bps(Math.Round(lost, 6))} besides its fee, over the limit of {Figures.Bps(limits.Slippage!.Value)}");

    private static bool Worse(double before, double after, ShareRange range, double slack) =>
        Outside(after, range) is var now && now > slack + 1e-9 && now > Outside(before, range) + 1e-9;

    private static double Outside(double weight, ShareRange range) => Math.Max(Math.Max((double)range.Low - weight, weight - (double)range.High), 0);

    private static double WeightIn(PlanState state, Asset asset)
    {
        foreach (var line in state.Lines)
            if (line.Asset == asset) return line.Weight;
        return 0;
    }

    private static double GrossOf(PlanState state, Asset baseAsset) =>
        state.Value > 0 ? (double)(state.Lines.Where(l => l.Asset != baseAsset).Sum(l => Math.Abs(l.Value)) / state.Value) : 0;

    /// <summary>The weight of one lot: of an asset, or the largest of all that are traded.</summary>
    private static double LotOf(Plan plan, Asset? asset = null) =>
        plan.Trades.Where(t => asset is null || t.Instrument.Base == asset)
            .Select(t => (double)(t.Value / t.Quantity * t.Instrument.Rules.Lot / Math.Max(plan.After.Value, 1e-12m))).DefaultIfEmpty(0).Max();

    private static string Range(ShareRange range) => $"{Figures.Percent(range.Low)} to {Figures.Percent(range.High)}";
}
