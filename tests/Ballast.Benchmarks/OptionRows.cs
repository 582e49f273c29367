namespace Ballast.Benchmarks;

/// <summary>A row of options: what the peers read, what we do, and how far our results are from the scalar formula, as a part of what is allowed.</summary>
/// <param name="Peer">The name that the other programs know it by.</param>
/// <param name="Goal">Nanoseconds an item.</param>
/// <param name="Columns">Five of them, for the peers.</param>
/// <param name="Act">Computes; the results stay where <paramref name="Results"/> finds them.</param>
/// <param name="Results">Laid out as the peers write theirs.</param>
/// <param name="Trust">How far each result may be from a peer's, in the result's own unit.</param>
internal sealed record OptionRow(string Name, string Peer, int Items, double Goal, double[][] Columns, Action Act, Func<double[]> Results, Func<double> Furthest, Func<int, double> Trust);

/// <summary>Rows P1 to P3: checked option by option against the scalar formulas and the peers, then timed in turns with them, in nanoseconds an item on one core.</summary>
internal static class OptionRows
{
    private const int Rounds = 5;

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        if (!new[] { "P1", "P1g", "P2", "P2v", "P3" }.Any(row => row.Contains(wanted, StringComparison.OrdinalIgnoreCase))) return true;
        Machine.UseOneCore();
        var peers = OptionPeer.All();
        Console.WriteLine("row      items          Σ results   ns an item    goal  reached   off (1: all that is allowed)   peers: ns, ours as a part of it, furthest");
        return Made().Where(row => row.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Select(row => Measure(row, peers)).ToArray().All(agrees => agrees);
    }

    private static IEnumerable<OptionRow> Made()
    {
        if (MarketTables.Table("options100k.csv.gz", labelled: false) is { } options)
            foreach (var row in OptionInputs.Of(options)) yield return row;
        if (MarketTables.Table("pm1000.csv", labelled: false) is { } positions) yield return OptionInputs.Grid(positions);
        else Console.WriteLine("P1 to P3: their input is not here: set BALLAST_BENCH");
    }

    private static bool Measure(OptionRow row, IReadOnlyList<OptionPeer> peers)
    {
        row.Act();
        var (results, furthest, input) = (row.Results(), row.Furthest(), OptionPeer.Write(row.Peer, row.Columns));
        var least = double.PositiveInfinity;
        var beside = peers.ToDictionary(peer => peer, _ => (Time: double.PositiveInfinity, Off: 0.0, Refused: 0));
        for (var round = 0; round < Rounds; round++)
        {
            least = Math.Min(least, Timing.Cpu(row.Act, 7) * 1e6 / row.Items);
            foreach (var peer in peers)
                if (peer.Run(row.Peer, input) is { } run) beside[peer] = (Math.Min(beside[peer].Time, run.Nanoseconds), Off(results, run.Results, row.Trust), run.Results.Count(double.IsNaN));
        }
        var text = string.Join("   ", beside.Where(b => double.IsFinite(b.Value.Time)).Select(b => $"{b.Key.Name} {b.Value.Time:F1} {least / b.Value.Time:G2} {b.Value.Off:E0}{(b.Value.Refused > 0 ? $" refused {b.Value.Refused}" : "")}"));
        Console.WriteLine($"{row.Name,-4}{row.Items,10}  {results.Sum(),17:G12} {least,12:F2} {row.Goal,7:F1}  {(least <= row.Goal ? "yes" : "no"),-7}   {furthest,8:F3}   {text}");
        return furthest <= 1 && beside.Values.All(b => b.Off <= 1);
    }

    /// <summary>The furthest, as a part of what is allowed; a peer may know fewer outputs, and refuse some options.</summary>
    private static double Off(double[] ours, double[] theirs, Func<int, double> trust) =>
        theirs.Select((value, i) => double.IsNaN(value) ? 0 : Math.Abs(value - ours[i]) / trust(i)).Max();
}
