using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks.Desk;

/// <summary>
/// A quantity dragged on the page of a large book: 200 positions of a chain of a thousand contracts, margined by the scenarios of `deribit-pm`. Told is the time of an answer, when nothing else
/// is asked, and when payoff, grid and order of the legs are asked with it, as the page does.
/// </summary>
internal static class WhatIfLoad
{
    private const int Positions = 200, Warm = 20;

    public static int Run(int questions)
    {
        var (folder, data) = (Directory.CreateTempSubdirectory("ballast-whatif-").FullName, Directory.CreateTempSubdirectory("ballast-whatif-data-").FullName);
        var (rows, names) = Chain();
        File.WriteAllText(Path.Combine(folder, "large.yaml"), Policy);
        File.WriteAllText(Path.Combine(folder, "chain.csv"), rows);
        var random = new Random(1);
        File.WriteAllText(Path.Combine(folder, "book.csv"), "instrument,quantity,entry\nBTC,500,\nBTC-PERPETUAL,-180000,97100\n" + string.Concat(names.OrderBy(_ => random.Next()).Take(Positions - 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{n},{random.Next(1, 60) * (random.Next(2) == 0 ? -0.1 : 0.1):0.0},\n"))));
        using var desk = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Folders.Root, "artifacts/bin/Ballast.App/release/ballast.dll"), "serve", "--folder", folder, "--data", data, "--port", "0", "--invite", "page:viewer"]) { RedirectStandardOutput = true })!;
        try
        {
            var address = new Uri(desk.StandardOutput.ReadLine()!.Split(' ')[4].TrimEnd(','));
            return RunAsync(address, desk.StandardOutput.ReadLine()!.Split(' ')[^1], questions).GetAwaiter().GetResult();
        }
        finally
        {
            desk.Kill();
            desk.WaitForExit();
            Directory.Delete(folder, recursive: true);
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<int> RunAsync(Uri address, string link, int questions)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false }) { BaseAddress = address };
        (await http.GetAsync(link)).Dispose();
        http.DefaultRequestHeaders.Add("X-CSRF-Token", (string)JsonNode.Parse(await http.GetStringAsync("/api/v1/session"))!["csrf"]!);
        http.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        const string book = "/api/v1/portfolios/large/book";
        var now = JsonNode.Parse(await http.GetStringAsync(book))!;
        Console.WriteLine($"{now["exposure"]!["underlyings"]![0]!["positions"]!.AsArray().Count} positions, {now["margin"]!["grid"]!.AsArray().Count} scenarios; {Positions} quantities can be dragged");
        await Told("what-if", questions, quantity => WhatIf(quantity));
        await Told("what-if with the price of liquidation", 5, quantity => WhatIf(quantity, far: true), 1);
        foreach (var (name, path) in new[] { ("payoff", "/payoff?with="), ("grid", "/grid?with="), ("order of the legs", "/plan?with=") })
            await Told(name, questions / 4, quantity => http.GetStringAsync($"{book}{path}BTC-PERPETUAL={quantity}"));
        await Told("what-if, with payoff, grid and order asked at once", questions / 2, async quantity =>
        {
            Task<string>[] beside = [.. new[] { "payoff", "grid", "plan" }.Select(p => http.GetStringAsync($"{book}/{p}?with=BTC-PERPETUAL={quantity}"))];
            var answer = WhatIf(quantity);
            var at = Stopwatch.GetTimestamp();
            await answer;
            var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            await Task.WhenAll(beside);
            return took;
        });
        return 0;

        async Task WhatIf(int quantity, bool far = false)
        {
            using var response = await http.PostAsJsonAsync(book + "/whatif", new { quantities = new Dictionary<string, string> { ["BTC-PERPETUAL"] = quantity.ToString(CultureInfo.InvariantCulture) }, far });
            _ = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        }
    }

    private static Task Told(string name, int count, Func<int, Task> ask, int warm = Warm) => Told(name, count, async quantity =>
    {
        var at = Stopwatch.GetTimestamp();
        await ask(quantity);
        return Stopwatch.GetElapsedTime(at).TotalMilliseconds;
    }, warm);

    /// <summary>Four questions a second: the page waits 150 ms for the hand to rest, and the desk has a pace.</summary>
    private static async Task Told(string name, int count, Func<int, Task<double>> ask, int warm = Warm)
    {
        var times = new List<double>();
        for (var i = 0; i < count + warm; i++)
        {
            var took = await ask(-180_000 + 10 * (i + 1));
            if (i >= warm) times.Add(took);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, 250 - took)));
        }
        times.Sort();
        Console.WriteLine($"{name + ", ms",-55}{string.Join("  ", new[] { 0.5, 0.95, 0.99, 1 }.Select(q => string.Create(CultureInfo.InvariantCulture, $"{(q == 1 ? "most" : $"p{q * 100:0}")} {times[Math.Min(times.Count - 1, (int)(q * times.Count))]:0.0}")))}   ({times.Count})");
    }

    private static (string Rows, string[] Names) Chain()
    {
        const double index = 95_150;
        var (text, names) = (new StringBuilder("timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price\n"), new List<string>());
        text.Append(CultureInfo.InvariantCulture, $"2026-11-21T08:05:00Z,BTC-PERPETUAL,95162,,95161.5,95162.5,95162,{index}\n");
        foreach (var (name, days) in new[] { ("27NOV26", 6), ("4DEC26", 13), ("11DEC26", 20), ("25DEC26", 34), ("29JAN27", 69), ("26MAR27", 125), ("25JUN27", 216), ("24SEP27", 307) })
            for (var strike = 60_000; strike <= 140_000; strike += 1_300)
                foreach (var right in new[] { OptionKind.Call, OptionKind.Put })
                {
                    var (forward, years) = (index * Math.Exp(0.05 * days / 365), days / 365.0);
                    var mark = BlackScholes.OnForward(right, forward, strike, years, 0, 0.46).Price / forward;
                    names.Add($"BTC-{name}-{strike}-{right.ToString()[0]}");
                    text.Append(CultureInfo.InvariantCulture, $"2026-11-21T08:05:00Z,{names[^1]},{mark:0.######},0.46,,{Math.Ceiling(mark * 1e4 + 1) / 1e4:0.####},{forward:0.##},{index}\n");
                }
        return (text.ToString(), [.. names]);
    }

    private const string Policy = """
        version: 1
        name: large
        base: BTC
        accounts:
          deribit: { venue: deribit, margin: portfolio }
        targets:
          weights: { BTC: 100% }
        rebalance:
          when: []
        hedge:
          book: deribit
          outlook: { delta: 0 BTC, gamma: free, vega: free }
          numeraire: coin
          band: least-cost
          riskAversion: 3
          to: band-edge
          with: [BTC-PERPETUAL]
          when: []
        margin:
          rules: deribit-pm
          use: { aim: 40%, act: 60%, stop: 80% }
        costs:
          spread: 1 bps
          at:
            deribit: { maker: 0 bps, taker: 5 bps, optionFee: 3 bps, optionFeeCap: 12.5% }
        """;
}
