namespace Ballast.Simulation;

/// <summary>One seed, told in words.</summary>
internal static class Replay
{
    public static int Run(ulong seed, Variant variant, Cut cut, TextWriter to)
    {
        var result = SeedResult.Of(seed, variant, cut, new Tally(), inWords: true);
        var state = result.World.Process.State;
        foreach (var line in result.World.Trace.Lines) to.WriteLine(line);
        if (state.Plan is { } plan)
            foreach (var leg in LegProgress.Of(state, plan))
                to.WriteLine($"leg {leg.Parent.Number}: {leg.Parent.Side} {leg.Parent.Quantity} {leg.Parent.Tradable.Symbol} at {leg.Parent.Account}; {leg.Filled} filled, {leg.AtRisk} may be{(leg.Failed is { } why ? $"; {why}" : "")}");
        to.WriteLine($"seed {seed}: {result.Violation?.Message ?? "no violation"}; the plan is {state.Status}; {result.Events} events, {result.VirtualMs / 1000} s of virtual time, trace {result.Hash:x16}");
        return result.Violation is null ? 0 : 1;
    }
}
