using Ballast.Instruments;

namespace Ballast.Simulation;

/// <summary>
/// One account at one venue with books of its own, which are the truth of a simulation. It behaves as its sheet says and knows nothing of Ballast:
/// orders are accepted, matched in parts, cancelled, removed; money moves exactly.
/// </summary>
internal sealed partial class SimulatedVenue
{
    private static readonly Asset Third = new("FEE");

    private readonly Dictionary<OrderId, List<VenueOrder>> _byId = [];
    private readonly HashSet<long> _requests = [];
    private readonly Simulated _world;
    private readonly Chance _chance;
    private int _ids;

    public SimulatedVenue(Simulated world, VenueProfile profile, Chance chance, ImmutableArray<VenueMarket> markets)
    {
        (_world, Profile, _chance, Markets) = (world, profile, chance, markets);
        Stream = new VenueStream(world, this, chance);
    }

    public VenueProfile Profile { get; }
    public string Account => Profile.Account;
    public ImmutableArray<VenueMarket> Markets { get; }
    public VenueBooks Books { get; } = new();
    public VenueStream Stream { get; }

    /// <summary>Every order that was ever accepted.</summary>
    public List<VenueOrder> Orders { get; } = [];

    public List<VenueTrade> Trades { get; } = [];

    /// <summary>Until when orders are refused.</summary>
    public long MaintenanceUntil { get; set; } = -1;

    /// <summary>Until when nobody answers.</summary>
    public long GoneUntil { get; set; } = -1;

    public bool IsGone => _world.Time.Now <= GoneUntil;

    private long Now => _world.Time.Now;

    public VenueMarket Market(string symbol)
    {
        foreach (var market in Markets)
            if (market.Tradable.Symbol == symbol) return market;
        throw new ArgumentException($"there is no {symbol} at {Account}");
    }

    // --- placing ---

    /// <summary>A request arrives. The number is the request's own: the same bytes a second time have the same one.</summary>
    public void Place(OrderRequest request, long number, Action<SendOutcome> answer)
    {
        if (IsGone) return;
        if (Refusal(request) is { } early)
        {
            answer(early);
            return;
        }
        var delay = _chance.Between(0, _world.Faults.Active ? Profile.ProcessingMs : 20);
        if (Profile.Sheet.AckIsFinal)
        {
            _world.Time.After(delay, () => answer(Decide(request, number)));
            return;
        }
        // An acknowledgement that is none: the matching decides later.
        if (Twin(request, number) is { } twin)
        {
            answer(twin);
            return;
        }
        var order = Accept(request, matched: false);
        answer(new SendOutcome.Acknowledged(order.Report(Now, Now), []));
        _world.Time.After(delay, () => Match(order, request));
    }

    /// <summary>What the gateway says at once.</summary>
    private SendOutcome.Refused? Refusal(OrderRequest request) =>
        Throttled() ? new SendOutcome.Refused("429", "too many requests", Definite)
        : Now <= MaintenanceUntil ? new SendOutcome.Refused("MAINTENANCE", "the venue does not trade", Definite)
        : Profile.Sheet.PlaceDeadline != DeadlineCheck.None && _world.Time.True > request.Deadline ? new SendOutcome.Refused("DEADLINE", "the request came too late", Definite)
        : null;

    /// <summary>What the matching says.</summary>
    private SendOutcome Decide(OrderRequest request, long number)
    {
        var late = Profile.Sheet.PlaceDeadline is DeadlineCheck.PreEngine or DeadlineCheck.Engine or DeadlineCheck.Signed && _world.Time.True > request.Deadline;
        if (late) return new SendOutcome.Refused("DEADLINE", "the request came too late", Definite);
        if (Twin(request, number) is { } twin) return twin;
        if (Objection(request) is { } objection) return new SendOutcome.Refused("REFUSED", objection, Definite);
        var order = Accept(request, matched: true);
        if (Profile.Sheet.Ids == IdRule.Never && _world.Faults.Strikes(FaultKind.TwoOrdersOfOne) && Objection(request) is null) Accept(request, matched: true);
        Begin(order, request.Life);
        return _world.Faults.Strikes(FaultKind.ServerError) ? new SendOutcome.Ambiguous("the venue answered 503")
            : new SendOutcome.Acknowledged(order.Report(Now, Now), []);
    }

    /// <summary>What comes of an id that was used before, or of the same bytes once more; null where it is new.</summary>
    private SendOutcome? Twin(OrderRequest request, long number)
    {
        var copy = !_requests.Add(number);
        if (!_byId.TryGetValue(request.Id, out var before)) return null;
        var refused = Profile.Sheet.Ids == IdRule.Forever || (Profile.Sheet.Ids == IdRule.WhileOpen && before.Exists(o => o.IsOpen));
        if (!refused && !copy) return null;
        return refused && Profile.Sheet.Duplicate == DuplicateAnswer.ReturnFirst
            ? new SendOutcome.Acknowledged(before[0].Report(Now, Now), [])
            : new SendOutcome.Refused("DUPLICATE", "the id was used before", false);
    }

    private void Match(VenueOrder order, OrderRequest request)
    {
        if (!order.IsOpen) return;
        order.Matched = true;
        if (_world.Faults.Strikes(FaultKind.RefusedLater) || Objection(request, order) is not null) Close(order, VenueState.Rejected);
        else Begin(order, request.Life);
    }

    /// <summary>Why an order is not taken; null where it is.</summary>
    private string? Objection(OrderRequest request, VenueOrder? itself = null)
    {
        var market = Market(request.Tradable.Symbol);
        var tradable = market.Tradable;
        if (market.Delisted) return "the instrument is not traded any more";
        if (request.Quantity % tradable.Lot != 0 || request.Price % tradable.Tick != 0) return "the size is no whole lot or the price no whole tick";
        if (!tradable.Accepts(request.Quantity, request.Price)) return "the order is too small";
        if (request.Life == OrderLife.PostOnly && Profile.Sheet.PostOnly == PostOnlyAnswer.Reject && market.Crosses(request.Side, request.Price)) return "the order would take";
        return Covered(request.Tradable, request.Side, request.Quantity, request.Price, itself) ? null : "there is not enough";
    }

    private VenueOrder Accept(OrderRequest request, bool matched)
    {
        var order = new VenueOrder($"{Account}-{++_ids}", request.Id, request, request.Tradable.Symbol, request.Side, request.Quantity, request.Price, Now) { Matched = matched };
        Orders.Add(order);
        if (!_byId.TryGetValue(request.Id, out var same)) _byId[request.Id] = same = [];
        same.Add(order);
        _world.Accepted(this, order);
        return order;
    }

    private bool Definite => !Profile.CopiesHappen;
}
