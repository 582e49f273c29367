using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Allocation;

namespace Ballast.Hedging;

/// <summary>Hedge trades that were looked at once more. Only <see cref="Of"/> makes one, and only such trades can be sent.</summary>
public sealed class ApprovedHedge
{
    private ApprovedHedge(HedgePlan plan, ImmutableArray<HedgeLeg> legs) => (Plan, Legs) = (plan, legs);

    public HedgePlan Plan { get; }

    /// <summary>What is to be traded, in the order to send: relief where margin is short, else the hedge.</summary>
    public ImmutableArray<HedgeLeg> Legs { get; }

    /// <summary>Holds a plan against the policy, independently of how it was made.</summary>
    /// <returns>Refused with NO_TRADES, MARGIN_STOP, OVER_MAX_TRADE or NOT_NEARER.</returns>
    public static Answer<ApprovedHedge> Of(HedgePlan plan, HedgeSight sight)
    {
        ImmutableArray<HedgeLeg> legs = plan.Relief.IsEmpty ? [.. plan.Trades.Select(HedgeLeg.Of)] : [.. plan.Relief.Select((step, i) => HedgeLeg.Of(step, i + 1, sight))];
        if (legs.IsEmpty) return Refused("NO_TRADES", plan.Reason);
        if (!plan.Relief.IsEmpty) return new ApprovedHedge(plan, legs);
        if (sight.Limits is { } limits && plan.After.MarginUse > limits.Stop * (1 + 1e-6))
            return Refused("MARGIN_STOP", $"after the hedge {Figures.Percent(plan.After.MarginUse!.Value, 1)} of equity would be margin, above the {Figures.Percent(limits.Stop, 1)} that no plan may exceed");
        if (sight.MaxTrade is { } most && legs.FirstOrDefault(l => l.Value > most.Value) is { } large)
            return Refused("OVER_MAX_TRADE", $"{large.Contract.Symbol} would be traded for {Figures.Exact(large.Value)}, more than the {most} of one trade");
        return Nearer(plan) ? new ApprovedHedge(plan, legs) : Refused("NOT_NEARER", "delta would be further out of its band after the hedge than before");
    }

    private static bool Nearer(HedgePlan plan) => plan.Band is not { } band || Outside(plan.After, band) <= Outside(plan.Before, band) + 1e-9;

    private static double Outside(AccountLook account, DeltaEdges band) => account.Exposure.Delta(account.Numeraire) is var delta ? Math.Max(0, Math.Max(band.Low - delta, delta - band.High)) : 0;

    private static Answer<ApprovedHedge> Refused(string code, string reason) => new Answer<ApprovedHedge>.Refused(code, reason);
}

/// <summary>One order of a hedge, whatever it is for.</summary>
/// <param name="Quantity">Above zero, in the venue's own quantity.</param>
/// <param name="Price">The mark it was planned at, in the unit of the contract's price.</param>
/// <param name="Value">What changes hands or is taken on, in money.</param>
/// <param name="Reduces">Whether it may only make a position smaller.</param>
public sealed record HedgeLeg(int Number, Instrument.Derivative Contract, bool Buys, decimal Quantity, decimal Price, decimal Value, bool Reduces, string Reason)
{
    internal static HedgeLeg Of(HedgeTrade trade) => new(trade.Number, trade.Contract, trade.Buys, trade.Quantity, trade.Price, trade.Value, Reduces: false, trade.Reason);

    internal static HedgeLeg Of(Margin.ReliefStep step, int number, HedgeSight sight)
    {
        var quote = sight.Chain.Find(step.Contract);
        var (price, quantity) = (quote?.Mark ?? 0, Math.Abs(step.Quantity));
        var notional = step.Contract.AmountIn == AmountIn.Money ? quantity * step.Contract.Multiplier : quantity * step.Contract.Multiplier * price;
        var value = step.Contract is Instrument.Option && step.Contract.Settlement == step.Contract.Base ? notional * (sight.Chain.Index(step.Contract.Base) ?? 0) : notional;
        return new(number, step.Contract, step.Quantity > 0, quantity, price, value, Reduces: true, $"frees margin: {Figures.Percent(step.Use, 1)} of equity in use after it");
    }
}
