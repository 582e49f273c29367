using Ballast.Numerics.Backtest;

namespace Ballast.Benchmarks;

/// <summary>Rows B1 to B5: checked against their results, then timed in turns with the C kernel.</summary>
internal static class BacktestRows
{
    private const int Rounds = 5;

    private sealed record Row(string Name, string Input, int Bars, int Assets, string Kind, double End, long Rebalances, double GoalMs, double GoalRatio);

    private static readonly Row[] All =
    [
        new("B1", "d10", 2520, 10, "monthly", 292766.16939235, 83, 0.005, 0.4),
        new("B2", "d100", 2520, 100, "monthly", 551593.01924262, 83, 0.040, 0.28),
        new("B3", "d500", 2520, 500, "monthly", 887124.36965019, 83, 0.2, 0.2),
        new("B4", "h10", 43800, 10, "band", 100927.77340871, 1362, 0.12, 0.1),
    ];

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        Machine.UseOneCore();
        var yardstick = Yardstick.Build();
        Console.WriteLine("row  input      result               C kernel ms   ours ms     ratio   goal ms  goal ratio  reached");
        return All.Where(row => row.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Select(row => Measure(row, yardstick)).ToArray().All(good => good);
    }

    private static bool Measure(Row row, Yardstick? yardstick)
    {
        var history = History.Load(row.Input, row.Bars, row.Assets, row.Kind != "monthly");
        var policy = Policies.OfRow(history, row.Kind);
        var equity = new double[history.Prices.Bars];
        var result = FastBacktest.Run(history.Prices, policy, equity);
        var expected = yardstick?.Measure(history, row.Kind, 1) ?? (0, row.End, row.Rebalances);
        if (!history.Generated) expected = (0, row.End, row.Rebalances);
        if (!(Math.Abs(result.EndValue - expected.End) <= 1e-8 * 1.5 + 1e-11 * expected.End) || result.Rebalances != expected.Rebalances)
        {
            Console.WriteLine($"{row.Name}   {result.EndValue:F8}, {result.Rebalances} is not {expected.End:F8}, {expected.Rebalances}");
            return false;
        }
        var c = new List<double>();
        var ours = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            if (yardstick is not null) c.Add(yardstick.Measure(history, row.Kind, 25).Milliseconds);
            ours.Add(Timing.Cpu(() => FastBacktest.Run(history.Prices, policy, equity), 15));
        }
        Print(row, history, result.EndValue, c.Count > 0 ? Timing.Median(c) : double.NaN, Timing.Median(ours));
        return true;
    }

    private static void Print(Row row, History history, double end, double c, double ours)
    {
        var ratio = ours / c;
        var reached = (ours <= row.GoalMs ? "time " : "") + (ratio <= row.GoalRatio ? "ratio" : "");
        Console.WriteLine($"{row.Name}   {row.Input,-5} {(history.Generated ? "made" : "    ")} {end,17:F8}   {c,11:F5} {ours,9:F5}  {ratio,8:F3} {row.GoalMs,9} {row.GoalRatio,11}  {(reached.Length > 0 ? reached : "no")}");
    }
}
