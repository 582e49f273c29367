namespace Ballast.Simulation;

/// <summary>I12: no order is made from a price that is old, crossed, below zero or not there, nor while the clock is known to be wrong.</summary>
internal sealed class NoBadPrices(Simulated world) : Invariant(world, "I12")
{
    private readonly Dictionary<(string Account, string Symbol), TopOfBook> _heard = [];
    private readonly Dictionary<string, Duration> _ahead = [];

    public override void Booted(ExecutionState state)
    {
        _heard.Clear();
        _ahead.Clear();
    }

    public override void Heard(ExecutionEvent happened)
    {
        if (happened is ExecutionEvent.ClockMeasured measured) _ahead[measured.Account] = measured.Ahead;
        if (happened is ExecutionEvent.Quoted quoted) _heard[(quoted.Account, quoted.Top.Symbol)] = quoted.Top;
    }

    public override void Decided(ExecutionEvent heard, JournalRecord record)
    {
        if (record is not JournalRecord.Intended { Order: var order }) return;
        if (Math.Abs(_ahead.GetValueOrDefault(order.Account).TotalMilliseconds) > World.Rules.ClockLimit.TotalMilliseconds) Broken($"an order is made while the clock is off by {_ahead[order.Account].TotalMilliseconds} ms");
        if (!_heard.TryGetValue((order.Account, order.Tradable.Symbol), out var top)) Broken($"{order.Tradable.Symbol} is traded without a price");
        else if (top.Bid <= 0 || top.Ask < top.Bid) Broken($"{order.Tradable.Symbol} is traded at {top.Bid} / {top.Ask}");
        else if (heard.At - top.VenueTime > World.Rules.Limits.PriceAge + Slack) Broken($"{order.Tradable.Symbol} is traded on a price that is {(heard.At - top.VenueTime).TotalSeconds} s old");
    }

    /// <summary>What no program can know: how far its clock has moved since it was measured.</summary>
    private Duration Slack => Duration.FromMilliseconds(1_000 + Math.Abs(World.Clock.ErrorMs));
}
