using Ballast.Derivatives;
using Ballast.Execution;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Engine.Running;

/// <summary>What a look at a hedged book needs besides the book and the chain.</summary>
/// <param name="Find">The contract of a name; null where it is none.</param>
/// <param name="Preset">How the venue asks for margin on an underlying (null: several); null where the policy says nothing of margin.</param>
public sealed record HedgeSources(Policy Policy, Func<string, Instrument.Derivative?> Find, Func<Asset?, MarginPreset?> Preset);

/// <summary>One look at the book of a policy's hedge: the same by hand and in the running loop. Pure.</summary>
public static class HedgeLooking
{
    /// <param name="anyway">Plan to the outlook though no rule fires.</param>
    public static (HedgeSight Sight, Answer<HedgePlan> Answer) Look(HedgeSources sources, PositionBook book, Chain chain, bool anyway = false)
    {
        var (policy, rules) = (sources.Policy, sources.Policy.Hedge!);
        var costs = policy.Costs.At(rules.Book);
        var underlying = book.Underlyings is [var only] ? only : (Asset?)null;
        var sight = new HedgeSight(book, chain, [.. rules.With.Select(w => sources.Find(w.Text)).OfType<Instrument.Derivative>()],
            costs.ContractsOrAll, costs.Spread, policy.Limits.MinTrade, policy.Limits.MaxTrade)
        {
            Preset = sources.Preset(underlying), Limits = policy.Margin,
        };
        return (sight, HedgeDecider.Decide(rules, sight, LookOf(policy, book, chain), anyway));
    }

    /// <summary>The book that the journal has of an account: positions by their symbols, coins and money beside them.</summary>
    public static PositionBook BookOf(HedgeSources sources, ExecutionState state)
    {
        var account = sources.Policy.Hedge!.Book;
        var held = state.Balances.Of(account).Where(h => h.Value != 0).ToArray();
        return new PositionBook(
            [.. from h in held where Looking.IsContract(h.Key) let contract = sources.Find(h.Key.Code) where contract is not null select new Position(contract, h.Value, null, account)],
            [.. from h in held where !Looking.IsContract(h.Key) select new Balance(new Amount(h.Value, h.Key), account)]);
    }

    /// <summary>What venues said last: options as they were listed, everything else by its best prices.</summary>
    /// <param name="options">As read a moment ago.</param>
    public static Chain ChainOf(HedgeSources sources, ExecutionState state, IEnumerable<ChainQuote> options, Instant now)
    {
        var account = sources.Policy.Hedge!.Book;
        ImmutableArray<ChainQuote> listed = [.. options];
        var others = from top in state.Tops
                     where top.Key.Account == account
                     let contract = sources.Find(top.Key.Symbol)
                     where contract is not null and not Instrument.Option
                     select new ChainQuote(contract, top.Value.VenueTime, top.Value.Middle, null, top.Value.Bid, top.Value.Ask, top.Value.Middle, null);
        return new Chain(now, [.. listed, .. others]);
    }

    /// <summary>What the book is worth, in the policy's base; zero where that is not known.</summary>
    public static decimal ValueOf(Policy policy, PositionBook book, Chain chain) => LookOf(policy, book, chain).Portfolio.Value;

    /// <summary>An approved hedge as it is carried out. One leg is on its own; several go one after the other.</summary>
    public static ExecutionPlan PlanOf(ApprovedHedge approved, Policy policy, Chain chain, PlanTicket ticket, ExecutionStyle style)
    {
        var account = policy.Hedge!.Book;
        return new ExecutionPlan(ticket.Id, ticket.Policy, approved.Plan.Reason, ticket.By, chain.At, chain.At + style.Validity, policy.Base, ValueOf(policy, approved.Plan.Book, chain), ticket.InputHash, ticket.ConfigHash, style,
            [.. approved.Legs.Select(l => new ParentOrder(l.Number, account, Tradable.Of(l.Contract), l.Buys ? Side.Buy : Side.Sell, l.Quantity, l.Price, InBase(policy, chain, l), l.Reason,
                ReduceOnly: l.Reduces, Group: approved.Legs.Length > 1 && policy.Hedge.Legs == LegMode.OneByOne ? 1 : 0))]);
    }

    private static decimal InBase(Policy policy, Chain chain, HedgeLeg leg) => chain.Index(policy.Base) is { } index and > 0 ? leg.Value / index : leg.Value;

    /// <summary>The book's balances as a portfolio, for rules that look at one.</summary>
    private static Look LookOf(Policy policy, PositionBook book, Chain chain)
    {
        var account = policy.Accounts.First(a => a.Name == policy.Hedge!.Book);
        var quotes = book.Underlyings.Where(u => chain.Index(u) is not null).Select(u => new Quote(new(chain.Index(u)!.Value, u, new("USD")), chain.At));
        var holdings = new Book([account], [.. book.Balances.Select(b => new Holding(b.Amount.Asset, b.Amount.Value, account.Name))]);
        var portfolio = new Portfolio(policy.Base, holdings, new MarketSnapshot(chain.At, quotes), policy.Holdings, []);
        return new Look(chain.At, null, portfolio, null, 365, 0, new TargetSet([], 0, []), new Reach(portfolio, WeightBounds.None), policy.Costs, 0, Memory.Empty);
    }
}
