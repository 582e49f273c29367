using Ballast.Orders;

namespace Ballast.Execution;

/// <summary>
/// What a venue lets one account ask in ten seconds, shared out before it refuses: new orders have three fifths, questions a fifth more, and the last fifth is for cancels.
/// What must wait waits a second; nothing is dropped. A venue counts by its own clock and ours may jump, so that nothing is forgotten before its seconds were lived through one by one.
/// </summary>
internal static class Allowance
{
    private static readonly Duration Span = Duration.FromSeconds(10);

    /// <summary>A second more, which is all that a jump of our clock moves the steady one.</summary>
    private static readonly Duration Kept = Span + Duration.FromSeconds(1);

    public static bool ForOrder(Turn turn, string account) => Has(turn, account, 0.6);

    public static bool ForQuestion(Turn turn, string account) => Has(turn, account, 0.8);

    /// <summary>What an earlier process has asked lately is not known. One that dies again and again asks less each time, and then nothing until it has lived for a while.</summary>
    public static void Begin(Turn turn, string account)
    {
        var share = turn.State.Epoch > 1 ? Math.Min(0.8, 0.2 + 0.2 * turn.State.Begun.Count()) : 0;
        turn.Set(account, AccountWatch.New with { Requests = [.. Enumerable.Repeat(turn.State.Steady, (int)Math.Round(share * MostOf(turn, account)))] });
    }

    /// <summary>A request that leaves, whatever it is for.</summary>
    public static void Count(Turn turn, Effect effect)
    {
        if (AccountOf(effect) is { } account) turn.Change(account, a => a with { Requests = Lately(a.Requests, turn.State.Steady).Enqueue(turn.State.Steady) });
    }

    private static bool Has(Turn turn, string account, double share) =>
        !turn.Rules.Safeguards.Allowance || Lately(turn.State.Account(account).Requests, turn.State.Steady).Count() < share * MostOf(turn, account);

    private static double MostOf(Turn turn, string account) => MostOf(turn.SheetOf(account));

    /// <summary>What a venue lets an account ask within ten seconds.</summary>
    public static double MostOf(VenueSheet sheet) => Span.TotalSeconds * sheet.RequestsPerSecond;

    /// <summary>Those that may be of the last ten seconds.</summary>
    public static ImmutableQueue<Instant> Lately(ImmutableQueue<Instant> all, Instant now)
    {
        while (!all.IsEmpty && now - all.Peek() >= Kept) all = all.Dequeue();
        return all;
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
