using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ballast.Tests.Connectors;

/// <summary>The exchange of <c>exchange/</c> as a process of its own on a port of its own; prices stand until they are told.</summary>
public sealed partial class SimulatedExchange : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private SimulatedExchange(Process process, Uri url) => (_process, Url, _http) = (process, url, new HttpClient { BaseAddress = url, DefaultRequestHeaders = { ConnectionClose = true } });

    public Uri Url { get; }

    /// <summary>Its WebSocket address, in the dialect of Binance.</summary>
    public Uri Streams => new("ws://" + Url.Authority);

    /// <summary>Starts it; skips the running test, with the reason, where it is not built or node is missing.</summary>
    public static async Task<SimulatedExchange> StartAsync()
    {
        var script = Path.Combine(Repository.Root, "exchange", "dist", "src", "main.js");
        Assert.SkipUnless(File.Exists(script), "needs the simulated exchange: `./do exchange` builds it");
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("node", [script, "--port", "0", "--still"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs node");
            throw;
        }
        for (string? line; (line = await process.StandardOutput.ReadLineAsync()) is not null;)
            if (Address().Match(line) is { Success: true } found) return new SimulatedExchange(process, new Uri(found.Value));
        throw new InvalidOperationException($"the exchange did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    public async Task TellAsync(string what, object body)
    {
        using var answer = await _http.PostAsJsonAsync($"/control/{what}", body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Of a venue: balances, orders, trades, positions.</summary>
    public async Task<JsonElement> BooksAsync(string venue = "binance") => (await _http.GetFromJsonAsync<JsonElement>("/control/books")).GetProperty(venue);

    /// <summary>Deposits and withdraws until a venue holds this and nothing else.</summary>
    public async Task HoldAsync(IReadOnlyDictionary<string, decimal> wanted, string venue = "binance")
    {
        var held = (await BooksAsync(venue)).GetProperty("balances").EnumerateObject().ToDictionary(b => b.Name, b => decimal.Parse(b.Value.GetString()!));
        foreach (var asset in held.Keys.Union(wanted.Keys))
            if (wanted.GetValueOrDefault(asset) - held.GetValueOrDefault(asset) is not 0 and var amount)
                await TellAsync("move", new { venue, asset, amount = amount.ToString("0.##################") });
    }

    /// <summary>The requests so far, in their order.</summary>
    public async Task<string[]> LogAsync() => [.. (await _http.GetFromJsonAsync<JsonElement>("/control/log")).EnumerateArray().Select(l => l.GetProperty("line").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
