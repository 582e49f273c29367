namespace Ballast.Simulation;

/// <summary>
/// I12: no order is made from a price that is old, crossed, below zero or not there, nor from one that is not the market's, nor while the clock is known to be wrong.
/// What the market's price is the world knows, and the program does not: it may take a wrong price for right only where it has never heard another, or for half a
/// minute heard no other.
/// </summary>
internal sealed class NoBadPrices(Simulated world) : Invariant(world, "I12")
{
    private static readonly Duration Stays = Duration.FromSeconds(30);

    private readonly Dictionary<(string Account, string Symbol), TopOfBook> _heard = [];
    private readonly Dictionary<string, Duration> _ahead = [];

    /// <summary>Markets whose true price this process has heard.</summary>
    private readonly HashSet<(string Account, string Symbol)> _known = [];

    /// <summary>Markets of which the last price that it heard was wrong, and since when it has heard that one; by the clock of the program, which never goes back.</summary>
    private readonly Dictionary<(string Account, string Symbol), (decimal Told, decimal True, Instant Since)> _wrong = [];
    private Instant _now = Instant.MinValue;

    public override void Booted(ExecutionState state)
    {
        _heard.Clear();
        _ahead.Clear();
        _known.Clear();
        _wrong.Clear();
        _now = Instant.MinValue;
    }

    public override void Heard(ExecutionEvent happened)
    {
        OfProgram(happened.At);
        if (happened is ExecutionEvent.ClockMeasured measured) _ahead[measured.Account] = measured.Ahead;
        if (happened is not ExecutionEvent.Quoted quoted) return;
        var key = (quoted.Account, quoted.Top.Symbol);
        if (quoted.Top.Bid > 0 && quoted.Top.Ask >= quoted.Top.Bid && !(_heard.TryGetValue(key, out var before) && quoted.Top.VenueTime < before.VenueTime)) Weigh(key, quoted.Top.Middle, OfProgram(quoted.At));
        _heard[key] = quoted.Top;
    }

    private void Weigh((string Account, string Symbol) key, decimal told, Instant at)
    {
        var market = World.Venues.First(v => v.Account == key.Account).Market(key.Symbol).Middle;
        if (!IsFar(told, market))
        {
            _known.Add(key);
            _wrong.Remove(key);
        }
        else if (!_wrong.TryGetValue(key, out var wrong) || IsFar(told, wrong.Told)) _wrong[key] = (told, market, at);
    }

    public override void Decided(ExecutionEvent heard, JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        var (key, now) = ((order.Account, order.Tradable.Symbol), OfProgram(heard.At));
        if (Math.Abs(_ahead.GetValueOrDefault(order.Account).TotalMilliseconds) > World.Rules.ClockLimit.TotalMilliseconds) Broken($"an order is made while the clock is off by {_ahead[order.Account].TotalMilliseconds} ms");
        if (!_heard.TryGetValue(key, out var top)) Broken($"{order.Tradable.Symbol} is traded without a price");
        else if (top.Bid <= 0 || top.Ask < top.Bid) Broken($"{order.Tradable.Symbol} is traded at {top.Bid} / {top.Ask}");
        else if (_known.Contains(key) && _wrong.TryGetValue(key, out var wrong) && now - wrong.Since < Stays) Broken($"{order.Tradable.Symbol} is traded at {top.Middle}, where its market is at {wrong.True}");
        else if (heard.At - top.VenueTime > World.Rules.Limits.PriceAge + Slack) Broken($"{order.Tradable.Symbol} is traded on a price that is {(heard.At - top.VenueTime).TotalSeconds} s old");
    }

    /// <summary>More than any market here moves between two prices.</summary>
    private static bool IsFar(decimal price, decimal from) => Math.Abs(price / from - 1) > 0.25m;

    private Instant OfProgram(Instant at) => _now = Instant.Max(at, _now);

    /// <summary>What no program can know: how far its clock has moved since it was measured.</summary>
    private Duration Slack => Duration.FromMilliseconds(1_000 + Math.Abs(World.Clock.ErrorMs));
}
