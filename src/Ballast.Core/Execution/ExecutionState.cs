using Ballast.Gates;
using Ballast.Ledger;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Execution;

/// <summary>All that execution knows: what the journal says, and beside it what only the running process knows and a restart forgets.</summary>
public sealed partial record ExecutionState
{
    public static ExecutionState Empty { get; } = new();

    // --- what the journal says ---

    /// <summary>Which process is in charge: one more with each start.</summary>
    public long Epoch { get; init; }

    /// <summary>When it started in the last ten seconds: more than once only where it dies again and again.</summary>
    public ImmutableQueue<Instant> Begun { get; init; } = [];

    public Balances Balances { get; init; } = Balances.Empty;

    /// <summary>Orders that are live, and all of the plan at hand.</summary>
    public ImmutableSortedDictionary<OrderId, ChildOrder> Orders { get; init; } = ImmutableSortedDictionary<OrderId, ChildOrder>.Empty;

    /// <summary>Every trade and payment that is booked.</summary>
    public ImmutableHashSet<TradeKey> Trades { get; init; } = [];

    /// <summary>The plan at hand, or the last one; null before the first.</summary>
    public ExecutionPlan? Plan { get; init; }

    public PlanStatus Status { get; init; } = PlanStatus.Completed;

    /// <summary>Why the plan is where it is, for a person.</summary>
    public string Why { get; init; } = "";

    /// <summary>Groups of legs that are undone.</summary>
    public ImmutableSortedSet<int> Unwinding { get; init; } = [];

