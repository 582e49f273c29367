using Ballast.Gates;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Execution;

/// <summary>At which limit a child order goes out: the market's, never further from the plan than its slippage.</summary>
internal static class Pricing
{
    public static decimal Of(LegProgress leg, TopOfBook top, ExecutionStyle style)
    {
        var (parent, buys) = (leg.Parent, leg.Parent.Side == Side.Buy);
        var market = buys == IsMaker(leg, style) ? top.Bid : top.Ask;
        var worst = parent.Price * (buys ? 1 + style.Slippage : 1 - style.Slippage);
        return parent.Tradable.OnTick(buys ? Math.Min(market, worst) : Math.Max(market, worst), parent.Side);
    }

    /// <summary>Every other attempt waits at our own side.</summary>
    public static bool IsMaker(LegProgress leg, ExecutionStyle style) => style.Type == OrderWay.MakerFirst && leg.Attempts % 2 == 0;
}

/// <summary>What an account can pay for, with every live order counted as filled where that is worse.</summary>
internal static class Funds
{
    /// <summary>How much of a wanted quantity is covered by what is free: of the quote asset for a buy, of the base asset for a sale. Derivatives are the gate's affair.</summary>
    public static decimal Affordable(Turn turn, ParentOrder parent, decimal price, decimal wanted)
    {
        if (!parent.Tradable.IsSpot) return wanted;
        var buys = parent.Side == Side.Buy;
        var asset = buys ? parent.Tradable.Quote : parent.Tradable.Base;
        var free = Free(turn.State, parent.Account, asset, turn.Rules.Safeguards.UnknownCounts, parent.FeeRate);
        var each = buys ? price * (1 + parent.FeeRate) : 1m;
        return free <= 0 ? 0 : Math.Min(wanted, free / each);
    }

    /// <summary>What an account has of an asset less what its live orders may take of it.</summary>
    public static decimal Free(ExecutionState state, string account, Money.Asset asset, bool unknownCounts, decimal feeRate)
    {
        var free = state.Balances.Of(account, asset);
        foreach (var (_, order) in state.Orders)
        {
            if (!order.IsLive || order.Request.Account != account || !order.Request.Tradable.IsSpot || (order.State == OrderState.Unknown && !unknownCounts)) continue;
            if (order.Request.Side == Side.Sell && order.Request.Tradable.Base == asset) free -= order.AtRisk;
            if (order.Request.Side == Side.Buy && order.Request.Tradable.Quote == asset) free -= order.AtRisk * order.Request.Price * (1 + feeRate);
        }
        return free;
    }
}

/// <summary>What the gate is shown.</summary>
internal static class Sights
{
    public static GateSight Of(Turn turn, OrderRequest order) => new(turn.VenueNow(order.Account), turn.State.KilledFor(order.Account));
}
