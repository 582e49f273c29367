using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Attribution;

/// <summary>When in a period money came or went.</summary>
public enum FlowTiming
{
    Start,
    End,
}

/// <summary>A stretch between two valuations with at most one flow.</summary>
/// <param name="Before">V_0, before the flow where it comes at the start.</param>
/// <param name="Flow">Money paid in is positive, taken out negative.</param>
/// <param name="After">V_1, with the flow in it.</param>
public readonly record struct Subperiod(double Before, double Flow, double After, FlowTiming Timing = FlowTiming.End);

/// <summary>The return of the manager, which does not depend on when his clients came and went.</summary>
public static class TimeWeighted
{
    /// <summary>Π growth − 1: V_1/(V_0 + F) for a flow at the start, (V_1 − F)/V_0 for one at the end.</summary>
    /// <returns><c>DenominatorNotPositive</c> where nothing was invested; <c>NotFinite</c>.</returns>
    public static Answer<double> Linked(IReadOnlyList<Subperiod> periods)
    {
        var wealth = 1.0;
        for (var t = 0; t < periods.Count; t++)
        {
            var (v0, flow, v1, timing) = periods[t];
            if (!double.IsFinite(v0 + flow + v1)) return new Answer<double>.Refused("NotFinite", $"period {t} has values {v0}, {flow} and {v1}");
            var (end, start) = timing == FlowTiming.Start ? (v1, v0 + flow) : (v1 - flow, v0);
            if (!(start > 0)) return new Answer<double>.Refused("DenominatorNotPositive", $"period {t} begins with {start:R}");
            wealth *= end / start;
        }
        return wealth - 1;
    }

    /// <summary>(V_1 − V_0 − F)/(V_0 + Σ F_i (D − d_i)/D), the flow of day d at its end: the return without valuations at the flows (modified Dietz).</summary>
    /// <param name="days">D, length of the period.</param>
    /// <param name="flows">Days since the start, in [0, D], with the money paid in.</param>
    /// <returns><c>DenominatorNotPositive</c>, <c>FlowOutsidePeriod</c> or <c>NotFinite</c>.</returns>
    public static Answer<double> ModifiedDietz(double before, double after, double days, IReadOnlyList<(double Day, double Amount)> flows)
    {
        if (!double.IsFinite(before + after + days + flows.Sum(f => f.Day + f.Amount))) return new Answer<double>.Refused("NotFinite", "values and flows must be numbers");
        foreach (var (day, _) in flows)
            if (!(day >= 0 && day <= days)) return new Answer<double>.Refused("FlowOutsidePeriod", $"day {day:R} is not in a period of {days:R} days");
        var invested = before + flows.Sum(f => f.Amount * (days - f.Day) / days);
        return days > 0 && invested > 0
            ? (after - before - flows.Sum(f => f.Amount)) / invested
            : new Answer<double>.Refused("DenominatorNotPositive", $"on average {invested:R} were invested over {days:R} days");
    }
}
