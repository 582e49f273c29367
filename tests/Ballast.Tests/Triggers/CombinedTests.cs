using Ballast.Money;
using Ballast.Schedules;
using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Triggers;

public class CombinedTests
{
    private static readonly ITrigger Always = new Measure(MeasureKind.GrossExposure, null, 0.01, null, null, 1);
    private static readonly ITrigger Never = new Measure(MeasureKind.GrossExposure, null, 5, null, null, 1);
    private static readonly ITrigger Blind = new Measure(MeasureKind.Volatility, null, 0.5, null, null, 1);

    [Fact]
    public void Any_fires_with_one_and_all_with_every_one()
    {
        Assert.True(Check(new AnyOf([Never, Always])).Fired);
        Assert.False(Check(new AnyOf([Never, Never])).Fired);
        Assert.True(Check(new AllOf([Always, Always], [])).Fired);
        Assert.False(Check(new AllOf([Always, Never], [])).Fired);
        Assert.False(Check(new AllOf([Always], [Always])).Fired);
        Assert.True(Check(new AllOf([Always], [Never])).Fired);
    }

    [Fact]
    public void Unknown_is_neither_yes_nor_no()
    {
        Assert.Equal(TriggerState.Unknown, Check(new AnyOf([Never, Blind])).State);
        Assert.Equal(TriggerState.Fired, Check(new AnyOf([Blind, Always])).State);
        Assert.Equal(TriggerState.Unknown, Check(new AllOf([Always, Blind], [])).State);
        Assert.Equal(TriggerState.Quiet, Check(new AllOf([Blind, Never], [])).State);
        Assert.Equal(TriggerState.Unknown, Check(new AllOf([Always], [Blind])).State);
    }

    [Fact]
    public void The_band_of_any_is_the_tightest() =>
        Assert.Equal(new Band(0.55, 0.65), Rounded(Check(new AnyOf([Points(5), OfTarget(25)])).Bands!.ByAsset[A("BTC")]));

    [Fact]
    public void The_band_of_all_is_the_widest_of_each_asset()
    {
        // 60 ± max(5, 15) and 40 ± max(5, 10).
        var bands = Check(new AllOf([Points(5), OfTarget(25)], []), "BTC 76, ETH 24").Bands!;
        Assert.Equal(new Band(0.45, 0.75), Rounded(bands.ByAsset[A("BTC")]));
        Assert.Equal(new Band(0.3, 0.5), Rounded(bands.ByAsset[A("ETH")]));
    }

    [Fact]
    public void All_of_two_drift_rules_needs_one_asset_outside_both()
    {
        // Points fires for BTC (6 > 5), the relative rule for SOL (3 > 2.5), none for both.
        var rule = Of("BTC 60, ETH 30, SOL 10", "BTC 66, ETH 27, SOL 7", new AllOf([Points(5), OfTarget(25)], []));
        Assert.Equal("no single asset is outside all the bands", rule.Answer().Reason);
    }

    [Fact]
    public void All_of_drift_rules_about_different_assets_needs_each_of_them()
    {
        var rule = new AllOf([Points(5, "BTC"), Points(5, "ETH")], []);
        Assert.True(Check(rule, "BTC 68, ETH 32").Fired);
        Assert.False(Check(rule, "BTC 68, ETH 36, USDT 6").Fired);
        Assert.Equal([A("BTC"), A("ETH")], Check(rule, "BTC 68, ETH 32").Bands!.ByAsset.Keys);
    }

    [Fact]
    public void After_an_exclusion_there_is_no_band() => Assert.Null(Check(new AllOf([Points(5)], [Never])).Bands);

    [Fact]
    public void A_calendar_beside_a_band_keeps_the_band()
    {
        var month = new Every(new PeriodEdge(PeriodUnit.Month, Edge.Last));
        Assert.True(new AllOf([month, Points(5)], []).HasClock);
        Assert.Null(Check(new AllOf([month, Points(5)], [])).Bands);
    }

    [Fact]
    public void Reasons_of_all_that_fired_are_said() => Assert.Equal(
        "BTC is 8.00 points over its target, more than the 5.00 allowed; the gross exposure is 1.00x, above the 0.01x allowed", Check(new AnyOf([Points(5), Always])).Reason);

    [Fact]
    public void What_is_held_back_is_said() => Assert.Equal("held back: the gross exposure is 1.00x, above the 0.01x allowed", Check(new AllOf([Points(5)], [Always])).Reason);

    [Fact]
    public void The_rules_read_well()
    {
        var month = new Every(new PeriodEdge(PeriodUnit.Month, Edge.Last));
        Assert.Equal("due at the end of each month, or when an asset is more than 5 points from its target", new AnyOf([month, Points(5)]).Words);
        Assert.Equal("due at the end of each month and an asset is more than 5 points from its target, but not when the volatility is above 50 %", new AllOf([month, Points(5)], [Blind]).Words);
        Assert.Equal("due at the end of each month and either BTC is more than 5 points from its target or the volatility is above 50 %", new AllOf([month, new AnyOf([Points(5, "BTC"), Blind])], []).Words);
    }

    private static TriggerResult Check(ITrigger rule, string held = "BTC 68, ETH 32") => Of("BTC 60, ETH 40", held, rule).Answer();

    private static Band Rounded(Band band) => new(Math.Round(band.Low, 12), Math.Round(band.High, 12));
}
