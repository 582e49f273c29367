using System.Globalization;
using System.Text.Json;
using Ballast.Costs;
using Ballast.Engine.Backtests;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Targets;
using Ballast.Tests.Numerics;
using Ballast.Triggers;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>The event order of a bar against an independent decimal program: interest, splits and dividends, deposits, fills, decision.</summary>
[Trait("Category", "Vectors")]
public class BacktestVectorTests
{
    private static readonly Asset Cash = new("CASH");
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 1, 0, 0);

    public static TheoryData<string, string> Cases => VectorFiles.Of(["backtest"]);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void The_exact_engine_replays_every_event_in_its_order(string file, string id)
    {
        var found = VectorFiles.Find(file, id);
        var run = ExactBacktest.Run(PolicyOf(found.In), HistoryOf(found.In), SettingsOf(found.In), CancellationToken.None);

        found.Expect("equityAtClose", run.Equity);
        found.Expect("totalCosts", run.Costs);
        found.Expect("finalCash", (double)run.Book!.QuantityOf(Cash));
        foreach (var held in found.Out.GetProperty("finalQty").EnumerateObject())
            VectorCase.Same(held.Value, (double)run.Book.QuantityOf(new Asset(held.Name)), $"{id}.finalQty.{held.Name}", found.Tolerance);
        SameFills(found, run);
    }

    private static void SameFills(VectorCase found, BacktestResult run)
    {
        var expected = found.Out.GetProperty("fills").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, run.Fills.Length);
        foreach (var fill in expected)
        {
            var ours = Assert.Single(run.Fills, f => f.Bar == fill[0].GetInt32() && f.Asset.Code == fill[1].GetString());
            VectorCase.Same(fill[2], (double)(ours.Side == Side.Buy ? ours.Quantity : -ours.Quantity), $"{found.Id}: quantity at bar {ours.Bar}", found.Tolerance);
            VectorCase.Same(fill[3], (double)ours.Price, $"{found.Id}: price at bar {ours.Bar}", found.Tolerance);
        }
    }

    private static Policy PolicyOf(JsonElement input) => new("vector", Cash, DateTimeZone.Utc)
    {
        Targets = new TargetNode.Weights([.. input.GetProperty("target").EnumerateObject().Select(t => new TargetWeight(new Asset(t.Name), Exact(t.Value)))]) { CashRest = true },
        Rebalance = new RebalanceRules { When = [new AtBars([.. input.GetProperty("decisionBars").EnumerateArray().Select(b => b.GetInt32())])] },
        Costs = new CostSchedule(CostRules.None with { Fee = Exact(input.GetProperty("feeRate")), Slippage = Exact(input.GetProperty("slippageRate")) },
            ImmutableDictionary<string, CostRules>.Empty, Sizing.AfterCosts),
        CashInterest = Exact(input.GetProperty("cashRatePerBar")) * 365,
        Flows = [.. Events(input, "deposit").Select(e => new ExpectedFlow(new Amount(Exact(e.Event[1]), Cash), OnDay(e.Bar), null))],
    };

    /// <summary>Bars are days, so that a date is a bar.</summary>
    private static Schedule OnDay(int bar)
    {
        var day = Start.InUtc().Date.PlusDays(bar);
        return Assert.IsType<ScheduleReading.Read>(new ScheduleText($"0 0 {day.Day} {day.Month} *").Parse(DateTimeZone.Utc, ImmutableDictionary<string, BusinessCalendar>.Empty)).Schedule;
    }

    private static BacktestSettings SettingsOf(JsonElement input) => new()
    {
        Holdings = Book.OfCash([Account.Paper], new Amount(Exact(input.GetProperty("initialCash")), Cash)),
        Fill = input.GetProperty("fill").GetString() switch { "sameClose" => FillMode.Close, "nextOpen" => FillMode.NextOpen, "nextClose" => FillMode.NextClose, var other => throw new ArgumentException(other) },
        Actions =
        [
            .. Events(input, "split").Select(e => (CorporateAction)new CorporateAction.Split(At(e.Bar), new Asset(e.Event[1].GetString()!), Exact(e.Event[2]))),
            .. Events(input, "dividend").Select(e => new CorporateAction.Dividend(At(e.Bar), new Asset(e.Event[1].GetString()!), Exact(e.Event[2]))),
        ],
        KeepDetail = true,
    };

    private static PriceHistory HistoryOf(JsonElement input)
    {
        var (open, close) = (input.GetProperty("open").EnumerateArray().ToArray(), input.GetProperty("close").EnumerateArray().ToArray());
        double[] Column(JsonElement[] bars, string asset) => [.. bars.Select(b => (double)Exact(b.GetProperty(asset)))];
        return new PriceHistory([.. Enumerable.Range(0, close.Length).Select(At)], Duration.FromDays(1),
            [.. input.GetProperty("assets").EnumerateArray().Select(a => a.GetString()!).Select(a => new PriceSeries(new Asset(a), Cash, Column(close, a), Column(open, a)))]);
    }

    private static IEnumerable<(int Bar, JsonElement Event)> Events(JsonElement input, string kind) =>
        from bar in input.GetProperty("events").EnumerateObject()
        from happening in bar.Value.EnumerateArray()
        where happening[0].GetString() == kind
        select (int.Parse(bar.Name, CultureInfo.InvariantCulture), happening);

    private static Instant At(int bar) => Start + Duration.FromDays(bar);

    private static decimal Exact(JsonElement value) =>
        decimal.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Fires at the bars of the case.</summary>
    private sealed record AtBars(ImmutableArray<int> Bars) : ITrigger
    {
        public string Words => "at given bars";

        public bool HasClock => true;

        public TriggerResult Check(Look look) => Bars.Contains(look.Bar!.Value.Number) ? TriggerResult.Yes("given") : TriggerResult.No("not given", "later");
    }
}
