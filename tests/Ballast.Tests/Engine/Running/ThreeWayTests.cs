using Ballast.Adapters.Connectors;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Instruments;
using Ballast.Tests.App;
using Ballast.Tests.Connectors;

namespace Ballast.Tests.Engine.Running;

/// <summary>On prices that nobody traded at, which are always here.</summary>
public sealed class SyntheticThreeWayTests : ThreeWayTests
{
    [Fact]
    public async Task Back_test_and_paper_decide_the_same_on_a_synthetic_day() => await BackTestAndPaperAgree(OneDay.Synthetic());

    [Fact]
    public async Task Prices_that_are_missing_value_and_do_not_trade_on_paper_as_in_the_back_test() => await BackTestAndPaperAgree(OneDay.Synthetic().WithGaps());

    [Fact]
    public async Task Paper_that_is_run_through_history_counts_bars_as_the_back_test_does() => await BackTestAndPaperAgree(OneDay.Synthetic(), OneDay.InBars(), Binance);

    /// <summary>All policies, or some where the real day goes through all of them.</summary>
    [Fact]
    public async Task Back_test_and_live_decide_the_same_on_a_synthetic_day() => await BackTestAndLiveAgree(OneDay.Synthetic(), Repository.Data is null ? _ => true : name => name is "core" or "coins-min-variance" or "to the edge");
}

/// <summary>On a day as it was.</summary>
public sealed class RealThreeWayTests : ThreeWayTests
{
    [Fact]
    public async Task Back_test_and_paper_decide_the_same_on_a_real_day() => await BackTestAndPaperAgree(OneDay.Real());

    /// <summary>From equal quantities to computed weights more than everything is traded at once, which the gate would stop.</summary>
    [Fact]
    public async Task Back_test_and_paper_decide_the_same_in_a_year_of_funds() => await BackTestAndPaperAgree(OneDay.Funds(), OneDay.OfFunds(), InstrumentSet.Paper, turnover: 2);

    [Fact]
    public async Task Back_test_and_live_decide_the_same_on_a_real_day() => await BackTestAndLiveAgree(OneDay.Real(), _ => true);
}

/// <summary>
/// One policy, one day, three ways: a back-test, a paper account and a live account decide the same at the same times for the same reasons,
/// and, where fills are equal, hold the same to the last digit.
/// </summary>
public abstract class ThreeWayTests
{
    private protected static InstrumentSet Binance => Ballast.Adapters.Files.InstrumentPresets.For(new("binance"))!;

    private protected static Task BackTestAndPaperAgree(OneDay day) => BackTestAndPaperAgree(day, day.Policies(), Binance);

    private protected static async Task BackTestAndPaperAgree(OneDay day, IEnumerable<(string Name, string Text)> policies, InstrumentSet instruments, decimal turnover = 1)
    {
        foreach (var (name, text) in policies)
        {
            var policy = OneDay.Policy(text);
            Same(name, day, Ways.BackTest(day, policy, instruments), await Ways.PaperAsync(day, policy, instruments, turnover));
        }
    }

    private protected static async Task BackTestAndLiveAgree(OneDay day, Func<string, bool> chosen)
    {
        var place = Place();
        await using var exchange = await SimulatedExchange.StartAsync();
        await exchange.TellAsync("spread", new { spread = "0" });
        await exchange.TellAsync("fees", new { fee = "0.001", inReceived = false });
        await using var connector = new ConnectorProcess(place, ConnectorTimes.Usual);
        await using var venue = new ConnectedVenue(connector, new VenueAccess(OneDay.Account, new("binance"), new VenueKey("demo-key", "demo-secret"), Rest: exchange.Url, Streams: exchange.Streams), new Clock(TimeProvider.System));
        await venue.OpenAsync(TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        foreach (var (name, text) in day.Policies().Where(p => chosen(p.Name)))
        {
            var policy = OneDay.Policy(text);
            Same(name, day, Ways.BackTest(day, policy, venue.Instruments), await Ways.LiveAsync(day, policy, venue, exchange, Path.Combine(folder.Path, name)));
        }
    }

    /// <summary>That something was traded, or nothing would have been compared; and that all of it is the same.</summary>
    private static void Same(string name, OneDay day, IReadOnlyList<string> past, IReadOnlyList<string> other)
    {
        Assert.True(past.Count == day.Last - day.First + 2, name);
        for (var i = 0; i < past.Count; i++) Assert.True(past[i] == other.ElementAtOrDefault(i), $"{name}:\n{past[i]}\n{other.ElementAtOrDefault(i)}");
        Assert.True(name is "idle cash" || past.Any(l => l.Contains(" at ", StringComparison.Ordinal)), $"{name}: nothing was traded:\n{string.Join('\n', past)}");
    }

    private static ConnectorPlace Place()
    {
        try
        {
            return ConnectorPlace.Find();
        }
        catch (VenueException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
