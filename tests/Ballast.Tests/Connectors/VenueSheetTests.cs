using System.Text.Json;
using Ballast.Adapters.Connectors;
using Ballast.Instruments;
using Ballast.Orders;

namespace Ballast.Tests.Connectors;

public class VenueSheetTests
{
    [Fact]
    public void Two_of_eight_venues_are_proven_and_the_others_say_that_they_are_not()
    {
        Assert.Equal(["binance", "binance-usdm", "bybit", "coinbase", "deribit", "hyperliquid", "kraken", "okx"], VenueSheets.All.Select(s => s.Venue.Value));
        Assert.Equal(["binance", "deribit"], VenueSheets.All.Where(s => s.Proven).Select(s => s.Venue.Value));
        Assert.All(VenueSheets.All, s => Assert.Equal(s.Proven, VenueSheets.Remark(s).Length == 0));
    }

    [Fact]
    public void A_sheet_says_what_the_venue_published()
    {
        var deribit = VenueSheets.Find(new VenueId("deribit"))!;
        Assert.Equal((DeadlineCheck.Engine, DeadlineCheck.None, IdRule.Never), (deribit.PlaceDeadline, deribit.CancelDeadline, deribit.Ids));
        Assert.Equal(Duration.FromMinutes(30), deribit.UnfilledKept);
        var bybit = VenueSheets.Find(new VenueId("bybit"))!;
        Assert.Equal((false, IdRule.Forever, PostOnlyAnswer.Cancel), (bybit.AckIsFinal, bybit.Ids, bybit.PostOnly));
        Assert.Null(VenueSheets.Find(new VenueId("nowhere")));
    }

    [Fact]
    public void Every_promise_names_a_fact_of_its_sheet_and_every_fact_has_a_mark()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "protocol", "venues"), "*.json"))
        {
            using var sheet = JsonDocument.Parse(File.ReadAllText(path));
            var facts = sheet.RootElement.GetProperty("facts");
            foreach (var promise in sheet.RootElement.GetProperty("promises").EnumerateObject())
                Assert.True(facts.TryGetProperty(promise.Value.GetProperty("fact").GetString()!, out _), $"{path}: {promise.Name}");
            foreach (var fact in facts.EnumerateObject()) Assert.Contains(fact.Value.GetProperty("mark").GetString(), (string[])["V", "C", "E", "M", "P"]);
        }
    }

    [Fact]
    public void No_refusal_counts_as_definite_on_memory_or_hearsay_where_the_venue_is_proven()
    {
        foreach (var venue in VenueSheets.All.Where(s => s.Proven))
        {
            using var sheet = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "protocol", "venues", venue.Venue + ".json")));
            foreach (var answer in sheet.RootElement.GetProperty("answers").EnumerateArray().Where(a => a.GetProperty("means").GetString() is "definite" or "expired"))
                Assert.Contains(answer.GetProperty("mark").GetString(), (string[])["V", "C"]);
        }
    }
}
