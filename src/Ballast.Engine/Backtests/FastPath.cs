using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Backtest;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Engine.Backtests;

/// <summary>A policy and its prices as arrays, ready to run; made once, run often.</summary>
public sealed record FastRun(PriceMatrix Prices, FastPolicy Policy, ImmutableArray<Asset> Assets, Asset Base, ImmutableArray<Instant> Opens, int First);

/// <summary>
/// Says whether the back-test over arrays can run a policy, and translates it. It can where nothing but weights, prices and proportional costs
/// matters: fixed targets, calendar and drift rules, one account, no lots, no minima, no flows, complete prices.
/// </summary>
public static class FastPath
{
    /// <param name="shared">The history as arrays, where several policies run over it.</param>
    /// <returns>What to run, or the reason why the exact engine has to.</returns>
    public static (FastRun? Run, string? WhyNot) Of(Policy policy, PriceHistory history, BacktestSettings settings, FastPrices? shared = null)
    {
        if (Obstacle(policy, settings) is { } obstacle) return (null, obstacle);
        var (targets, _) = TargetResolver.Resolve(policy.Targets, policy.Base, null, 365);
        if (targets is null) return (null, "its targets are computed");
        var assets = targets.Weights.Select(w => w.Asset).Where(a => a != policy.Base).ToImmutableArray();
        var arrays = shared ?? new FastPrices(history, settings);
        var (prices, gap) = arrays.Of(assets, policy.Base);
        if (prices is null) return (null, gap);
        var (fast, why) = Translate(policy, targets, assets, arrays, settings);
        return fast is null ? (null, why) : (new FastRun(prices, fast, assets, policy.Base, arrays.Opens, arrays.First), null);
    }

    private static string? Obstacle(Policy policy, BacktestSettings settings)
    {
        var (rules, limits) = (policy.Rebalance, policy.Limits);
        if (policy.Accounts.Length > 1 || policy.Accounts[0].May != (Permissions.Buy | Permissions.Sell) || !policy.Accounts[0].Assets.IsEmpty) return "it has several or restricted accounts";
        if (!policy.Flows.IsEmpty || policy.CashInterest != 0) return "money comes, goes or earns interest";
        if (policy.Taxes is not null) return "it tracks tax lots";
        if (settings.Holdings is not null || !settings.Actions.IsEmpty) return "it starts from holdings or has corporate actions";
        if (!settings.Instruments.Instruments.IsEmpty) return "instruments have lots";
        if (!policy.Costs.Default.ProportionalOnly || policy.Costs.Default.FeeAsset is not null || !policy.Costs.ByAccount.IsEmpty) return "costs are not simply proportional";
        if (limits != Limits.None with { PriceAge = limits.PriceAge, Slippage = limits.Slippage, GrossExposure = limits.GrossExposure }) return "it has limits that only the planner keeps";
        if (rules.Mode != Mode.Full || rules.Otherwise is not null) return "it does not always trade both ways";
        if (rules.Cooldown is not null || rules.AtLeastEvery is not null || !rules.Pauses.IsEmpty) return "it waits or pauses";
        if (rules.To is Planning.Destination.LeastCost or Planning.Destination.BandEdge { Inner: true }) return "its destination is computed";
        return null;
    }

    private static (FastPolicy? Policy, string? WhyNot) Translate(
        Policy policy, TargetSet targets, ImmutableArray<Asset> assets, FastPrices arrays, BacktestSettings settings)
    {
        var (rules, why) = FastRules.Of(policy.Rebalance, targets, assets, policy.Base, arrays);
        if (rules is null) return (null, why);
        var rate = (double)policy.Costs.Default.Rate;
        return (new FastPolicy
        {
            Weights = [.. assets.Select(a => (double)targets.Of(a))],
            CashTarget = targets.Names(policy.Base) ? (double)targets.Of(policy.Base) : null,
            Bands = rules.Bands,
            Look = rules.Look,
            Act = rules.Act,
            Destination = policy.Rebalance.To switch
            {
                Planning.Destination.PartWay => Numerics.Backtest.Destination.Halfway,
                Planning.Destination.BandEdge when rules.Bands is not null => Numerics.Backtest.Destination.BandEdge,
                _ => Numerics.Backtest.Destination.Target,
            },
            Step = policy.Rebalance.To is Planning.Destination.PartWay(var fraction) ? fraction : 0.5,
            CostRates = [.. assets.Select(_ => rate)],
            Sizing = policy.Costs.Sizing == Costs.Sizing.BeforeCosts ? Numerics.Backtest.Sizing.BeforeCosts : Numerics.Backtest.Sizing.AfterCosts,
            Fill = settings.Fill switch
            {
                FillMode.Close => Numerics.Backtest.Fill.Close,
                FillMode.NextOpen => Numerics.Backtest.Fill.NextOpen,
                _ => Numerics.Backtest.Fill.NextClose,
            },
            Initial = settings.ChargeInitial ? InitialPurchase.Charged : InitialPurchase.Free,
            LastBarTrades = settings.LastBarTrades,
            StartValue = (double)settings.StartValue,
        }, null);
    }
}
