using System.Security.Cryptography;
using System.Text;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.Engine.Running;

/// <summary>What a look at a portfolio needs besides what execution knows.</summary>
/// <param name="Watched">Holdings that no venue tells of: cold, staked, in accounts that are only watched.</param>
/// <param name="Past">Past prices up to a time; null where there are none.</param>
public sealed record LookSources(Policy Policy, InstrumentSet Instruments, Book Watched, Func<Instant, Trailing?> Past, double BarsAYear)
{
    /// <summary>What no order passes; prices that fail are not decided on.</summary>
    public GateLimits Limits { get; init; } = GateLimits.Of(Policy);

    /// <summary>For a policy that hedges a book; null for one that does not.</summary>
    public HedgeSources? Hedge { get; init; }
}

/// <summary>What came of a look: the decision, and the plan made of it or why there is none.</summary>
/// <param name="InputHash">Of the holdings and prices that were looked at.</param>
public sealed record Looked(Decision Decision, Plan? Plan, ApprovedPlan? Approved, (string Code, string Reason)? Refusal, string InputHash)
{
    /// <summary>What came of the look at the book's Greeks; null where they were not looked at.</summary>
    public HedgePlan? Hedge { get; init; }

    /// <summary>The sentence that a person reads first.</summary>
    public string Reason => Refusal?.Reason ?? Hedge?.Reason ?? Plan?.Reason ?? Decision.Reason;
}

/// <summary>One look of the running loop: the same decision, the same planner and the same review as by hand and in a back-test. Pure.</summary>
public static class Looking
{
    /// <param name="bar">The bar that has just ended, where history is run; null where time is the clock's.</param>
    public static Looked Look(LookSources sources, ExecutionState state, Memory memory, Instant now, Bar? bar = null)
    {
        var policy = sources.Policy;
        var book = BookOf(sources, state);
        var (quotes, stop) = Quotes(sources, state, now, bar);
        var market = new MarketSnapshot(now, quotes, policy.Limits.PriceAge);
        var flow = state.MovedSinceLook.Sum(m => market.TryConvert(m, policy.Base)?.Value ?? 0);
        var sight = new Sight(now, bar, book, market, sources.Past(now), sources.BarsAYear, flow) { Instruments = sources.Instruments };
        var decision = Decider.Decide(policy, sight, memory);
        var hash = HashOf(sight, state);
        if (decision.Intent is not { } intent) return new Looked(decision, null, null, stop is null ? null : (stop.Code, stop.Reason), hash);
        var rules = PlanRules.Of(policy, sources.Instruments, memory, now) with { Liquidity = LiquidityOf(policy, sight, decision) };
        return Planner.Make(intent, decision.Portfolio, rules) switch
        {
            PlanResult.Refused(var code, var reason) => new Looked(decision, null, null, (code, reason), hash),
            PlanResult.Made(var plan) => Reviewed(new Looked(decision, plan, null, null, hash), plan, policy, rules),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>What is held: what the journal says of accounts that trade, and what the file says of the rest.</summary>
    public static Book BookOf(LookSources sources, ExecutionState state)
    {
        var traded = from account in sources.Policy.Accounts
                     where account.May != Permissions.None
                     from held in state.Balances.Of(account.Name)
                     where !IsContract(held.Key)
                     select new Holding(held.Key, held.Value, account.Name);
        var trading = sources.Policy.Accounts.Where(a => a.May != Permissions.None).Select(a => a.Name).ToHashSet();
        return new Book(sources.Policy.Accounts, [.. traded, .. sources.Watched.Holdings.Where(h => !trading.Contains(h.Account) || h.Status != HoldingStatus.Free)]);
    }

    /// <summary>A position is kept under its symbol, which is no asset's code.</summary>
    public static bool IsContract(Asset asset) => asset.Code.Contains('-', StringComparison.Ordinal) || asset.Code.Contains(':', StringComparison.Ordinal);

    private static Looked Reviewed(Looked looked, Plan plan, Policy policy, PlanRules rules) =>
        Review.Of(plan, looked.Decision.Portfolio, policy.Limits, rules.TurnoverUsed) switch
        {
            ReviewResult.Approved(var approved) => looked with { Approved = approved },
            ReviewResult.Refused(var objections) => looked with { Plan = null, Refusal = (objections[0].Code, string.Join("; ", objections.Select(o => o.Reason))) },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Middle prices of spot pairs, by venue time; of accounts that quote the same pair the first of the file counts. A price that is not believed is none,
    /// and where no other account has a better one, it is why nothing is decided.
    /// Where history is run, a price that is not of the bar stands in for a gap, as in a back-test: it values and does not trade.
    /// </summary>
    private static (IReadOnlyList<Quote> Quotes, PriceStop? Stop) Quotes(LookSources sources, ExecutionState state, Instant now, Bar? bar)
    {
        var limits = state.Limits.Of(sources.Limits, now);
        var all = (from account in sources.Policy.Accounts.Reverse()
                   from top in state.Tops
                   where top.Key.Account == account.Name
                   orderby top.Key.Symbol
                   let pair = PairOf(sources.Instruments, account.Venue, top.Key.Symbol)
                   where pair is not null
                   let stop = state.Prices.Doubtful(account.Name, top.Key.Symbol, [pair.Value.Base, pair.Value.Quote], state.Now, limits)
                   select (Quote: new Quote(new Price(top.Value.Middle, pair.Value.Base, pair.Value.Quote), top.Value.VenueTime, Carried: top.Value.VenueTime < bar?.Close), Stop: stop)).ToArray();
        var good = all.Where(q => q.Stop is null).Select(q => q.Quote).ToArray();
        return (good, all.FirstOrDefault(q => q.Stop is not null && !good.Any(g => (g.Price.Base, g.Price.Quote) == (q.Quote.Price.Base, q.Quote.Price.Quote))).Stop);
    }

    /// <summary>What a symbol trades; null where it is no spot pair.</summary>
    private static (Asset Base, Asset Quote)? PairOf(InstrumentSet instruments, VenueId venue, string symbol)
    {
        foreach (var i in instruments.Instruments)
            if (i.Symbol == symbol && (i.Venue == venue || i.Venue.Value.Length == 0)) return i is Instrument.Spot ? (i.Base, i.Quote) : null;
        return symbol.Split('/') is [var b, var q] && !q.Contains(':', StringComparison.Ordinal) ? (new Asset(b), new Asset(q)) : null;
    }

    private static ImmutableDictionary<Asset, Liquidity> LiquidityOf(Policy policy, Sight sight, Decision decision) =>
        policy.Costs.Default.Impact == 0 || sight.History is not { } history ? ImmutableDictionary<Asset, Liquidity>.Empty
        : Liquidities.Of(history, decision.Portfolio.Lines.Select(l => l.Asset), policy.Base);

    private static string HashOf(Sight sight, ExecutionState state)
    {
        var text = new StringBuilder();
        foreach (var h in sight.Book.Holdings) text.Append($"{h.Account} {h.Asset} {h.Status} {Figures.Exact(h.Quantity)}\n");
        foreach (var (key, top) in state.Tops.OrderBy(t => t.Key)) text.Append($"{key.Account} {key.Symbol} {Figures.Exact(top.Bid)} {Figures.Exact(top.Ask)} {top.VenueTime}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
