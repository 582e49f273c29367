using Ballast.Adapters.Files;
using Ballast.Adapters.History;
using Ballast.Engine.Ports;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters;

/// <summary>Fetching from a venue that pages, fails, lists late and leaves bars out.</summary>
public sealed class BarFetchTests : IDisposable
{
    private static readonly Duration Step = Duration.FromHours(1);
    private static readonly Instant From = Instant.FromUtc(2026, 1, 1, 0, 0), Listed = From + 30 * Step, Now = From + 1000 * Step + Duration.FromMinutes(59);
    private static readonly BarSource Source = new("binance", "1h", null, From);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_bar_that_is_over_is_fetched_once()
    {
        var path = At("bars.csv");
        using (var file = new BarFile(path, Source))
        {
            var fetched = await Fetch(new Venue()).RunAsync(file, "BTC/USDT", From, Now, Now, TestContext.Current.CancellationToken);
            Assert.Equal(new Fetched("BTC/USDT", 970 - 10, 10, 0), fetched); // From the listing to hour 999, which is over; ten left out at hour 500.
        }
        var times = File.ReadAllLines(path)[1..].Select(l => l.Split(',')[0]).ToArray();
        Assert.Equal(960, times.Distinct().Count());
        Assert.Equal(("2026-01-02T06:00:00Z", "2026-02-11T15:00:00Z"), (times[0], times[^1]));
    }

    [Fact]
    public async Task A_fetch_that_is_stopped_anywhere_and_gone_on_with_gives_the_same_file()
    {
        var whole = At("whole.csv");
        await All(whole, () => new Venue());
        var chance = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var path = At($"cut-{round}.csv");
            for (var tries = 0; tries < 200; tries++)
            {
                try
                {
                    await All(path, () => new Venue { FailsAfter = chance.Next(1, 6) });
                    break;
                }
                catch (VenueException)
                {
                    // What a stop in the middle of a line leaves.
                    using var file = new FileStream(path, FileMode.Open);
                    if (chance.Next(2) == 0) file.SetLength(file.Length - chance.Next((int)Math.Min(60, file.Length)));
                }
            }
            Assert.Equal(Lines(whole), Lines(path));
        }
    }

    [Fact]
    public async Task A_file_that_is_complete_is_left_as_it_is_and_grows_when_time_has_passed()
    {
        var path = At("bars.csv");
        await All(path, () => new Venue());
        var before = File.ReadAllText(path);
        await All(path, () => new Venue());
        Assert.Equal(before, File.ReadAllText(path));

        using var file = new BarFile(path, Source);
        var later = Now + 5 * Step;
        Assert.Equal(5, (await Fetch(new Venue()).RunAsync(file, "BTC/USDT", From, later, later, TestContext.Current.CancellationToken)).Added);
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again()
    {
        using var file = new BarFile(At("bars.csv"), Source);
        var venue = new Venue { FailsOnce = 3 };
        Assert.Equal(960, (await Fetch(venue, TimeSpan.Zero).RunAsync(file, "BTC/USDT", From, Now, Now, TestContext.Current.CancellationToken)).Added);
    }

    [Fact]
    public async Task A_venue_whose_pages_do_not_go_on_is_not_asked_for_ever()
    {
        using var file = new BarFile(At("bars.csv"), Source);
        var fetch = new BarFetch((_, from, _, _) => Task.FromResult(new BarPage([], from)), Step, [], (_, _, _) => { });
        await Assert.ThrowsAsync<VenueException>(() => fetch.RunAsync(file, "BTC/USDT", From, Now, Now, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_price_reader_takes_the_file()
    {
        var path = At("bars.csv");
        await All(path, () => new Venue());
        var read = PriceFiles.Load(path, new("USDT"));

        Assert.True(read.Ok, string.Join('\n', read.Faults));
        Assert.Equal(["BTC", "ETH"], read.Value!.Series.Select(s => s.Base.Code).Order());
    }

    [Fact]
    public void Another_file_is_not_touched()
    {
        var path = _folder.File("mine.csv", "my own figures\n");
        Assert.Throws<InvalidDataException>(() => new BarFile(path, Source));
        Assert.Equal("my own figures\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("kraken", "1h")]
    [InlineData("binance", "1d")]
    public async Task A_file_holds_bars_of_one_source(string venue, string interval)
    {
        var path = At("bars.csv");
        await All(path, () => new Venue());
        var no = Assert.Throws<InvalidDataException>(() => new BarFile(path, Source with { Venue = venue, Interval = interval }));
        Assert.Contains("choose another file", no.Message);
    }

    private static async Task All(string path, Func<Venue> venue)
    {
        using var file = new BarFile(path, Source);
        var asked = venue();
        foreach (var symbol in new[] { "BTC/USDT", "ETH/USDT" }) await Fetch(asked).RunAsync(file, symbol, From, Now, Now, TestContext.Current.CancellationToken);
    }

    private static BarFetch Fetch(Venue venue, params TimeSpan[] again) => new(venue.AskAsync, Step, again, (_, _, _) => { });

    /// <summary>By symbol, as the price reader takes them: which symbol stands first is no matter.</summary>
    private static string[] Lines(string path) => [.. File.ReadAllLines(path).Order(StringComparer.Ordinal)];

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>A hundred bars a page, from hour 30 on, none at hours 500 to 509; the bar at hand is told too.</summary>
    private sealed class Venue
    {
        private int _asked;

        public int FailsAfter { get; init; } = int.MaxValue;

        public int FailsOnce { get; init; }

        public Task<BarPage> AskAsync(string symbol, Instant from, Instant to, CancellationToken cancel)
        {
            if (++_asked > FailsAfter || _asked == FailsOnce) throw new VenueException("no answer");
            var first = Instant.Max(from, Listed);
            var bars = Enumerable.Range(0, 100).Select(i => first + i * Step).Where(at => at < to && (at - From) / Step is < 500 or >= 510).Select(at => Bar(symbol, at)).ToImmutableArray();
            var next = (bars.IsEmpty ? first + 100 * Step : bars[^1].At + Step);
            return Task.FromResult(new BarPage(bars, next < to ? next : null));
        }

        private static Bar Bar(string symbol, Instant at)
        {
            var price = symbol[0] + (decimal)((at - From) / Step) * 0.01m;
            return new(at, price, price + 1, price - 1, price + 0.5m, 12.5m);
        }
    }
}