    /// <summary>Legs that the gate refused for good, with the limit.</summary>
    public ImmutableSortedDictionary<int, string> DeniedLegs { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>When orders were made in the last day, by account.</summary>
    public ImmutableQueue<(Instant At, string Account)> Sends { get; init; } = [];

    /// <summary>Which plan first ordered what, in which direction, in the last day.</summary>
    public ImmutableQueue<(Instant At, string PlanId, (string Account, string Symbol, Side Side) Leg)> Starts { get; init; } = [];

    /// <summary>What was filled in the last day, in the base of its plan.</summary>
    public ImmutableQueue<(Instant At, string Account, decimal Value)> Traded { get; init; } = [];

    /// <summary>Fees of the plan so far that are in the base or quote of its trades, in its base.</summary>
    public decimal PlanFees { get; init; }

    /// <summary>What may not trade and why; <c>*</c> is everything.</summary>
    public ImmutableSortedDictionary<string, string> Kills { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Accounts whose books differ from the venue's, with the difference; a person must look.</summary>
    public ImmutableSortedDictionary<string, string> Mismatches { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When the last trade of ours was booked, per account.</summary>
    public ImmutableSortedDictionary<string, Instant> LastFill { get; init; } = ImmutableSortedDictionary<string, Instant>.Empty;

    /// <summary>Accounts whose opening balances are booked.</summary>
    public ImmutableSortedSet<string> Opened { get; init; } = [];

    /// <summary>What came and went outside of Ballast since the policy last looked.</summary>
    public ImmutableArray<Amount> MovedSinceLook { get; init; } = [];

    /// <summary>What the policy remembered at its last look, as text.</summary>
    public string? Memory { get; init; }

    /// <summary>Which limits are in force, and which wait.</summary>
    public LimitBook Limits { get; init; } = LimitBook.Empty;

    // --- what only this process knows ---

    public ImmutableSortedDictionary<OrderId, OrderWatch> Watches { get; init; } = ImmutableSortedDictionary<OrderId, OrderWatch>.Empty;

    public ImmutableSortedDictionary<string, AccountWatch> Accounts { get; init; } = ImmutableSortedDictionary<string, AccountWatch>.Empty;

    public ImmutableDictionary<(string Account, string Symbol), TopOfBook> Tops { get; init; } = ImmutableDictionary<(string, string), TopOfBook>.Empty;

    /// <summary>What stands in the books of venues, where they tell.</summary>
    public ImmutableDictionary<(string Account, string Symbol), BookDepth> Depths { get; init; } = ImmutableDictionary<(string, string), BookDepth>.Empty;

    /// <summary>What every source says of prices, and which may not be traded on.</summary>
    public PriceBook Prices { get; init; } = PriceBook.Empty;

    /// <summary>Why the journal cannot be written; null where it can.</summary>
    public string? DiskFault { get; init; }

    /// <summary>Since when a leg has waited for a price that can be used; null where none does.</summary>
    public Instant? NoPriceSince { get; init; }

    /// <summary>Why it waits, as it was first said: that a price is older by a second is no news.</summary>
    public PriceStop? NoPrice { get; init; }

    /// <summary>The clock of the last event: it never goes back.</summary>
    public Instant Now { get; init; } = Instant.MinValue;

    /// <summary>A clock of what has surely passed: each event moves it by a second at most, because a longer silence may be a jump of our own clock. What a venue allows is counted by it.</summary>
    public Instant Steady { get; init; }

    // --- what follows ---

    public bool HasPlan => Plan is not null && !Status.IsOver();

    public string? KilledFor(string account) => Kills.TryGetValue("*", out var all) ? all : Kills.GetValueOrDefault(account);

    public AccountWatch Account(string name) => Accounts.GetValueOrDefault(name) ?? AccountWatch.New;

    /// <summary>Everything ready to trade.</summary>
    public bool IsReady(string account) => Account(account) is { Ready: true, Up: true, IsUnread: false } && !Mismatches.ContainsKey(account) && KilledFor(account) is null;

    public bool AnyLive(string account)
    {
        foreach (var (_, order) in Orders)
            if (order.IsLive && order.Request.Account == account) return true;
        return false;
    }

    /// <summary>The order of ours that a venue speaks of, by our id, else by its own.</summary>
    public ChildOrder? Find(string account, OrderId? id, string? venueOrderId)
    {
        if (id is { } ours && Orders.TryGetValue(ours, out var found)) return found.Request.Account == account ? found : null;
        if (id is not null || venueOrderId is null) return null;
        foreach (var (_, order) in Orders)
            if (order.VenueOrderId == venueOrderId && order.Request.Account == account) return order;
        return null;
    }

    /// <summary>What a process that has just started knows: the same, without what it only remembered.</summary>
    public ExecutionState Restarted => this with
    {
        Watches = Watches.Clear(), Accounts = Accounts.Clear(), Tops = Tops.Clear(), Depths = Depths.Clear(), Prices = PriceBook.Empty, DiskFault = null, NoPriceSince = null, NoPrice = null, Now = Instant.MinValue, Steady = default,
    };
}

/// <summary>What is being done about one order that is not closed.</summary>
/// <param name="Since">When it came into the state it is in.</param>
/// <param name="Made">When it was made.</param>
/// <param name="NextAsk">When to ask the venue again.</param>
/// <param name="Asks">Questions asked since it was unknown.</param>
/// <param name="Asked">When the last question was asked.</param>
/// <param name="NextCancel">When to ask for the cancel again.</param>
/// <param name="Absent">Not-founds that count towards the proof; two of them on an order that is still unknown mean that there is none to be had any more.</param>
/// <param name="Closed">What the venue said when it said that the order is closed.</param>
/// <param name="Twin">Whether the venue has a second order under the id, and one of them is open.</param>
/// <param name="Told">Whether a person was told that its fate is not known.</param>
public sealed record OrderWatch(
    Instant Since, Instant Made, Instant NextAsk, int Asks = 0, Instant? Asked = null, Instant? NextCancel = null, int Cancels = 0, int Absent = 0, ClosedReport? Closed = null, bool Twin = false, bool Told = false);

/// <summary>A venue says that an order is closed with so much filled.</summary>
/// <param name="Since">From when on its answers have said so, without change; null before the first answer. A stream tells no time, and our own clock may jump.</param>
/// <param name="Last">When an answer last said so: silence confirms nothing. Both in venue time, by the venue's own word.</param>
public sealed record ClosedReport(VenueState State, decimal Filled, Instant? Since, Instant? Last);

/// <summary>What this process knows of an account beside the books.</summary>
public sealed record AccountWatch
{
    public static AccountWatch New { get; } = new();

    /// <summary>Books and venue have agreed since the last start or loss of the connection.</summary>
    public bool Ready { get; init; }

    public bool Up { get; init; } = true;

    public string DownWhy { get; init; } = "";

    /// <summary>Venue clock less ours; null until measured.</summary>
    public Duration? Ahead { get; init; }

    public Instant NextClock { get; init; } = Instant.MinValue;

    public Instant NextSnapshot { get; init; } = Instant.MinValue;

    public AccountSnapshot? Snapshot { get; init; }

    /// <summary>Venue time of the last snapshot that agreed with the books to the last unit.</summary>
    public Instant AgreedAsOf { get; init; } = Instant.MinValue;

    /// <summary>How often in a row the venue did not tell what the account holds, though it may tell its time and its prices; and what it said instead.</summary>
    public int Unread { get; init; }

    public string UnreadWhy { get; init; } = "";

    /// <summary>Whether it is not known any more what the account holds: as it is where a key was revoked.</summary>
    public bool IsUnread => Unread >= 3;

    /// <summary>A difference seen once, waiting to be seen again; and when in venue time it was.</summary>
    public string? Doubt { get; init; }

    public Instant DoubtAsOf { get; init; }

    /// <summary>When the venue was last asked for something, by the steady clock, one for each request of the last ten seconds.</summary>
    public ImmutableQueue<Instant> Requests { get; init; } = [];

    /// <summary>Trades at the venue that no order of ours explains yet.</summary>
    public ImmutableArray<TradeReport> Unmatched { get; init; } = [];
}
