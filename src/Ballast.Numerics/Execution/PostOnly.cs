namespace Ballast.Numerics.Execution;

/// <summary>When a resting order follows the market and when it gives up and crosses.</summary>
/// <param name="ImproveTicks">How much better than the best to quote: 0 joins.</param>
/// <param name="FollowTicks">How far the best may go before the order follows; at least 1.</param>
/// <param name="LeastSeconds">Between two prices.</param>
/// <param name="MostReprices">Then it stays where it is.</param>
/// <param name="CrossSeconds">With less time left than this it crosses.</param>
/// <param name="DriftBudget">In money a unit: when the mid has gone further against the order than this since it began, it crosses.</param>
public sealed record PostOnly(int ImproveTicks, int FollowTicks, double LeastSeconds, int MostReprices, double CrossSeconds, double DriftBudget)
{
    /// <summary>What to do now; a pure function of what is seen.</summary>
    public PostOnlyStep Next(Book book, Resting order)
    {
        if (!(book.Bid < book.Ask && book.Tick > 0)) throw new ArgumentOutOfRangeException(nameof(book), book, "bid below ask and a tick above zero");
        if (order.Side is not (1 or -1)) throw new ArgumentOutOfRangeException(nameof(order), order.Side, "1 buys, -1 sells");
        if (order.SecondsLeft < CrossSeconds) return new PostOnlyStep.Cross(book.Far(order.Side), "time is running out");
        if (order.Side * (book.Mid - order.StartMid) > DriftBudget) return new PostOnlyStep.Cross(book.Far(order.Side), "the market has gone too far away");
        var price = Quote(book, order.Side);
        if (order.Price is not { } resting) return new PostOnlyStep.Place(price);
        var behind = order.Side * (book.Near(order.Side) - resting) / book.Tick;
        var alone = order.Side * (resting - price) / book.Tick;
        if (Math.Max(behind, alone) < FollowTicks - 1e-9 || Math.Abs(price - resting) < 0.5 * book.Tick) return new PostOnlyStep.Keep("near the best");
        if (order.Reprices >= MostReprices) return new PostOnlyStep.Keep("followed often enough");
        return order.SecondsSincePriced < LeastSeconds ? new PostOnlyStep.Keep("priced a moment ago") : new PostOnlyStep.Place(price);
    }

    /// <summary>The best, or better by so many ticks, but never at or through the other side: an order that would cross is priced again and never becomes a taker.</summary>
    public double Quote(Book book, int side) => side > 0
        ? Math.Min(book.Bid + ImproveTicks * book.Tick, book.Ask - book.Tick)
        : Math.Max(book.Ask - ImproveTicks * book.Tick, book.Bid + book.Tick);
}

/// <summary>The best prices, without the own order, and the least step between prices.</summary>
public readonly record struct Book(double Bid, double Ask, double Tick)
{
    public double Mid => 0.5 * (Bid + Ask);

    internal double Near(int side) => side > 0 ? Bid : Ask;

    internal double Far(int side) => side > 0 ? Ask : Bid;
}

/// <summary>An order that rests, or is about to.</summary>
/// <param name="Side">1 buys, −1 sells.</param>
/// <param name="Price">Null where it is not in the book: before the first price, or after a venue has rejected one that would have crossed.</param>
/// <param name="StartMid">The mid price when it began.</param>
/// <param name="Reprices">How often it has followed.</param>
public sealed record Resting(int Side, double? Price, double StartMid, int Reprices, double SecondsSincePriced, double SecondsLeft);

/// <summary>What a resting order does next.</summary>
public abstract record PostOnlyStep
{
    private PostOnlyStep() { }

    public sealed record Place(double Price) : PostOnlyStep;

    public sealed record Keep(string Reason) : PostOnlyStep;

    /// <summary>Openly a taker, with the reason.</summary>
    public sealed record Cross(double Price, string Reason) : PostOnlyStep;
}
