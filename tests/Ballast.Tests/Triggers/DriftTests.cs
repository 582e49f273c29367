using Ballast.Holdings;
using Ballast.Money;
using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Triggers;

public class DriftTests
{
    [Theory]
    [InlineData("BTC 64.9, ETH 35.1", false)]
    [InlineData("BTC 65, ETH 35", false)]
    [InlineData("BTC 65.0000000000999, ETH 34.9999999999001", false)]
    [InlineData("BTC 65.0000000002, ETH 34.9999999998", true)]
    [InlineData("BTC 54, ETH 46", true)]
    public void It_fires_beyond_the_edge_and_not_on_it(string held, bool fires) => Assert.Equal(fires, Of("BTC 60, ETH 40", held, Points(5)).Answer().Fired);

    [Fact]
    public void It_says_why_and_how_far()
    {
        var fired = Of("BTC 60, ETH 40", "BTC 68, ETH 32", Points(5)).Answer();
        Assert.Equal("BTC is 8.00 points over its target, more than the 5.00 allowed", fired.Reason);
        Assert.Equal((1.6, ""), (fired.Way!.Value, fired.ToGo), new Near());
        var quiet = Of("BTC 60, ETH 40", "BTC 58, ETH 42", Points(5)).Answer();
        Assert.Equal(("BTC is 2.00 points under its target, 5.00 allowed", "3.00 points to go"), (quiet.Reason, quiet.ToGo));
        Assert.Equal(0.4, quiet.Way!.Value, 1e-12);
    }

    [Fact]
    public void At_its_target_it_says_so() => Assert.Equal("BTC is at its target, 5.00 points allowed", Of("BTC 60, ETH 40", "BTC 60, ETH 40", Points(5)).Answer().Reason);

    [Fact]
    public void A_relative_band_follows_the_target()
    {
        Assert.False(Of("BTC 80, ETH 20", "BTC 75, ETH 25", OfTarget(25)).Answer().Fired);
        Assert.Equal([A("ETH")], Of("BTC 80, ETH 20", "BTC 74, ETH 26", OfTarget(25)).Answer().Breached);
    }

    [Fact]
    public void Where_the_target_is_zero_only_dust_is_allowed()
    {
        var rule = Of("BTC 100, XRP 0", "BTC 99, XRP 1", OfTarget(25));
        Assert.True(rule.Answer().Fired);
        Assert.False((rule with { Holding = HoldingRules.Default with { Dust = new Amount(1m, Usdt) } }).Answer().Fired);
    }

    [Fact]
    public void Above_and_below_can_differ()
    {
        var rule = new Drift(new DriftDistance.Points(0.1m), new DriftDistance.Points(0.03m), ["BTC"], 1);
        Assert.False(Of("BTC 60, ETH 40", "BTC 69, ETH 31", rule).Answer().Fired);
        Assert.True(Of("BTC 60, ETH 40", "BTC 56, ETH 44", rule).Answer().Fired);
        Assert.Equal("BTC is more than 10 points above or 3 points below its target", rule.Words);
    }

    [Fact]
    public void Money_is_a_share_of_the_value_of_now()
    {
        var rule = new Drift(new DriftDistance.Money(new Amount(5m, Usdt)), new DriftDistance.Money(new Amount(5m, Usdt)), [], 1);
        Assert.False(Of("BTC 60, ETH 40", "BTC 65, ETH 35", rule).Answer().Fired);
        Assert.True(Of("BTC 60, ETH 40", "BTC 130, ETH 70", rule).Answer().Breached is [_, _]);
        Assert.Equal("an asset is more than 5 USDT from its target", rule.Words);
    }

    [Fact]
    public void Money_without_a_price_is_unknown_and_holds()
    {
        var rule = new Drift(new DriftDistance.Money(new Amount(5m, A("EUR"))), new DriftDistance.Points(0.05m), [], 1);
        var decision = Of("BTC 60, ETH 40", "BTC 90, ETH 10", rule).Decide();
        Assert.Null(decision.Intent);
        Assert.EndsWith("there is no price of EUR in USDT", decision.Reason);
    }

    /// <summary>Two uncorrelated assets of one volatility s: relative volatility is √2 s, the band k · √2 s · ¼ · √(20/365).</summary>
    [Fact]
    public void Sigma_is_as_reckoned_by_hand()
    {
        var band = Sigma(("A", Past.Swing(0.01)), ("B", Past.Slow(0.01))).Bands!.ByAsset[A("A")];
        var half = 2 * Math.Sqrt(2) * Past.Volatility(0.01) * 0.25 * Math.Sqrt(20 / 365.0);
        Assert.Equal((0.5 - half, 0.5 + half), (band.Low, band.High), new Near());
    }

