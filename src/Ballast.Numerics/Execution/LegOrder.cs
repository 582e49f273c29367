using System.Globalization;
using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Execution;

/// <summary>In which order to trade the legs of a position: the one whose worst moment needs the least margin, then has the least delta, with wide spreads first.</summary>
/// <remarks>That long options come before the shorts they cover is nowhere said: it follows.</remarks>
public static class LegOrder
{
    /// <summary>Up to so many legs every order counts; with more, only the 64 most promising sets after each leg.</summary>
    public const int MostExact = 10;

    /// <returns><c>MarginOverLimit</c> where no order keeps below the limit, with the step at which the order given breaks it.</returns>
    public static Answer<LegPath> Best(int legs, Func<ReadOnlySpan<double>, double> margin, double limit = double.PositiveInfinity) => Best(new LegSet(legs, margin, limit));

    /// <inheritdoc cref="Best(int, Func{ReadOnlySpan{double}, double}, double)"/>
    public static Answer<LegPath> Best(LegSet legs)
    {
        var best = legs.Require().Count <= MostExact ? LegPath.Of(legs, new LegLattice(legs, [.. Enumerable.Range(0, legs.Count)]).Best()) with { Proved = true } : new LegBeam(legs).Best();
        return best.PeakMargin <= legs.Limit ? best : new Answer<LegPath>.Refused("MarginOverLimit", Reason(legs, best));
    }

    private static string Reason(LegSet legs, LegPath best)
    {
        var given = LegPath.Of(legs, [.. Enumerable.Range(0, legs.Count)]);
        var (over, last) = (given.FirstOver(legs.Limit), best.Steps[^1].Margin);
        var why = last > legs.Limit ? $"after all legs the margin is {Short(last)}" : $"{(best.Proved ? "the best order" : "the best order found")}, {string.Join(", ", best.Order.Select(l => l + 1))}, reaches {Short(best.PeakMargin)} at step {best.PeakStep}";
        return $"{why}, above the limit of {Short(legs.Limit)}; the order given is above it from step {over}, {Short(given.Steps[over - 1].Worst)}";
    }

    private static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
