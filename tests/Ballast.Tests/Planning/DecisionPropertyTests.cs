using Ballast.Holdings;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Triggers;
using FsCheck;
using FsCheck.Fluent;
using static Ballast.Tests.Planning.Situation;

namespace Ballast.Tests.Planning;

/// <summary>What holds for any portfolio, rules and destination.</summary>
public class DecisionPropertyTests
{
    private static readonly Config Many = Chance.Cases(1000);

    [Fact]
    public void Wanted_weights_are_shares_that_sum_to_at_most_one() => ForAll(s =>
    {
        if (s.Decide().Intent is not { } intent) return;
        Assert.All(intent.Wanted, w => Assert.InRange(w.Weight, 0m, 1m));
        Assert.True(intent.Wanted.Sum(w => w.Weight) <= 1.00000000001m, $"they sum to {intent.Wanted.Sum(w => w.Weight)}");
    });

    [Fact]
    public void Reachable_targets_and_what_is_kept_sum_to_one() => ForAll(s =>
    {
        if (s.Decide() is not { Targets: { } targets, Portfolio: var portfolio }) return;
        var kept = portfolio.Lines.Where(l => l.Asset != portfolio.Base && !targets.Names(l.Asset)).Sum(l => l.Value) / portfolio.Value;
        var sum = targets.Weights.Sum(w => w.Weight) + targets.CashRest + kept;
        Assert.True(Math.Abs(sum - 1) < 1e-20m || (sum < 1 && NothingTakesMoney(s)), $"they sum to {sum}");
    });

    /// <summary>Money that no target can take stays in cash: all that is wanted may not be bought, or has no price.</summary>
    private static bool NothingTakesMoney(Situation s) => s.Targets is TargetNode.Weights wanted && wanted.Shares.Sum(w => w.Weight) == 1
        && wanted.Shares.All(w => w.Weight == 0 || s.Limits.NeverBuy.Contains(w.Asset) || s.Unpriced.Contains(w.Asset.Code));

    [Fact]
    public void The_order_of_holdings_and_assets_changes_nothing() => ForAll(s => Same(s, s with
    {
        Held = [.. s.Held.Reverse()],
        Accounts = [.. s.Accounts.Reverse()],
        Targets = s.Targets is TargetNode.Weights w ? w with { Shares = [.. w.Shares.Reverse()] } : s.Targets,
    }));

    [Fact]
    public void Splitting_a_holding_over_accounts_changes_nothing() => ForAll(s => Same(s, s with
    {
        Accounts = [Account.Paper, Given.Place("second")],
        Held = [.. s.Held.SelectMany(h => new[] { h with { Quantity = h.Quantity / 4 }, h with { Quantity = h.Quantity * 3 / 4, Account = "second" } })],
    }));

    [Fact]
    public void Ten_times_as_much_decides_the_same() => ForAll(s =>
        Assert.Equal(WithoutMoney(s), WithoutMoney(s with { Held = [.. s.Held.Select(h => h with { Quantity = h.Quantity * 10 })] })));

    [Fact]
    public void Deciding_twice_gives_the_same() => ForAll(s => Same(s, s));

    private static void Same(Situation one, Situation other) => Assert.Equal(Said(one.Decide()), Said(other.Decide()));

    /// <summary>Some rules say in money what trading costs.</summary>
    private static string WithoutMoney(Situation s) => System.Text.RegularExpressions.Regex.Replace(Said(s.Decide()), @"[\d ]+\.\d\d USDT", "money");

    private static string Said(Decision decision) =>
        $"{decision.Reason} | {string.Join(", ", decision.Intent?.Wanted.Select(w => $"{w.Asset} {Math.Round(w.Weight, 9)}") ?? [])} | {string.Join(", ", decision.Answers.Select(a => $"{a.Result.State} {a.Result.ToGo}"))}";

    private static void ForAll(Action<Situation> holds) =>
        Check.One(Many, Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed => holds(Any(new Random(seed)))));

    private static Situation Any(Random dice)
    {
        string[] names = [.. new[] { "ADA", "BTC", "ETH", "SOL", "USDT", "XRP" }.Where(_ => dice.Next(4) > 0)];
        if (names.Length == 0) names = ["BTC"];
        var shares = names.Select(_ => dice.Next(0, 50)).ToArray();
        var total = Math.Max(1, shares.Sum() + (dice.Next(2) * dice.Next(30)));
        var targets = new TargetNode.Weights([.. names.Zip(shares, (n, s) => new TargetWeight(new(n), (decimal)s / total))]) { CashRest = true };
        Holding[] held = [.. new[] { "ADA", "BTC", "DOGE", "ETH", "SOL", "USDT" }.Where(_ => dice.Next(3) > 0).Select(n => Given.Held(n, dice.Next(1, 400) / 4m, status: dice.Next(5) == 0 ? HoldingStatus.Locked : HoldingStatus.Free))];
        Destination[] to = [new Destination.Target(), new Destination.PartWay(0.5), new Destination.BandEdge(false), new Destination.BandEdge(true), new Destination.LeastCost(3)];
        ITrigger[] rules = [Points(dice.Next(1, 8)), OfTarget(dice.Next(5, 40)), new AllOf([Points(3), OfTarget(20)], []), new AnyOf([Points(4), OfTarget(25)]), new LeavesRegion(3)];
        return new Situation
        {
            Targets = targets, Held = held, Fee = 0.001m,
            Unpriced = dice.Next(6) == 0 ? ["SOL"] : [],
            Limits = Limits.None with { NeverSell = dice.Next(5) == 0 ? [new("BTC")] : [], NeverBuy = dice.Next(5) == 0 ? [new("ETH")] : [] },
            Rules = new() { When = [rules[dice.Next(rules.Length)]], To = to[dice.Next(to.Length)] },
        };
    }
}
