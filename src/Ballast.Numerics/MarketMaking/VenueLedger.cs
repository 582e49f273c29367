namespace Ballast.Numerics.MarketMaking;

/// <summary>A fill on a venue.</summary>
/// <param name="Quantity">Above zero bought, below sold.</param>
/// <param name="Fee">Money; below zero a rebate.</param>
public readonly record struct VenueFill(string Venue, double Quantity, double Price, double Fee);

/// <summary>What making on one venue and hedging on another has brought so far, venue by venue.</summary>
/// <param name="Cash">Taken in less paid out, before fees.</param>
/// <param name="Value">Of what is held, at the mark.</param>
public sealed record VenueLedger(string Venue, double Quantity, double Cash, double Fees, double Value)
{
    public double Profit => Cash + Value - Fees;

    /// <summary>A line a venue, in the order of first fills.</summary>
    /// <param name="marks">One price a venue.</param>
    public static IReadOnlyList<VenueLedger> Of(IEnumerable<VenueFill> fills, IReadOnlyDictionary<string, double> marks) =>
    [
        .. fills.GroupBy(f => f.Venue).Select(g =>
        {
            var held = g.Sum(f => f.Quantity);
            return new VenueLedger(g.Key, held, -g.Sum(f => f.Quantity * f.Price), g.Sum(f => f.Fee), held * marks[g.Key]);
        }),
    ];
}
