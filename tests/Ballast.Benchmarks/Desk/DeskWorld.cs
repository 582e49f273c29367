using System.Globalization;
using System.Text;

namespace Ballast.Benchmarks.Desk;

/// <summary>A thousand portfolios of fifty holdings on one file of prices, which is written anew with every tick of all of them.</summary>
internal sealed class DeskWorld : IDisposable
{
    public const int Portfolios = 1000, Holdings = 50, Bars = 60;

    private readonly double[] _prices;
    private readonly string _history;
    private readonly Random _random = new(1);
    private long _writes;

    public DeskWorld()
    {
        var assets = Enumerable.Range(0, Holdings).Select(i => $"C{i:d2}").ToArray();
        _prices = [.. assets.Select((_, i) => 10.0 + i)];
        var text = new StringBuilder("timestamp,PROBE," + string.Join(',', assets) + "\n");
        for (var bar = 0; bar < Bars - 1; bar++) text.Append(Row(bar, 1, Step()));
        _history = text.ToString();
        for (var p = 0; p < Portfolios; p++)
        {
            var name = $"p{p:d4}";
            File.WriteAllText(Path.Combine(Folder, name + ".yaml"), $"""
                version: 1
                name: {name}
                base: USDT
                targets:
                  weights: {"{"} {string.Join(", ", assets.Select(a => $"{a}: 1.9%"))}, PROBE: 5% {"}"}
                rebalance:
                  when:
                    - drift: {5 + p % 20}% of target
                  interval: 1
                costs:
                  fee: 10 bps
                """);
            File.WriteAllText(Path.Combine(Folder, name + ".holdings.csv"), "asset,quantity\n" + string.Concat(assets.Select((a, i) => string.Create(CultureInfo.InvariantCulture, $"{a},{1 + (p * 31 + i * 17) % 100 / 50.0}\n"))) + "PROBE,1\n");
        }
        // First in the overview, as its rule has always fired; and what it is worth is the number of the tick.
        File.WriteAllText(Path.Combine(Folder, "a-probe.yaml"), "version: 1\nname: a-probe\nbase: USDT\ntargets:\n  weights: { PROBE: 50%, C00: 50% }\nrebalance:\n  when:\n    - drift: 0.01% of target\n  interval: 1\n");
        File.WriteAllText(Path.Combine(Folder, "a-probe.holdings.csv"), "asset,quantity\nPROBE,1\n");
        Tick();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ballast-load-").FullName;

    public string Data { get; } = Directory.CreateTempSubdirectory("ballast-load-data-").FullName;

    /// <summary>The price of the probe counts the writes: whoever sees it knows which tick it is of.</summary>
    public long Tick()
    {
        var part = Path.Combine(Folder, "prices.part");
        File.WriteAllText(part, _history + Row(Bars - 1, ++_writes, Step()));
        File.Move(part, Path.Combine(Folder, "prices.csv"), overwrite: true);
        return _writes;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Data, recursive: true);
    }

    private double[] Step()
    {
        for (var i = 0; i < _prices.Length; i++) _prices[i] *= 1 + (_random.NextDouble() - 0.5) * 0.002;
        return _prices;
    }

    private static string Row(int bar, double probe, double[] prices) => string.Create(CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddDays(20_000 + bar):yyyy-MM-dd},{probe},{string.Join(',', prices.Select(p => p.ToString("0.######", CultureInfo.InvariantCulture)))}\n");
}
