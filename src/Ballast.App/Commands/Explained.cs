using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Instruments;

namespace Ballast.App.Commands;

/// <summary>What a book gained between two snapshots of its chain, by Greek and position; in money.</summary>
internal sealed record Explained(Instant From, Instant To, ProfitExplained All, ImmutableArray<(Instrument.Derivative Contract, ProfitExplained Profit)> Positions, ImmutableArray<string> LeftOut)
{
    public static Explained Since(Desk desk, Instant time)
    {
        var from = desk.History.At(time) ?? throw new InvalidInputException($"--from: the chain begins at {Words.Time(desk.History.Snapshots[0].At)}, after the time asked for");
        if (from.At >= desk.Chain.At) throw new InvalidInputException($"--from: {Words.Time(time)} has no snapshot before {Words.Time(desk.Chain.At)}");
        var pairs = desk.Book.Positions.Select(p => (Position: p, Before: PositionPricer.Price(p, from), After: PositionPricer.Price(p, desk.Chain))).ToArray();
        (Instrument.Derivative Contract, ProfitExplained Profit)[] parts =
            [.. pairs.Where(p => p is { Before: PricedPosition.Known, After: PricedPosition.Known }).Select(p => (p.Position.Contract, ProfitExplained.Of((PricedPosition.Known)p.Before, (PricedPosition.Known)p.After)))];
        return new(from.At, desk.Chain.At, parts.Aggregate(ProfitExplained.None, (sum, p) => sum + p.Profit), [.. parts],
            [.. pairs.Select(p => p.Before as PricedPosition.Unknown ?? p.After as PricedPosition.Unknown).OfType<PricedPosition.Unknown>().Select(u => u.Reason)]);
    }
}
