namespace Ballast.Planning;

/// <summary>
/// Whole lots without a search: sells down to the lot, buys down to the lot, then one lot at a time for the largest shortfall that the cash allows.
/// Good whatever the size of the problem; every shortfall left is below a lot or above the cash left.
/// </summary>
public static class GreedyLots
{
    /// <summary>A quantity for each ticket; tickets stand in the order in which they are to be served, sells first.</summary>
    /// <param name="topUp">Whether to spend what is left lot by lot, beyond the target by less than one lot.</param>
    public static decimal[] Choose(ReadOnlySpan<Ticket> tickets, LotBounds bounds, bool topUp = true)
    {
        var spending = bounds.Start();
        var chosen = new decimal[tickets.Length];
        foreach (var side in (ReadOnlySpan<Side>)[Side.Sell, Side.Buy])
            foreach (var i in Largest(tickets, side))
            {
                chosen[i] = Quantity(tickets[i], spending, bounds);
                spending.Do(tickets[i], chosen[i]);
            }
        while (topUp && Next(tickets, chosen, spending) is { } more)
        {
            spending.Do(tickets[more.Index], chosen[more.Index], -1);
            chosen[more.Index] = more.Quantity;
            spending.Do(tickets[more.Index], more.Quantity);
        }
        return chosen;
    }

    private static int[] Largest(ReadOnlySpan<Ticket> tickets, Side side)
    {
        var order = new List<(decimal Want, Money.Asset Asset, int Index)>(tickets.Length);
        for (var i = 0; i < tickets.Length; i++)
            if (tickets[i].Side == side) order.Add((tickets[i].Want, tickets[i].Asset, i));
        order.Sort((a, b) => b.Want.CompareTo(a.Want) is var more && more != 0 ? more : a.Asset.CompareTo(b.Asset) is var code && code != 0 ? code : a.Index.CompareTo(b.Index));
        return [.. order.Select(o => o.Index)];
    }

    /// <summary>Rounded down; raised to the venue's minimum where that is nearer than nothing.</summary>
    private static decimal Quantity(Ticket ticket, Spending spending, LotBounds bounds)
    {
        var room = bounds.MaxTraded - spending.Traded;
        var spare = ticket.Buys ? spending.Spare(ticket.Pot) : 0;
        if (ticket.Whole is { } whole && spending.Fits(ticket, whole) && whole <= (ticket.MaxQuantity ?? whole)) return whole;
        var down = ticket.Within(Math.Min(ticket.ToOrder, room), spare);
        if (down == 0 && ticket.Least is var least && least <= (ticket.MaxQuantity ?? least) && ticket.Loss(least) < ticket.Loss(0)) down = least;
        return down == 0 || spending.Fits(ticket, down) ? down : 0;
    }

    private static (int Index, decimal Quantity)? Next(ReadOnlySpan<Ticket> tickets, decimal[] chosen, Spending spending)
    {
        (int Index, decimal Quantity, decimal Shortfall)? best = null;
        for (var i = 0; i < tickets.Length; i++)
        {
            var ticket = tickets[i];
            if (!ticket.Buys || chosen[i] == 0) continue;
            var shortfall = ticket.Want - chosen[i] * ticket.Price;
            if (shortfall <= 0 || (best is { } b && shortfall <= b.Shortfall)) continue;
            var quantity = chosen[i] + ticket.Lot;
            if (quantity > (ticket.MaxQuantity ?? quantity)) continue;
            spending.Do(ticket, chosen[i], -1);
            if (spending.Fits(ticket, quantity)) best = (i, quantity, shortfall);
            spending.Do(ticket, chosen[i]);
        }
        return best is { } found ? (found.Index, found.Quantity) : null;
    }
}
