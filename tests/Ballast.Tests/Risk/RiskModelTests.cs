using Ballast.Market;
using Ballast.Money;
using Ballast.Risk;
using Ballast.Tests.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Risk;

public class RiskModelTests
{
    private static readonly PriceHistory Two = Past.Of(("A", Past.Swing(0.01)), ("B", Past.Slow(0.02)));

    [Fact]
    public void Variances_are_annual_and_uncorrelated_swings_stay_so()
    {
        var model = Model(Two, "A", "B")!;
        Assert.Equal(0.0001 * 365, model.Covariance[0, 0], 1e-12);
        Assert.Equal(0.0004 * 365, model.Covariance[1, 1], 1e-12);
        Assert.Equal(0, model.Covariance[0, 1], 1e-12);
    }

    [Fact]
    public void Shares_of_risk_sum_to_one() => Assert.Equal([0.2, 0.8], Model(Two, "A", "B")!.Shares(_ => 0.5)!, (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Against_the_rest_an_asset_moves_by_the_difference() =>
        Assert.Equal(Math.Sqrt(0.0005 * 365), Model(Two, "A", "B")!.RelativeVolatility(A("A"), _ => 0.5), 1e-12);

    [Fact]
    public void Too_short_a_past_gives_no_model() => Assert.Null(Model(Past.Of(("A", Past.Swing(0.01, 19))), "A"));

    [Fact]
    public void An_asset_without_a_series_is_not_in_the_model() => Assert.Equal([A("A")], Model(Two, "A", "C")!.Assets);

    private static RiskModel? Model(PriceHistory history, params string[] assets) =>
        RiskModel.Estimate(new Trailing(history, history.Count - 1), assets.Select(a => new Asset(a)), Usdt, Duration.FromDays(365), 365);
}
