namespace Ballast.Simulation;

/// <summary>I12: no order is made from a price that is old, crossed, below zero or not there, or that has just leapt, nor while the clock is known to be wrong.</summary>
internal sealed class NoBadPrices(Simulated world) : Invariant(world, "I12")
{
    private readonly Dictionary<(string Account, string Symbol), TopOfBook> _heard = [];
    private readonly Dictionary<string, Duration> _ahead = [];

    /// <summary>The last whole price of each market, and from where it leapt by a quarter at once.</summary>
    private readonly Dictionary<(string Account, string Symbol), (decimal Middle, Instant At)> _last = [];
    private readonly Dictionary<(string Account, string Symbol), (decimal From, Instant At)> _leapt = [];

    public override void Booted(ExecutionState state)
    {
        _heard.Clear();
        _ahead.Clear();
        _last.Clear();
        _leapt.Clear();
    }

    public override void Heard(ExecutionEvent happened)
    {
        if (happened is ExecutionEvent.ClockMeasured measured) _ahead[measured.Account] = measured.Ahead;
        if (happened is not ExecutionEvent.Quoted quoted) return;
        var key = (quoted.Account, quoted.Top.Symbol);
        if (quoted.Top.Bid > 0 && quoted.Top.Ask >= quoted.Top.Bid && !(_heard.TryGetValue(key, out var before) && quoted.Top.VenueTime < before.VenueTime)) Leap(key, quoted.Top.Middle, quoted.At);
        _heard[key] = quoted.Top;
    }

    private void Leap((string, string) key, decimal middle, Instant at)
    {
        var far = _last.TryGetValue(key, out var last) && Math.Abs(middle / last.Middle - 1) > 0.25m;
        if (_leapt.TryGetValue(key, out var leap) && Math.Abs(middle / leap.From - 1) <= 0.12m) _leapt.Remove(key);
        else if (far && !_leapt.ContainsKey(key) && at - last.At <= Duration.FromSeconds(10)) _leapt[key] = (last.Middle, at);
        // After a longer silence either of two prices may be the wrong one.
        if (!(far && at - last.At > Duration.FromSeconds(10))) _last[key] = (middle, at);
    }

    public override void Decided(ExecutionEvent heard, JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        if (Math.Abs(_ahead.GetValueOrDefault(order.Account).TotalMilliseconds) > World.Rules.ClockLimit.TotalMilliseconds) Broken($"an order is made while the clock is off by {_ahead[order.Account].TotalMilliseconds} ms");
        if (!_heard.TryGetValue((order.Account, order.Tradable.Symbol), out var top)) Broken($"{order.Tradable.Symbol} is traded without a price");
        else if (top.Bid <= 0 || top.Ask < top.Bid) Broken($"{order.Tradable.Symbol} is traded at {top.Bid} / {top.Ask}");
        else if (_leapt.TryGetValue((order.Account, order.Tradable.Symbol), out var leap) && heard.At - leap.At < Duration.FromSeconds(30)) Broken($"{order.Tradable.Symbol} is traded at {top.Middle}, where it was {leap.From} a moment before");
        else if (heard.At - top.VenueTime > World.Rules.Limits.PriceAge + Slack) Broken($"{order.Tradable.Symbol} is traded on a price that is {(heard.At - top.VenueTime).TotalSeconds} s old");
    }

    /// <summary>What no program can know: how far its clock has moved since it was measured.</summary>
    private Duration Slack => Duration.FromMilliseconds(1_000 + Math.Abs(World.Clock.ErrorMs));
}
