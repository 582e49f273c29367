using Ballast.Gates;

namespace Ballast.Simulation;

/// <summary>Programs that are wrong in one way each. A simulation that does not notice one of them would not notice that fault in the product either.</summary>
internal static class WrongVariants
{
    public static ImmutableArray<Variant> All { get; } = [.. Drivers, .. WrongEars.All, .. Journals, .. Guards, .. Limits];

    /// <summary>Wrong drivers of the right core.</summary>
    private static Variant[] Drivers =>
    [
        new("send-before-journal", "effects are performed before their records are durable") { ActsFirst = true },
        new("sync-error-ignored", "a failed synchronisation of the disk is taken for a good one") { IgnoresSync = true },
        new("kill-not-looked-at", "an order leaves though the kill switch was set after its making") { SendsKilled = true },
        new("send-again", "an order without an answer is sent once more under its id") { Does = SendAgain },
        new("cancel-lost", "the kill switch cancels nothing") { Does = (_, _, step) => step with { Effects = step.Effects.RemoveAll(e => e is Effect.CancelAll) } },
        new("nothing-cancelled", "an order that rests too long is not cancelled") { Does = (_, _, step) => step with { Effects = step.Effects.RemoveAll(e => e is Effect.Cancel) } },
        new("sent-otherwise", "an order leaves at another price than its intent has") { Does = (_, _, step) => step with { Effects = [.. step.Effects.Select(OffByATick)] } },
    ];

    /// <summary>What a disk is asked to keep, and what is made of it.</summary>
    private static Variant[] Journals =>
    [
        Forgets("kill-not-durable", "the kill switch is not written down", r => r is JournalRecord.KillSet),
        Forgets("fills-not-durable", "trades are not written down", r => r is JournalRecord.Filled),
        Forgets("intents-not-durable", "intents are not written down", r => r is JournalRecord.Intended),
        Forgets("epoch-not-durable", "who took charge is not written down", r => r is JournalRecord.Started),
        Forgets("externals-not-durable", "what moved outside is not written down", r => r is JournalRecord.External),
        new("tail-ignored", "the last record is not read when a process starts") { Replay = records => ExecutionState.Of(records.SkipLast(1)) },
    ];

    /// <summary>The guards of the core, one left out at a time.</summary>
    private static Variant[] Guards =>
    [
        Without("proof-before-deadline", "not-found counts before the deadline has passed", g => g with { ProofNeedsDeadline = false }),
        Without("one-not-found", "one not-found closes an order", g => g with { ProofNeedsTwo = false }),
        Without("any-reject-is-final", "every refusal closes an order", g => g with { OnlyDefiniteRejects = false }),
        Without("trades-twice", "a trade is booked as often as it is told", g => g with { TradesOnce = false }),
        Without("closed-before-fills", "an order is closed before its fills are booked", g => g with { FillsBeforeClose = false }),
        Without("closed-at-first-word", "an order is closed at the first word of its venue", g => g with { StableBeforeClose = false, FillsBeforeClose = false }),
        Without("unknown-is-free", "an order of unknown fate does not count", g => g with { UnknownCounts = false }),
        Without("many-children", "a leg may have several live orders", g => g with { OneLiveChild = false }),
        Without("no-reconcile", "trading begins and ends without a comparison of the books", g => g with { ReconcileBeforeTrade = false }),
        Without("doubt-once", "a difference is booked when it is seen once", g => g with { DoubtTwice = false }),
        Without("failed-is-absent", "a failed question is taken for a not-found", g => g with { FailedIsNotZero = false }),
        Without("any-price", "old, crossed and negative prices are traded on", g => g with { FreshPrice = false }),
        Without("any-jump", "a price is believed whatever it was just before", g => g with { PriceGate = false }),
        Without("kill-ignored", "the kill switch is only written down", g => g with { KillStops = false }),
        Without("asks-at-will", "a venue is asked as often as one likes", g => g with { Allowance = false }),
        Without("clock-ignored", "a wrong clock stops nothing", g => g with { ClockChecked = false }),
    ];

    /// <summary>The checks of the gate, one left out at a time. Two are missed by nobody: what they check is cut to size before.</summary>
    private static Variant[] Limits =>
    [
        new("uncut", "large trades are not cut into several orders") { Rules = rules => rules with { Limits = rules.Limits with { OrderShare = 10m } } },
        .. from code in (string[])["L3_PRICE_COLLAR", "L4_WEIGHT", "L5_EXPOSURE", "L7_TURNOVER", "L8_RATE", "L9_OPEN_ORDERS", "L10_REPEAT", "L11_SHORTFALL", "L12_FEES", "L13_ALLOWED", "L14_LEGS_APART", "REDUCE_ONLY"]
           select new Variant($"no-{code}", $"the gate does not check {code}") { Rules = rules => rules with { Checks = rules.Checks.RemoveAll(c => c.Code == code) } },
    ];

    private static Variant Without(string name, string wrong, Func<Safeguards, Safeguards> less) =>
        new(name, wrong) { Rules = rules => rules with { Safeguards = less(rules.Safeguards) } };

    private static Variant Forgets(string name, string wrong, Func<JournalRecord, bool> what) => new(name, wrong) { Keeps = record => !what(record) };

    private static Step SendAgain(ExecutionState state, ExecutionEvent happened, Step step) =>
        happened is ExecutionEvent.Sent { Outcome: SendOutcome.Ambiguous, Id: var id } && step.State.Orders.TryGetValue(id, out var order) && order.IsLive
            ? step with { Effects = step.Effects.Add(new Effect.Send(new PermittedOrder(order.Request))) }
            : step;

    private static Effect OffByATick(Effect effect) => effect is Effect.Send { Order.Order: var order }
        ? new Effect.Send(new PermittedOrder(order with { Price = order.Price + order.Tradable.Tick }))
        : effect;
}
