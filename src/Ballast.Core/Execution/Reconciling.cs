using System.Security.Cryptography;
using System.Text;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>The books against the venue, to the last unit. What differs is asked for twice, then booked by its name or left to a person; it is never ignored.</summary>
public static class Reconciling
{
    /// <summary>How the balances are booked that an account had when Ballast first saw it.</summary>
    public const string Opening = "opening balance";

    internal static void Compare(Turn turn, AccountSnapshot snapshot)
    {
        var account = snapshot.Account;
        turn.Change(account, a => a with { Snapshot = snapshot });
        foreach (var report in snapshot.Open) OrderFacts.Order(turn, account, report);
        AskForMissing(turn, snapshot);
        // A cancel of everything may have been lost on its way.
        if (turn.State.KilledFor(account) is not null && snapshot.Open.Any(o => o.Id is { IsOurs: true })) turn.Do(new Effect.CancelAll(account));
        if (turn.State.AnyLive(account) || !turn.State.Account(account).Unmatched.IsEmpty || !After(turn, snapshot)) Again(turn, account);
        else Settle(turn, snapshot, Differences(turn.State, snapshot));
    }

    /// <summary>
    /// A person lets the venue's figures stand: orders that could be neither found nor ruled out, and that cannot come any more, are closed on that word;
    /// the differences are booked, and the books compared once more.
    /// </summary>
    internal static void Accept(Turn turn, ExecutionEvent.DifferenceAccepted e)
    {
        turn.Record(new JournalRecord.Accepted(turn.Now, e.Account, e.By, e.Note));
        foreach (var (id, order) in turn.State.Orders)
            if (order is { State: OrderState.Unknown, Filled: 0 } && order.Request.Account == e.Account && turn.VenueNow(e.Account) > turn.SheetOf(e.Account).ProofFrom(order.Request.Deadline)
                && turn.State.Account(e.Account).Snapshot?.Open.Any(o => o.Id == id) != true)
                turn.Move(id, OrderCause.Accepted, OrderState.ProvenAbsent, $"{e.By}: {e.Note}");
        if (turn.State.Account(e.Account).Snapshot is { } snapshot && !turn.State.AnyLive(e.Account))
            Book(turn, snapshot, Differences(turn.State, snapshot), $"accepted by {e.By}: {e.Note}");
        turn.Change(e.Account, a => a with { Ready = false, Doubt = null, NextSnapshot = turn.Now });
    }

    /// <summary>What the venue has more than the books, by asset; a position is an asset of its symbol's name.</summary>
    public static ImmutableSortedDictionary<Asset, decimal> Differences(ExecutionState state, AccountSnapshot snapshot)
    {
        var differences = ImmutableSortedDictionary.CreateBuilder<Asset, decimal>();
        foreach (var (asset, quantity) in snapshot.Balances) Add(asset, quantity);
        foreach (var (symbol, quantity) in snapshot.Positions) Add(new Asset(symbol), quantity);
        foreach (var (asset, quantity) in state.Balances.Of(snapshot.Account)) Add(asset, -quantity);
        return differences.ToImmutable();

        void Add(Asset asset, decimal quantity)
        {
            var sum = differences.GetValueOrDefault(asset) + quantity;
            if (sum == 0) differences.Remove(asset);
            else differences[asset] = sum;
        }
    }

    private static void Settle(Turn turn, AccountSnapshot snapshot, ImmutableSortedDictionary<Asset, decimal> differences)
    {
        var account = snapshot.Account;
        if (differences.IsEmpty) Agree(turn, snapshot);
        else if (!turn.State.Opened.Contains(account))
        {
            Book(turn, snapshot, differences, Opening);
            Agree(turn, snapshot);
        }
        else if (Doubted(turn, snapshot, differences)) Again(turn, account);
        else if (Suspicious(turn, snapshot, differences) is { } reason)
        {
            if (!turn.State.Mismatches.ContainsKey(account))
            {
                turn.Record(new JournalRecord.Mismatched(turn.Now, account, snapshot.AsOf, reason));
                turn.Tell(Topics.Refused, "BOOKS_DIFFER", $"{account}: {reason}; look at the venue, then accept its figures or put it right");
            }
            Again(turn, account);
        }
        else
        {
            Book(turn, snapshot, differences, "moved outside of Ballast");
            Agree(turn, snapshot);
        }
    }

