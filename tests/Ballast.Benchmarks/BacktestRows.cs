using Ballast.Numerics.Backtest;

namespace Ballast.Benchmarks;

/// <summary>Rows B1 to B5: checked against their results, then timed in turns with the C kernel.</summary>
internal sealed class BacktestRows(Yardstick? yardstick)
{
    private const int Rounds = 5;

    private static readonly Row[] All =
    [
        new("B1", "d10", 2520, 10, "monthly", 292766.16939235, 83, 0.005, 0.4),
        new("B2", "d100", 2520, 100, "monthly", 551593.01924262, 83, 0.040, 0.28),
        new("B3", "d500", 2520, 500, "monthly", 887124.36965019, 83, 0.2, 0.2),
        new("B4", "h10", 43800, 10, "band", 100927.77340871, 1362, 0.12, 0.1),
        new("B5", "h10", 43800, 10, "sweep", 100985886.665629, 302844, 30, 0.1),
    ];

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        Machine.UseOneCore();
        var rows = new BacktestRows(Yardstick.Build());
        Console.WriteLine("row  input  result             rebalances   C kernel ms     ours ms   ratio   goal ms  goal ratio  reached");
        return All.Where(row => row.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Select(rows.Measure).ToArray().All(agrees => agrees);
    }

    private bool Measure(Row row)
    {
        var history = History.Load(row.Input, row.Bars, row.Assets, hourly: row.Bars > 10_000);
        var ours = Ours(row, history);
        var (end, rebalances) = ours();
        if (!Agrees(row, history, end, rebalances)) return false;
        var sweep = row.Kind == "sweep";
        var c = new List<double>();
        var mine = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            if (yardstick is not null) c.Add(yardstick.Measure(history, row.Kind, sweep ? 1 : 25).Milliseconds);
            mine.Add(Timing.Cpu(() => ours(), sweep ? 3 : 15));
        }
        Print(row, history, end, rebalances, c.Count > 0 ? Timing.Median(c) : double.NaN, Timing.Median(mine));
        if (sweep) TwoCores.Measure(history.Prices, Policies.OfSweep(history));
        return true;
    }

    private static Func<(double End, long Rebalances)> Ours(Row row, History history)
    {
        var equity = new double[history.Prices.Bars];
        if (row.Kind != "sweep")
        {
            var policy = Policies.OfRow(history, row.Kind);
            return () => FastBacktest.Run(history.Prices, policy, equity) is var result ? (result.EndValue, result.Rebalances) : default;
        }
        var policies = Policies.OfSweep(history);
        return () => FastSweep.Run(history.Prices, policies) is var results ? (results.Sum(r => r.EndValue), results.Sum(r => (long)r.Rebalances)) : default;
    }

    /// <summary>With the inputs of the rows, their printed results; with made prices, the results of the C kernel.</summary>
    private bool Agrees(Row row, History history, double end, long rebalances)
    {
        var (expected, count) = (row.End, row.Rebalances);
        if (history.Generated && yardstick is null) return true;
        if (history.Generated) (_, expected, count) = yardstick!.Measure(history, row.Kind, 1);
        if (Math.Abs(end - expected) <= 1e-11 * expected && rebalances == count) return true;
        Console.WriteLine($"{row.Name}   {end:F8}, {rebalances} is not {expected:F8}, {count}");
        return false;
    }

    private static void Print(Row row, History history, double end, long rebalances, double c, double ours)
    {
        var ratio = ours / c;
        var reached = (ours <= row.GoalMs, ratio <= row.GoalRatio) switch
        {
            (true, true) => "yes",
            (true, false) => "time, not ratio",
            (false, true) => "ratio, not time",
            _ => "no",
        };
        Console.WriteLine($"{row.Name}   {row.Input,-5} {end,18:F6} {rebalances,11}  {c,12:F5} {ours,11:F5}  {ratio,6:F3} {row.GoalMs,9} {row.GoalRatio,11}  {reached}"
            + (history.Generated ? "  (prices made from a seed)" : ""));
    }

    private sealed record Row(string Name, string Input, int Bars, int Assets, string Kind, double End, long Rebalances, double GoalMs, double GoalRatio);
}
