using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Ballast.Benchmarks.Desk;

/// <summary>
/// The desk under load: ticks written into its prices, its overview open in a real browser, and programs that ask it. Told are the time from a tick to the screen, that of an answer, and
/// what the desk and the page cost.
/// </summary>
internal static class DeskLoad
{
    private const int TicksASecond = 20_000, RequestsASecond = 200;

    public static int Run(double minutes)
    {
        using var world = new DeskWorld();
        using var desk = Start(world, out var address, out var links);
        try
        {
            return RunAsync(world, desk, address, links, TimeSpan.FromMinutes(minutes)).GetAwaiter().GetResult();
        }
        finally
        {
            desk.Kill();
            desk.WaitForExit();
        }
    }

    private static Process Start(DeskWorld world, out Uri address, out string[] links)
    {
        string[] names = ["page", "a", "b", "c"];
        var desk = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Folders.Root, "artifacts/bin/Ballast.App/release/ballast.dll"), "serve", "--folder", world.Folder, "--data", world.Data, "--port", "0", .. names.SelectMany(n => new[] { "--invite", n + ":viewer" })]) { RedirectStandardOutput = true })!;
        address = new Uri(desk.StandardOutput.ReadLine()!.Split(' ')[4].TrimEnd(','));
        links = [.. names.Select(_ => desk.StandardOutput.ReadLine()!.Split(' ')[^1])];
        return desk;
    }

    private static async Task<int> RunAsync(DeskWorld world, Process desk, Uri address, string[] links, TimeSpan span)
    {
        var clients = new List<HttpClient>();
        foreach (var link in links.Skip(1)) clients.Add(await EnterAsync(address, link));
        var first = Stopwatch.GetTimestamp();
        await clients[0].GetStringAsync("/api/v1/overview?limit=1");
        Console.WriteLine($"{DeskWorld.Portfolios} portfolios of {DeskWorld.Holdings + 1} holdings; the first overview took {Stopwatch.GetElapsedTime(first).TotalSeconds:0.0} s");
        using var ends = new CancellationTokenSource(span);
        var written = new ConcurrentDictionary<long, long>();
        var (toScreen, answers) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        var counts = new Counts();
        var cpu = desk.TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        var page = new DeskPage(links[0], span);
        Task[] work = [TicksAsync(world, written, counts, ends.Token), page.ReadAsync(written, toScreen), .. clients.Select((c, i) => ProgramsAsync(c, i, clients.Count, answers, counts, ends.Token)), MemoryAsync(desk, counts, ends.Token)];
        await Task.WhenAll(work.Select(w => w.ContinueWith(t => { if (t.Exception is { } fault && !ends.IsCancellationRequested) Console.Error.WriteLine(fault.GetBaseException().Message); }, TaskScheduler.Default)));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        desk.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {seconds:0} s: {counts.Ticks / seconds:0} ticks/s written, {counts.Asked / seconds:0} requests/s answered, {counts.Failed} failed
            tick to the screen, ms        {Said(toScreen)}   ({toScreen.Count} ticks, {page.Drawings} drawings)
            page: {page.Said}
            answer to a program, ms       {Said(answers)}
            desk: {(desk.TotalProcessorTime - cpu).TotalSeconds / seconds:0.00} cores, {counts.FirstMemory >> 20} MB after the first minute, {counts.LastMemory >> 20} MB at the end, {counts.MostMemory >> 20} MB at most
            """));
        return counts.Failed == 0 ? 0 : 1;
    }

    private sealed class Counts
    {
        public long Ticks, Asked, Failed, FirstMemory, LastMemory, MostMemory;
    }

    private static async Task<HttpClient> EnterAsync(Uri address, string link)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false }) { BaseAddress = address };
        (await http.GetAsync(link)).Dispose();
        return http;
    }

    /// <summary>Each write moves fifty prices: so many a second that their product is the pace.</summary>
    private static async Task TicksAsync(DeskWorld world, ConcurrentDictionary<long, long> written, Counts counts, CancellationToken ends)
    {
        var (start, pace) = (Stopwatch.GetTimestamp(), TicksASecond / (double)DeskWorld.Holdings);
        while (!ends.IsCancellationRequested)
        {
            var due = Stopwatch.GetElapsedTime(start).TotalSeconds * pace;
            while (counts.Ticks / DeskWorld.Holdings < due && !ends.IsCancellationRequested)
            {
                var at = DateTimeOffset.UtcNow;
                written[world.Tick()] = at.ToUnixTimeMilliseconds();
                counts.Ticks += DeskWorld.Holdings;
            }
            await Task.Delay(2, ends);
        }
    }

    private static async Task ProgramsAsync(HttpClient http, int place, int programs, ConcurrentBag<double> times, Counts counts, CancellationToken ends)
    {
        string[] paths = ["/api/v1/session", "/api/v1/portfolios/{0}", "/api/v1/portfolios/{0}/plan", "/api/v1/portfolios/{0}/loop", "/api/v1/portfolios/{0}/journal", "/api/v1/safety", "/api/v1/portfolios?limit=40", "/health"];
        var (start, pace, asked, random) = (Stopwatch.GetTimestamp(), RequestsASecond / (double)programs, 0, new Random(place));
        var open = new List<Task>();
        while (!ends.IsCancellationRequested)
        {
            for (var due = Stopwatch.GetElapsedTime(start).TotalSeconds * pace; asked < due; asked++) open.Add(AskAsync(string.Format(CultureInfo.InvariantCulture, paths[asked % paths.Length], $"p{random.Next(DeskWorld.Portfolios):d4}")));
            open.RemoveAll(t => t.IsCompleted);
            await Task.Delay(2, ends);
        }

        async Task AskAsync(string path)
        {
            var at = Stopwatch.GetTimestamp();
            try
            {
                using var response = await http.GetAsync(path, ends);
                var said = await response.Content.ReadAsStringAsync(ends);
                times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                Interlocked.Increment(ref counts.Asked);
                if (response.IsSuccessStatusCode || path == "/health") return;
                if (Interlocked.Increment(ref counts.Failed) <= 3) Console.Error.WriteLine($"{path}: {said}");
            }
            catch (Exception) when (ends.IsCancellationRequested)
            {
                // The time is over.
            }
            catch (HttpRequestException fault)
            {
                if (Interlocked.Increment(ref counts.Failed) <= 3) Console.Error.WriteLine($"{path}: {fault.Message}");
            }
        }
    }

    private static async Task MemoryAsync(Process desk, Counts counts, CancellationToken ends)
    {
        var start = Stopwatch.GetTimestamp();
        for (; !ends.IsCancellationRequested; await Task.Delay(1000, ends))
        {
            desk.Refresh();
            counts.LastMemory = desk.WorkingSet64;
            counts.MostMemory = Math.Max(counts.MostMemory, counts.LastMemory);
            if (counts.FirstMemory == 0 && Stopwatch.GetElapsedTime(start).TotalSeconds > 60) counts.FirstMemory = counts.LastMemory;
        }
    }

    private static string Said(ConcurrentBag<double> times)
    {
        double[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? "none" : string.Join("  ", new[] { 0.5, 0.95, 0.99, 1 }.Select(q => string.Create(CultureInfo.InvariantCulture, $"{(q == 1 ? "most" : $"p{q * 100:0}")} {sorted[Math.Min(sorted.Length - 1, (int)(q * sorted.Length))]:0.0}")));
    }
}