    /// <summary>A difference counts when a later snapshot, later than reads may lag, says the same.</summary>
    private static bool Doubted(Turn turn, AccountSnapshot snapshot, ImmutableSortedDictionary<Asset, decimal> differences)
    {
        if (!turn.Rules.Safeguards.DoubtTwice) return false;
        var text = string.Join(", ", differences.Select(d => $"{Figures.Exact(d.Value)} {d.Key}"));
        var watch = turn.State.Account(snapshot.Account);
        if (watch.Doubt != text)
        {
            turn.Change(snapshot.Account, a => a with { Doubt = text, DoubtAsOf = snapshot.AsOf });
            return true;
        }
        return snapshot.AsOf - watch.DoubtAsOf < turn.SheetOf(snapshot.Account).LagMargin;
    }

    /// <summary>Why a person must look; null where it is a deposit, a withdrawal or what a venue pays and takes.</summary>
    private static string? Suspicious(Turn turn, AccountSnapshot snapshot, ImmutableSortedDictionary<Asset, decimal> differences)
    {
        foreach (var (asset, difference) in differences)
        {
            var held = turn.State.Balances.Of(snapshot.Account, asset);
            if (Expired(asset, snapshot) && held + difference == 0) continue;
            if (difference < 0 && -difference > turn.Rules.FallLimit * Math.Abs(held))
                return $"the venue has {Figures.Exact(held + difference)} {asset}, the books {Figures.Exact(held)}";
        }
        return null;
    }

    /// <summary>A contract whose time is over is gone: that is no fall. What it paid is judged like any other money.</summary>
    private static bool Expired(Asset asset, AccountSnapshot snapshot) => ContractName.Parse(asset.Code)?.Expiry <= snapshot.AsOf;

    private static void Book(Turn turn, AccountSnapshot snapshot, ImmutableSortedDictionary<Asset, decimal> differences, string why)
    {
        foreach (var (asset, quantity) in differences)
            turn.Record(new JournalRecord.External(turn.Now, snapshot.Account, asset, quantity, why,
                KeyOf($"{snapshot.Account}|{asset}|{Figures.Exact(turn.State.Balances.Of(snapshot.Account, asset))}|{Figures.Exact(quantity)}")));
    }

    private static void Agree(Turn turn, AccountSnapshot snapshot)
    {
        var account = snapshot.Account;
        var watch = turn.State.Account(account);
        if (!watch.Ready || turn.State.Mismatches.ContainsKey(account))
            turn.Record(new JournalRecord.Reconciled(turn.Now, account, snapshot.AsOf, KeyOf(string.Join(',', turn.State.Balances.Of(account).Select(b => $"{b.Key}={Figures.Exact(b.Value)}")))));
        turn.Change(account, a => a with { Ready = true, Doubt = null, AgreedAsOf = snapshot.AsOf, NextSnapshot = turn.Now + Duration.FromSeconds(60) });
    }

    /// <summary>A snapshot that may lack the last trade says nothing of the books.</summary>
    private static bool After(Turn turn, AccountSnapshot snapshot) =>
        !turn.State.LastFill.TryGetValue(snapshot.Account, out var fill)
        || snapshot.AsOf > fill + (turn.State.Account(snapshot.Account).Ahead ?? Duration.Zero) + turn.SheetOf(snapshot.Account).LagMargin;

    private static void AskForMissing(Turn turn, AccountSnapshot snapshot)
    {
        foreach (var (id, order) in turn.State.Orders)
            if (order.State is OrderState.Open or OrderState.Partial && order.Request.Account == snapshot.Account && !snapshot.Open.Any(o => o.Id == id || o.VenueOrderId == order.VenueOrderId))
                turn.Ask(id);
    }

    private static void Again(Turn turn, string account) => turn.Change(account, a => a with { NextSnapshot = turn.Now + Duration.FromSeconds(5) });

    private static string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
