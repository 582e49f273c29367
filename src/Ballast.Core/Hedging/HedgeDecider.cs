using Ballast.Derivatives;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Hedging;
using Ballast.Triggers;

namespace Ballast.Hedging;

/// <summary>
/// The one decision path of a hedge: look at the book, ask the rules, find the cheapest trades that bring every Greek to where it should be.
/// Pure: the same sight and memory give the same plan, by hand, in a back-test and live.
/// </summary>
public static class HedgeDecider
{
    /// <param name="look">What rules may see; its account is filled in here.</param>
    /// <param name="anyway">Plan to the outlook though no rule fires.</param>
    /// <returns>Refused with INCOMPLETE, SEVERAL_UNDERLYINGS, NOTHING_TO_HEDGE_WITH, Infeasible, NotProved or MARGIN_STOP.</returns>
    public static Answer<HedgePlan> Decide(HedgeRules rules, HedgeSight sight, Look look, bool anyway = false)
    {
        var report = Exposure.Of(sight.Book, sight.Chain);
        if (!report.Complete) return Refused("INCOMPLETE", $"no hedge follows from a book that is not wholly priced: {string.Join("; ", report.Missing.Select(m => m.Reason))}");
        if (report.Underlyings is not [var exposure]) return Refused("SEVERAL_UNDERLYINGS", report.Underlyings.IsEmpty ? "the book holds nothing that has a price" : $"the book is on {string.Join(" and ", report.Underlyings.Select(u => u.Underlying))}; a hedge is of one underlying");
        var account = Account(rules, sight, exposure, sight.Book);
        var asked = look with { Account = account };
        ImmutableArray<(ITrigger Rule, TriggerResult Result)> answers = [.. rules.When.Select(r => (r, r.Check(asked)))];
        var (candidates, leftOut) = HedgeCandidates.Of(rules, exposure, sight.Chain, sight.Named, sight.Fees, sight.Spread);
        var movers = candidates.Where(c => Math.Abs(c.Delta) > 1e-12).ToArray();
        double? lambda = movers.Length == 0 ? null : movers.Min(c => c.CostOfDelta(exposure.Index));
        var reach = movers.Length == 0 ? 0 : movers.Min(c => Math.Abs(c.Delta)) / 2;
        var room = DeltaRoom.Of(rules, account, lambda, reach);
        var found = new HedgePlan("", [], account, account, room?.Edges, leftOut)
        {
            Book = sight.Book, Answers = answers, CostOfDelta = lambda, Reach = reach, Notes = report.Notes, Prices = Prices(room, exposure, lambda), Relief = sight.Relief(),
        };
        if (!found.Relief.IsEmpty) return found with { Reason = $"margin in use is {Figures.Percent(account.MarginUse!.Value, 1)}, above the {Figures.Percent(sight.Limits!.Act, 1)} at which relief begins: it comes first, and the hedge is looked at again after it" };
        var step = room?.Step(exposure.Delta(rules.Numeraire), rules.To, due: false, 2 * reach).Reason;
        if (HeldBack(rules, sight, room, step, exposure.Delta(rules.Numeraire), answers, anyway) is { } held) return found with { Reason = held };
        var due = anyway || answers.Any(a => a.Result.Fired && a.Rule is not (GreekDrift or Measure { Kind: MeasureKind.MarginUse }));
        if (candidates.IsEmpty) return Refused("NOTHING_TO_HEDGE_WITH", $"nothing that {string.Join(", ", rules.With)} names can be traded{Counted(leftOut)}");
        return HedgeTrades.Of(rules, sight, account, candidates, room, due, reach).Then(made => HedgeRoute.Ordered(rules, sight, made)).Then<HedgePlan>(made => found with
        {
            Reason = Why(room, step, exposure.Delta(rules.Numeraire), answers, anyway), Trades = made.Trades, Book = made.Book,
            Route = made.Route, After = Account(rules, sight, Exposure.Of(made.Book, sight.Chain).Underlyings[0], made.Book), Notes = [.. report.Notes, .. made.Notes],
        });
    }

    internal static Answer<HedgePlan> Refused(string code, string reason) => new Answer<HedgePlan>.Refused(code, reason);

    private static AccountLook Account(HedgeRules rules, HedgeSight sight, Exposure exposure, PositionBook book)
    {
        var (account, missing) = sight.Margined(book);
        double? use = account is null ? null : MarginFigures.Of(account).Use is var share && double.IsFinite(share) ? share : null;
        return new(exposure, rules.Numeraire, rules.Outlook, use, account is not null && use is null ? "the book has no equity" : missing);
    }

    private static ImmutableArray<BandPrice> Prices(DeltaRoom? room, Exposure exposure, double? lambda) =>
        room is { HasBand: true } && lambda is { } cost && BandPrice.VolatilityOf(exposure) is { } volatility
            ? [.. new[] { 0.5, 1, 2 }.Select(times => BandPrice.Of(times * Math.Max(room.Below, room.Above), exposure, cost, volatility))] : [];

    /// <summary>Why nothing is traded now; null where something is.</summary>
    private static string? HeldBack(HedgeRules rules, HedgeSight sight, DeltaRoom? room, HedgeReason? step, double delta, ImmutableArray<(ITrigger Rule, TriggerResult Result)> answers, bool anyway)
    {
        if (EventPauses.Holding(rules.Pauses, sight.Book, sight.Chain.At) is { } pause) return pause;
        if (anyway || answers.Any(a => a.Result.Fired && a.Rule is not Measure { Kind: MeasureKind.MarginUse }) || rules.Band is not null && step is HedgeReason.OutsideBand) return null;
        if (step is HedgeReason.BelowLot) return $"delta {Coins(delta)} is outside of its band by less than a lot";
        if (answers.FirstOrDefault(a => a.Result.Fired).Result is { } margin) return margin.Reason;
        if (answers.FirstOrDefault(a => a.Result.State == TriggerState.Unknown).Result is { } blind && !(room is { HasBand: true })) return blind.Reason;
        return room is { HasBand: true } ? $"delta {Coins(delta)} is inside {Coins(room.Low - room.Below)} to {Coins(room.High + room.Above)} {sight.Book.Underlyings.FirstOrDefault()}, nothing to hedge"
            : answers.IsEmpty ? "no rule is set, so that nothing is ever due; --now hedges to the outlook all the same"
            : $"nothing is due: {answers.MaxBy(a => a.Result.Way ?? -1).Result.Reason}";
    }

    private static string Why(DeltaRoom? room, HedgeReason? step, double delta, ImmutableArray<(ITrigger Rule, TriggerResult Result)> answers, bool anyway) =>
        room is { HasBand: true } && step is HedgeReason.OutsideBand ? $"delta {Coins(delta)} is outside of {Coins(room.Low - room.Below)} to {Coins(room.High + room.Above)}"
        : answers.Any(a => a.Result.Fired) ? string.Join("; ", answers.Where(a => a.Result.Fired).Select(a => a.Result.Reason))
        : anyway ? "asked for, though no rule fires" : "";

    private static string Counted(ImmutableArray<(string Code, int Count)> leftOut) => leftOut.IsEmpty ? "" : $" ({string.Join(", ", leftOut.Select(l => $"{l.Count} {l.Code}"))})";

    internal static string Coins(double value) => Figures.Signed(value, 4) is var text && text == "0.0000" ? "0" : text;
}
