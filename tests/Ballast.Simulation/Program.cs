using System.Diagnostics;
using Ballast.Execution;
using Ballast.Simulation;

if (args is ["--debug", var s])
{
    var r = SeedResult.Of(ulong.Parse(s), Variant.Right, Cut.None, new Tally(), inWords: true);
    foreach (var line in r.World.Trace.Lines) Console.WriteLine(line);
    if (r.World.Process.State.Plan is { } plan) foreach (var l in LegProgress.Of(r.World.Process.State, plan)) Console.WriteLine($"{l.Parent.Number} {l.Parent.Side} {l.Parent.Quantity} {l.Parent.Tradable.Symbol} group {l.Parent.Group} at {l.Parent.Account}: filled {l.Filled} risk {l.AtRisk} live {l.Live} failed {l.Failed} goon {l.CanGoOn}");
    foreach (var l in LiveIn(r)) Console.WriteLine(l);
    Console.WriteLine($"{r.Violation?.Message ?? "no violation"}; {r.Events} events, {r.VirtualMs / 1000} s, status {r.World.Process.State.Status}");
    return 0;
}
var (from, count) = (ulong.Parse(args[0]), long.Parse(args[1]));
var sw = Stopwatch.StartNew();
var result = Swarm.Run(from, count, 1, Variant.Right, int.MaxValue);
foreach (var g in result.Violations.GroupBy(v => v.Value.Invariant + ": " + System.Text.RegularExpressions.Regex.Replace(v.Value.Message, "[0-9a-f]*[0-9]+[0-9a-f.]*", "#")).OrderByDescending(g => g.Count()).Take(30))
    Console.WriteLine($"{g.Count(),5} e.g. {g.First().Key}: {g.Key[..Math.Min(180, g.Key.Length)]}");
if (args.Length > 2) foreach (var name in Tally.MustHappen) Console.WriteLine($"{name} {result.Tally.Counts.GetValueOrDefault(name)}");
Console.WriteLine($"{count} seeds, {result.Violations.Count} violations, {result.Events} events, {sw.Elapsed.TotalSeconds:0.0} s");
return 0;

static IEnumerable<string> LiveIn(SeedResult r) => r.World.Process.State.Accounts.Select(a => $"{a.Key}: {a.Value with { Snapshot = null }} last fill {r.World.Process.State.LastFill.GetValueOrDefault(a.Key)} held {string.Join(", ", r.World.Process.State.Balances.Of(a.Key).Select(b => $"{b.Key} {b.Value}"))}");
