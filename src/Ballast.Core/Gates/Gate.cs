using Ballast.Orders;

namespace Ballast.Gates;

/// <summary>The last thing before a venue: one pure function that every order passes, and the only maker of a <see cref="PermittedOrder"/>.</summary>
public static class Gate
{
    public static Verdict Check(OrderRequest order, GateSight sight) =>
        sight.Killed is { } why ? new Verdict.Denied("KILL", why, "no order", $"the kill switch is set: {why}")
        : new Verdict.Passed(new PermittedOrder(order));
}

/// <summary>What the gate sees besides the order.</summary>
/// <param name="Killed">Why nothing may be sent; null where it may.</param>
public sealed record GateSight(Instant Now, string? Killed);

/// <summary>An order that passed the gate. Only such an order can be sent, and only the gate makes one.</summary>
public sealed class PermittedOrder
{
    internal PermittedOrder(OrderRequest order) => Order = order;

    public OrderRequest Order { get; }
}

/// <summary>What the gate says. Closed.</summary>
public abstract record Verdict
{
    private Verdict() { }

    public sealed record Passed(PermittedOrder Order) : Verdict;

    /// <param name="Limit">The limit's code, such as <c>L3_PRICE_COLLAR</c>.</param>
    /// <param name="Value">What the order would make of it.</param>
    /// <param name="Bound">What is allowed.</param>
    /// <param name="Reason">A sentence for a person.</param>
    public sealed record Denied(string Limit, string Value, string Bound, string Reason) : Verdict;
}
