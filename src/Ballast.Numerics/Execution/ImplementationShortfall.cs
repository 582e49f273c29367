namespace Ballast.Numerics.Execution;

/// <summary>So much traded at a price.</summary>
/// <param name="Quantity">Above zero.</param>
public readonly record struct Fill(double Quantity, double Price);

/// <summary>What a decision cost against its paper portfolio, by where it was lost; losses are above zero.</summary>
/// <param name="Delay">Between decision and arrival, on what was filled.</param>
/// <param name="Trading">Between arrival and the fills.</param>
/// <param name="Opportunity">What was not filled, from the decision to the close.</param>
/// <param name="Bps">The total over the quantity at the price of the decision.</param>
public sealed record ImplementationShortfall(double Delay, double Trading, double Opportunity, double Fees, double Bps)
{
    public double Total => Delay + Trading + Opportunity + Fees;

    /// <summary>Perold (1988), "The implementation shortfall": the total is what the paper portfolio gained less what the real one did.</summary>
    /// <param name="side">1 buys, −1 sells.</param>
    /// <param name="target">The quantity decided on.</param>
    /// <param name="decision">The price when it was decided.</param>
    /// <param name="arrival">The price when the first order could be sent.</param>
    /// <param name="close">The price at the end.</param>
    public static ImplementationShortfall Of(int side, double target, double decision, double arrival, double close, IReadOnlyCollection<Fill> fills, double fees)
    {
        if (side is not (1 or -1)) throw new ArgumentOutOfRangeException(nameof(side), side, "1 buys, -1 sells");
        if (!(target > 0 && decision > 0)) throw new ArgumentOutOfRangeException(nameof(target), target, "quantity and price above zero");
        if (fills.Any(f => !(f.Quantity > 0) || !double.IsFinite(f.Price))) throw new ArgumentException("a fill has no quantity or no price", nameof(fills));
        var (filled, paid) = (fills.Sum(f => f.Quantity), fills.Sum(f => f.Quantity * f.Price));
        var (delay, trading, missed) = (side * filled * (arrival - decision), side * (paid - filled * arrival), side * (target - filled) * (close - decision));
        return new(delay, trading, missed, fees, (delay + trading + missed + fees) / (target * decision) * 1e4);
    }
}

/// <summary>What the price did after fills: what a maker wants to know of who trades with him.</summary>
public static class Markout
{
    /// <summary>1 s, 10 s, 1 and 5 minutes.</summary>
    public static IReadOnlyList<double> Usual { get; } = [1, 10, 60, 300];

    /// <summary>The average gain a unit from the fill to the mid price so many seconds later, weighted by quantity; 0 seconds is the spread captured.</summary>
    /// <param name="side">1 bought, −1 sold.</param>
    /// <param name="times">Of the fills, seconds.</param>
    /// <param name="midTimes">Ascending, seconds; a mid holds until the next.</param>
    /// <returns>Null where the mids end too early, or begin too late, for every fill; such fills are left out.</returns>
    public static double? Of(int side, IReadOnlyList<double> times, IReadOnlyList<Fill> fills, double[] midTimes, double[] mids, double afterSeconds)
    {
        if (times.Count != fills.Count || midTimes.Length != mids.Length) throw new ArgumentException($"{times.Count} times for {fills.Count} fills, {midTimes.Length} for {mids.Length} mids");
        if (!(afterSeconds >= 0)) throw new ArgumentOutOfRangeException(nameof(afterSeconds), afterSeconds, "not below zero");
        var (gain, quantity) = (0.0, 0.0);
        for (var i = 0; i < fills.Count; i++)
        {
            var then = times[i] + afterSeconds;
            var at = Array.BinarySearch(midTimes, then) is >= 0 and var exact ? exact : ~Array.BinarySearch(midTimes, then) - 1;
            if (at < 0 || then > midTimes[^1]) continue;
            gain += side * fills[i].Quantity * (mids[at] - fills[i].Price);
            quantity += fills[i].Quantity;
        }
        return quantity > 0 ? gain / quantity : null;
    }
}
