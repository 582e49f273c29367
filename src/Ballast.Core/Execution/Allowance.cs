using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>
/// What a venue lets one account ask in ten seconds, shared out before it refuses: new orders have three fifths, questions a fifth more, and the last fifth is for cancels.
/// What must wait waits a second; nothing is dropped.
/// </summary>
internal static class Allowance
{
    private static readonly Duration Span = Duration.FromSeconds(10);

    public static bool ForOrder(Turn turn, string account) => Has(turn, account, 0.6);

    public static bool ForQuestion(Turn turn, string account) => Has(turn, account, 0.8);

    /// <summary>What an earlier process has asked lately is not known: it may have been two fifths of all.</summary>
    public static void Begin(Turn turn, string account)
    {
        var most = (int)(0.4 * Span.TotalSeconds * turn.SheetOf(account).RequestsPerSecond);
        turn.Set(account, AccountWatch.New with { Requests = [.. Enumerable.Repeat(turn.Now, turn.State.Epoch > 1 ? most : 0)] });
    }

    /// <summary>A request that leaves, whatever it is for.</summary>
    public static void Count(Turn turn, Effect effect)
    {
        if (AccountOf(effect) is { } account) turn.Change(account, a => a with { Requests = Lately(a, turn.Now).Enqueue(turn.Now) });
    }

    private static bool Has(Turn turn, string account, double share) =>
        !turn.Rules.Safeguards.Allowance || Lately(turn.State.Account(account), turn.Now).Count() < share * Span.TotalSeconds * turn.SheetOf(account).RequestsPerSecond;

    private static ImmutableQueue<Instant> Lately(AccountWatch watch, Instant now)
    {
        var requests = watch.Requests;
        while (!requests.IsEmpty && now - requests.Peek() >= Span) requests = requests.Dequeue();
        return requests;
    }

    private static string? AccountOf(Effect effect) => effect switch
    {
        Effect.Send send => send.Order.Order.Account,
        Effect.Cancel cancel => cancel.Order.Account,
        Effect.Query query => query.Order.Account,
        Effect.TakeSnapshot take => take.Account,
        Effect.MeasureClock measure => measure.Account,
        Effect.CancelAll all => all.Account,
        _ => null,
    };
}