    [Theory]
    [InlineData(19)]
    [InlineData(5)]
    public void Sigma_without_history_is_unknown_and_never_quiet(int count) =>
        Assert.Equal(TriggerState.Unknown, Sigma(("A", Past.Swing(0.01, count)), ("B", Past.Slow(0.01, count))).State);

    [Fact]
    public void Sigma_of_an_asset_without_prices_is_unknown() => Assert.Contains("no past prices of B", Sigma(("A", Past.Swing(0.01))).Reason);

    [Fact]
    public void One_asset_alone_can_be_looked_at() => Assert.False(Of("BTC 60, ETH 40", "BTC 60, ETH 30, USDT 10", Points(5, "BTC")).Answer().Fired);

    [Fact]
    public void Cash_that_is_named_has_a_band_and_cash_that_rests_has_none()
    {
        Assert.Equal([Usdt], Of("BTC 90, USDT 10", "BTC 90, USDT 10", Points(5)) is var at ? (at with { Held = Holds("BTC 84, USDT 16") }).Answer().Breached.Remove(A("BTC")) : []);
        Assert.DoesNotContain(Usdt, Of("BTC 90", "BTC 84, USDT 16", Points(5)).Answer().Bands!.ByAsset.Keys);
    }

    [Fact]
    public void A_sleeve_is_measured_as_a_share_of_its_parent()
    {
        var fired = Tree("BTC 50, ETH 16, BOND 34", Points(5, "growth", "safety")).Answer();
        Assert.Equal("growth is 6.00 points over its target, more than the 5.00 allowed", fired.Reason);
        Assert.Equal(["growth", "safety"], fired.SleeveBands.Select(b => b.Sleeve));
        Assert.False(Tree("BTC 62, ETH 2, BOND 36", Points(5, "growth", "safety")).Answer().Fired);
    }

    [Fact]
    public void A_sleeve_within_a_sleeve_is_measured_within_it()
    {
        // Within growth BTC should be half: 20 of 64 is 31 %, though growth itself is only 4 points over.
        Assert.False(Tree("BTC 30, ETH 34, BOND 36", Points(5, "coin")).Answer().Fired);
        Assert.Equal([A("BTC")], Tree("BTC 20, ETH 44, BOND 36", Points(5, "coin")).Answer().Breached);
    }

    [Fact]
    public void Cash_that_rests_in_a_sleeve_is_no_drift() => Assert.Equal(0, new Situation
    {
        Targets = new Ballast.Targets.TargetNode.Sleeves([new("in", 0.5m, Fixed("BTC 80")), new("out", 0.5m, Fixed("ETH 100"))]),
        Held = Holds("BTC 40, ETH 50, USDT 10"),
        Rules = new() { When = [Points(1, "in", "out")] },
    }.Answer().Way);

    [Fact]
    public void What_cannot_move_is_no_reason_to_trade() => Assert.False((Of("BTC 60, ETH 40", "ETH 20", Points(5)) with
    {
        Held = [Held("BTC", 80, status: HoldingStatus.Locked), Held("ETH", 20)],
    }).Answer().Fired);

    [Fact]
    public void The_rule_reads_well()
    {
        Assert.Equal("an asset is more than 5 points from its target", Points(5).Words);
        Assert.Equal("BTC or ETH is more than 25 % of its target away from it", OfTarget(25, "BTC", "ETH").Words);
        Assert.Equal("an asset is more than 1 point from its target at 3 looks in a row", (Points(1) with { Confirm = 3 }).Words);
    }

    private static TriggerResult Sigma(params (string, double[])[] past) =>
        (Of("A 50, B 50", "A 50, B 50", new Drift(new DriftDistance.Sigma(2, Duration.FromDays(20)), new DriftDistance.Sigma(2, Duration.FromDays(20)), [], 1)) with { History = Past.Of(past) }).Answer();

    private static Situation Tree(string held, ITrigger rule) => new()
    {
        Targets = new Ballast.Targets.TargetNode.Sleeves([
            new("growth", 0.6m, new Ballast.Targets.TargetNode.Sleeves([new("coin", 0.5m, Fixed("BTC 100")), new("chain", 0.5m, Fixed("ETH 100"))])),
            new("safety", 0.4m, Fixed("BOND 100"))]),
        Held = Holds(held),
        Rules = new() { When = [rule] },
    };

    private sealed class Near : IEqualityComparer<(double, string)>, IEqualityComparer<(double, double)>
    {
        public bool Equals((double, string) x, (double, string) y) => Math.Abs(x.Item1 - y.Item1) < 1e-12 && x.Item2 == y.Item2;
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-12 && Math.Abs(x.Item2 - y.Item2) < 1e-12;
        public int GetHashCode((double, string) obj) => 0;
        public int GetHashCode((double, double) obj) => 0;
    }
}
