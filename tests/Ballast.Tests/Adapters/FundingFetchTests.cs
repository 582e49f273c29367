using Ballast.Adapters.Files;
using Ballast.Adapters.History;
using Ballast.Engine.Ports;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters;

/// <summary>Rates fetched from a venue that pages, repeats itself, fails and has a gap.</summary>
public sealed class FundingFetchTests : IDisposable
{
    private static readonly Instant From = Instant.FromUtc(2026, 1, 1, 0, 0), Now = From + Duration.FromHours(400);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_rate_is_kept_once_and_a_gap_is_counted()
    {
        using var file = Open("rates.csv");
        var (added, repeated) = await Fetch(new Venue()).RunAsync(file, "BTC-PERPETUAL", From, Now, TestContext.Current.CancellationToken);

        Assert.Equal((50 - 3, 4), (added, repeated)); // Every eight hours; three left out; each tenth told twice.
        Assert.Equal((47, 1), (file.Of("BTC-PERPETUAL")!.Count, file.Of("BTC-PERPETUAL")!.Gaps));
    }

    [Fact]
    public async Task A_fetch_that_is_stopped_anywhere_and_gone_on_with_gives_the_same_file()
    {
        await All("whole.csv", () => new Venue());
        var chance = new Random(11);
        for (var round = 0; round < 30; round++)
        {
            for (var tries = 0; tries < 200; tries++)
                try
                {
                    await All($"cut-{round}.csv", () => new Venue { FailsAfter = chance.Next(1, 4) });
                    break;
                }
                catch (VenueException)
                {
                    using var cut = new FileStream(At($"cut-{round}.csv"), FileMode.Open);
                    if (chance.Next(2) == 0) cut.SetLength(cut.Length - chance.Next((int)Math.Min(40, cut.Length)));
                }
            Assert.Equal(File.ReadAllLines(At("whole.csv")).Order(StringComparer.Ordinal), File.ReadAllLines(At($"cut-{round}.csv")).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_reader_takes_the_file_and_sums_it_over_a_time()
    {
        await All("rates.csv", () => new Venue());
        var read = FundingRateFile.Load(At("rates.csv"));
        Assert.True(read.Ok, string.Join('\n', read.Faults));
        Assert.Equal(["BTC-PERPETUAL", "ETH-PERPETUAL"], read.Value!.Series.Keys);

        // Three rates of 0.0001 a day are 0.0003 a day, 10.95 % a year.
        var day = Enumerable.Range(0, 31).Select(i => (From + Duration.FromHours(8 * i), 0.0001m)).ToImmutableArray();
        Assert.Equal(0.1095, FundingTable.Yearly(day, From, From + Duration.FromDays(10))!.Value, 12);
        Assert.Null(FundingTable.Yearly(day, From, From + Duration.FromDays(12)));
        Assert.Null(FundingTable.Yearly(day, From - Duration.FromDays(1), From + Duration.FromDays(5)));
    }

    [Theory]
    [InlineData("timestamp,funding_rate\n2026-01-01,0.0001\n2026-01-01,0.0001\n", "TIME_ORDER")]
    [InlineData("timestamp,funding_rate\n2026-01-01,0.5\n", "UNIT_SUSPECT")]
    [InlineData("timestamp,funding_rate\n2026-01-01,\n", "NUMBER_MISSING")]
    [InlineData("timestamp,funding_rate\n,0.0001\n", "TIME_MISSING")]
    [InlineData("timestamp,rate\n2026-01-01,0.0001\n", "COLUMN_UNKNOWN")]
    public void What_is_wrong_with_a_file_is_said(string text, string code) => Assert.Contains(FundingRateFile.Load(_folder.File("bad.csv", text)).Faults, f => f.Code == code);

    private async Task All(string name, Func<Venue> venue)
    {
        using var file = Open(name);
        var asked = venue();
        foreach (var symbol in new[] { "BTC-PERPETUAL", "ETH-PERPETUAL" }) await Fetch(asked).RunAsync(file, symbol, From, Now, TestContext.Current.CancellationToken);
    }

    private FundingFile Open(string name) => new(At(name), "deribit", null, From);

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static FundingFetch Fetch(Venue venue) => new(venue.AskAsync, [], (_, _, _) => { });

    /// <summary>Ten rates a page, one of them twice, none from hour 160 to 176.</summary>
    private sealed class Venue
    {
        private int _asked;

        public int FailsAfter { get; init; } = int.MaxValue;

        public Task<FundingPage> AskAsync(string symbol, Instant from, Instant to, CancellationToken cancel)
        {
            if (++_asked > FailsAfter) throw new VenueException("no answer");
            var first = (int)Math.Ceiling((from - From).TotalHours / 8);
            var rows = Enumerable.Range(first, 10).Select(n => new FundingPaid(From + Duration.FromHours(8 * n), n * 0.00001m)).Where(r => r.At < to && (r.At - From).TotalHours is < 160 or > 176)
                .SelectMany(r => (r.At - From).TotalHours % 80 == 0 ? new[] { r, r } : [r]).ToImmutableArray();
            var next = From + Duration.FromHours(8 * (first + 10));
            return Task.FromResult(new FundingPage(rows, next < to ? next : null));
        }
    }
}
