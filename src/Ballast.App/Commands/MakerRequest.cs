using Ballast.Numerics.Allocation;
using Ballast.Numerics.MarketMaking;

namespace Ballast.App.Commands;

/// <summary>Quotes for each inventory, and what they brought in a simulation.</summary>
/// <param name="Quotes">From −limit to limit.</param>
/// <param name="Leaning">Null where nothing was simulated.</param>
/// <param name="Level">The same constant spread around the mid price, whatever is held.</param>
internal sealed record MakerStudy((int Inventory, QuoteDistances Quote)[] Quotes, QuoteDistances Now, MakerOutcome? Leaning, MakerOutcome? Level);

/// <summary>A maker's market and what he asks of it.</summary>
internal sealed record MakerRequest(MakerMarket Market, double Mid, double RiskAversion, int Inventory)
{
    private const int MostTimes = 200;

    public int Limit { get; init; }
    public double Days { get; init; }
    public bool ByLimit { get; init; }
    public bool ConstantSpread { get; init; }
    public int Runs { get; init; }
    public int Steps { get; init; }
    public ulong Seed { get; init; }

    public Answer<MakerStudy> Solve() =>
        At(Inventory, Days).Then(now => All(Days).Then(quotes => Level().Then(level =>
            Runs == 0 ? new MakerStudy(quotes, now, null, null)
            : Simulated(Quoting()).Then(leaning => Simulated((_, _) => level).Then<MakerStudy>(flat => new MakerStudy(quotes, now, leaning, flat))))));

    private Answer<(int, QuoteDistances)[]> All(double left) => ByLimit
        ? InventoryQuotes.Exact(Market, Limit, RiskAversion, left).Then<(int, QuoteDistances)[]>(all => all.Select((quote, i) => (i - Limit, quote)).ToArray())
        : Enumerable.Range(-Limit, 2 * Limit + 1).Select(q => (q, At(q, left).OrThrow())).ToArray();

    private Answer<QuoteDistances> At(int inventory, double left) => ByLimit
        ? InventoryQuotes.Exact(Market, inventory, Limit, RiskAversion, left)
        : AvellanedaStoikov.Of(Market, Mid, inventory, RiskAversion, left).Then<QuoteDistances>(found =>
            (ConstantSpread ? found.ConstantSpread : found.Spread) is var spread ? new QuoteDistances(Mid - found.Reservation + 0.5 * spread, found.Reservation - Mid + 0.5 * spread) : default);

    /// <summary>Half the constant spread on each side, with what adverse selection costs.</summary>
    private Answer<QuoteDistances> Level() => AvellanedaStoikov.Of(Market, Mid, 0, RiskAversion, 0).Then<QuoteDistances>(found =>
        new QuoteDistances(0.5 * (found.ConstantSpread + Market.AdverseSelection), 0.5 * (found.ConstantSpread + Market.AdverseSelection)));

    /// <summary>Within the limit, exact quotes are made for up to 200 times of the day, each when it is first asked for.</summary>
    private Func<int, double, QuoteDistances> Quoting()
    {
        if (!ByLimit) return (held, left) => At(held, left).OrThrow();
        var times = new QuoteDistances[Math.Min(Steps, MostTimes)][];
        return (held, left) =>
        {
            var at = Math.Clamp((int)(times.Length * left / Days), 0, times.Length - 1);
            return (times[at] ??= InventoryQuotes.Exact(Market, Limit, RiskAversion, Days * (at + 0.5) / times.Length).OrThrow())[held + Limit];
        };
    }

    private Answer<MakerOutcome> Simulated(Func<int, double, QuoteDistances> quotes) => new MakerSimulation(Market, Days, Steps).Run(quotes, Runs, Seed);
}
