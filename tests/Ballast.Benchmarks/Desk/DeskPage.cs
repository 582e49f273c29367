using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ballast.Benchmarks.Desk;

/// <summary>The overview in a real browser (<c>tests/desk/load.js</c>), which says which tick it shows, and at the end what its frames and its memory were.</summary>
internal sealed class DeskPage(string link, TimeSpan span)
{
    /// <summary>Frames, main thread and memory, in words.</summary>
    public string Said { get; private set; } = "no browser: it needs Node.js, `npm ci` in tests/desk, and Chromium";

    public int Drawings { get; private set; }

    /// <param name="written">When each tick was written, in milliseconds since 1970.</param>
    /// <param name="times">Takes, of every tick, how long it was until a drawing showed it or a later one.</param>
    public async Task ReadAsync(ConcurrentDictionary<long, long> written, ConcurrentBag<double> times)
    {
        using var page = Process.Start(new ProcessStartInfo("node", ["load.js", link, span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)]) { WorkingDirectory = Path.Combine(Folders.Root, "tests/desk"), RedirectStandardOutput = true })!;
        long seen = 0;
        while (await page.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is not ["tick", var number, var at] || !long.TryParse(number, out var shown))
            {
                Said = line;
                continue;
            }
            for (var tick = seen + 1; seen > 0 && tick <= shown; tick++)
                if (written.TryGetValue(tick, out var since)) times.Add(long.Parse(at, CultureInfo.InvariantCulture) - since);
            (seen, Drawings) = (Math.Max(seen, shown), Drawings + 1);
        }
        await page.WaitForExitAsync();
    }
}
