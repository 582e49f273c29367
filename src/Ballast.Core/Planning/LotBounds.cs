namespace Ballast.Planning;

/// <summary>What all orders of a plan together must respect. Cash is in base.</summary>
/// <param name="Pots">Cash of each pot before the plan.</param>
/// <param name="OfBase">Which pots count towards the buffer.</param>
/// <param name="OtherCash">Cash that counts towards the buffer and lies in no pot.</param>
/// <param name="Buffer">Buys leave at least this.</param>
/// <param name="MaxTrades">Most orders.</param>
/// <param name="MaxTraded">Most value, both sides.</param>
public sealed record LotBounds(
    ImmutableArray<decimal> Pots, ImmutableArray<bool> OfBase, decimal OtherCash = 0, decimal Buffer = 0, int MaxTrades = int.MaxValue, decimal MaxTraded = decimal.MaxValue)
{
    /// <summary>One pot of cash, as in an account without others.</summary>
    public static LotBounds Single(decimal cash, decimal buffer = 0, int maxTrades = int.MaxValue) =>
        new([cash], [true], 0, buffer, maxTrades);

    internal Spending Start()
    {
        var total = OtherCash;
        for (var i = 0; i < Pots.Length; i++)
            if (OfBase[i]) total += Pots[i];
        return new Spending(this, [.. Pots], total);
    }
}

/// <summary>Cash, orders and turnover while quantities are being chosen.</summary>
internal sealed class Spending(LotBounds bounds, decimal[] pots, decimal total)
{
    private decimal _total = total;

    public int Trades { get; private set; }
    public decimal Traded { get; private set; }

    /// <summary>Cash that a buy may take from a pot.</summary>
    public decimal Spare(int pot) => bounds.OfBase[pot] ? Math.Min(pots[pot], _total - bounds.Buffer) : pots[pot];

    /// <summary>Cash that all buys together may take at most.</summary>
    public decimal SpareAll()
    {
        var (own, other) = (bounds.OtherCash, 0m);
        for (var i = 0; i < pots.Length; i++)
            if (bounds.OfBase[i]) own += Math.Max(0, pots[i]);
            else other += Math.Max(0, pots[i]);
        return Math.Max(0, Math.Min(own, _total - bounds.Buffer)) + other;
    }

    /// <summary>Whether an order of the ticket fits in; nothing always does.</summary>
    public bool Fits(Ticket ticket, decimal quantity)
    {
        if (quantity == 0) return true;
        if (Trades >= bounds.MaxTrades || Traded + quantity * ticket.Price > bounds.MaxTraded) return false;
        return ticket.Buys ? -ticket.Cash(quantity) <= Spare(ticket.Pot) : ticket.Cash(quantity) >= 0;
    }

    public void Do(Ticket ticket, decimal quantity, int sign = 1)
    {
        if (quantity == 0) return;
        var cash = sign * ticket.Cash(quantity);
        pots[ticket.Pot] += cash;
        if (bounds.OfBase[ticket.Pot]) _total += cash;
        Traded += sign * quantity * ticket.Price;
        Trades += sign;
    }
}
