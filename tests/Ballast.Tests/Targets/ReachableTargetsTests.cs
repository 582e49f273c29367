using Ballast.Holdings;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Tests.Planning;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Targets;

public class ReachableTargetsTests
{
    [Fact]
    public void What_can_all_be_reached_is_left_as_it_is() =>
        Assert.Equal("BTC 0.6, ETH 0.4 | 0", Reached(Situation.Of("BTC 60, ETH 40", "BTC 10, USDT 90")));

    [Fact]
    public void An_asset_without_a_price_has_no_target_and_the_others_share_its_part() =>
        Assert.Equal("BTC 0.75, ETH 0.25, XYZ 0 | 0", Reached(Situation.Of("BTC 60, ETH 20, XYZ 20", "BTC 50, ETH 50, XYZ 7") with { Unpriced = ["XYZ"] }));

    [Fact]
    public void What_no_target_names_keeps_its_weight_and_the_others_share_the_rest() =>
        Assert.Equal("BTC 0.48, ETH 0.32 | 0", Reached(Situation.Of("BTC 60, ETH 40", "BTC 40, ETH 40, DOGE 20")));

    [Fact]
    public void What_is_locked_above_its_target_shrinks_the_others_in_proportion() =>
        Assert.Equal("BTC 0.7, ETH 0.2, SOL 0.1 | 0", Reached(Locked("BTC 40, ETH 40, SOL 20", "BTC", 70, "ETH 30")));

    [Fact]
    public void Cash_that_is_to_rest_shrinks_too() => Assert.Equal("BTC 0.6, ETH 0.2 | 0.2", Reached(Locked("BTC 20, ETH 40", "BTC", 60, "USDT 40")));

    [Fact]
    public void What_is_locked_below_its_target_changes_nothing() => Assert.Equal("BTC 0.6, ETH 0.4 | 0", Reached(Locked("BTC 60, ETH 40", "BTC", 50, "ETH 50")));

    [Fact]
    public void In_a_watched_account_nothing_is_sold() => Assert.Equal("BTC 0.8, ETH 0.2 | 0", Reached(Situation.Of("BTC 60, ETH 40", "ETH 20") with
    {
        Accounts = [Account.Paper, Place("ledger", Permissions.None)],
        Held = [Held("BTC", 80, "ledger"), Held("ETH", 20)],
    }));

    [Fact]
    public void Where_nothing_may_be_bought_at_all_nothing_rises() => Assert.Equal("BTC 0.2, ETH 0.1 | 0.7", Reached(Situation.Of("BTC 20, ETH 40", "") with
    {
        Accounts = [Place("exit", Permissions.Sell)],
        Held = [Held("BTC", 20, "exit"), Held("ETH", 10, "exit"), Held("USDT", 70, "exit")],
    }));

    [Fact]
    public void Never_sell_is_a_floor_and_never_buy_a_ceiling()
    {
        var held = Situation.Of("BTC 50, ETH 30, SOL 20", "BTC 70, ETH 10, SOL 20");
        Assert.Equal("BTC 0.7, ETH 0.18, SOL 0.12 | 0", Reached(held with { Limits = Limits.None with { NeverSell = [A("BTC")] } }));
        Assert.Equal("BTC 0.642857143, ETH 0.1, SOL 0.257142857 | 0", Reached(held with { Limits = Limits.None with { NeverBuy = [A("ETH")] } }));
    }

    /// <summary>BTC's floor of 55 alone would shrink the others; ETH's ceiling of 10 frees more than that, so that the floor no longer matters: 9/14, 1/10, 18/70.</summary>
    [Fact]
    public void A_floor_gives_way_when_a_ceiling_frees_room() => Assert.Equal("BTC 0.642857143, ETH 0.1, SOL 0.257142857 | 0", Reached(
        Locked("BTC 50, ETH 30, SOL 20", "BTC", 55, "ETH 10, SOL 35") with { Limits = Limits.None with { NeverBuy = [A("ETH")] } }));

    [Fact]
    public void No_weight_is_scaled_beyond_its_limit_and_the_rest_is_cash() => Assert.Equal("BTC 0.5, ETH 0.3, XYZ 0 | 0", Reached(
        Situation.Of("BTC 50, ETH 20, XYZ 30", "BTC 50, ETH 50, XYZ 1") with { Unpriced = ["XYZ"], Limits = Limits.None with { EachWeight = new(0, 0.5m), Weights = Limits.None.Weights.Add(A("ETH"), new(0, 0.3m)) } }));

    [Fact]
    public void Staked_forms_fill_the_target_and_are_never_sold_for_it()
    {
        var rules = HoldingRules.Default with { SameAs = ImmutableDictionary<Asset, Asset>.Empty.Add(A("stETH"), A("ETH")) };
        Assert.Equal("BTC 0.2, ETH 0.8 | 0", Reached(Situation.Of("BTC 60, ETH 40", "BTC 20, stETH 80") with { Holding = rules }));
    }

    private static Situation Locked(string targets, string asset, decimal locked, string free) => Situation.Of(targets, free) with
    {
        Held = [Held(asset, locked, status: HoldingStatus.Locked), .. Situation.Holds(free)],
    };

    private static string Reached(Situation situation)
    {
        var targets = situation.Decide().Targets!;
        var words = string.Join(", ", targets.Weights.Select(w => $"{w.Asset} {Figures.Exact(Math.Round(w.Weight, 9))}"));
        return $"{words} | {Figures.Exact(Math.Round(targets.CashRest, 9))}";
    }
}
