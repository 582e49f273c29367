using Ballast.Gates;
using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>How much of a limit is used up at this moment, before any further order.</summary>
/// <param name="Key">Of a <see cref="GateLimit"/>; or <c>requests</c>, what a venue is asked within ten seconds.</param>
/// <param name="Account">Null of what all accounts have together.</param>
/// <param name="Words">What is counted, for a person.</param>
/// <param name="Used">In the limit's own unit.</param>
/// <param name="Most">The limit in force.</param>
public sealed record LimitUse(string Key, string? Account, string Words, decimal Used, decimal Most)
{
    /// <summary>Of every limit that is used up over time or by what is open. What bounds a single order is not among them.</summary>
    /// <param name="venues">Of the accounts that are traded.</param>
    public static ImmutableArray<LimitUse> Of(ExecutionState state, IReadOnlyDictionary<string, VenueSheet> venues, Instant now) =>
        [.. OfAll(state, now), .. venues.OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => OfAccount(state, v.Key, v.Value, now))];

    private static IEnumerable<LimitUse> OfAll(ExecutionState state, Instant now)
    {
        if (state.Plan is not { Value: > 0 } plan) yield break;
        var (hour, day) = Sights.Traded(state, now);
        var (shortfall, fees, traded) = Sights.Costs(state, plan);
        foreach (var (key, words, used) in ((string, string, decimal)[])
        [
            ("turnoverHour", "traded within an hour", hour / plan.Value), ("turnoverDay", "traded within a day", day / plan.Value), ("repeats", "the same trade again within an hour", Sights.MostRepeats(state, now)),
            ("shortfall", "cost of the plan's fills beyond its prices", traded > 0 ? Math.Max(0, shortfall) / traded : 0), ("fees", "fees of the plan", traded > 0 ? fees / traded : 0),
        ])
            if (state.Limits.Limits.TryGetValue(key, out var limit)) yield return new(key, null, words, used, limit.At(now));
    }

    private static IEnumerable<LimitUse> OfAccount(ExecutionState state, string account, VenueSheet sheet, Instant now)
    {
        var (watch, limits) = (state.Account(account), state.Limits.Limits);
        if (watch.Snapshot?.Margin is { Equity: > 0 } margin && limits.TryGetValue("marginUse", out var marginUse)) yield return new("marginUse", account, "margin in use", margin.Initial / margin.Equity, marginUse.At(now));
        if (limits.TryGetValue("openOrders", out var open)) yield return new("openOrders", account, "orders open", state.Orders.Values.Count(o => o.IsLive && o.Request.Account == account), open.At(now));
        if (limits.TryGetValue("ordersPerHour", out var hour)) yield return new("ordersPerHour", account, "orders within an hour", Sights.Sent(state, account, now, Duration.FromHours(1)), hour.At(now));
        yield return new("requests", account, "asked of the venue within ten seconds", Allowance.Lately(watch.Requests, state.Steady).Count(), (decimal)Allowance.MostOf(sheet));
    }
}
