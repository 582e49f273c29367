namespace Ballast.Planning;

/// <summary>
/// The quantities in whole lots with the least Σ |value − wanted| + costs: exact branch and bound, sells before buys.
/// Each order is nothing, the whole position, or at least the venue's minimum. The work is bounded by a count of nodes, never by time,
/// so that the same inputs give the same plan; what is best when the count is used up is good, and not proven best.
/// </summary>
public sealed class LotSearch
{
    private readonly Ticket[] _tickets;
    private readonly int[] _order;
    private readonly decimal[] _leastLoss, _wanted, _proceeds;
    private readonly decimal[] _chosen, _best;
    private readonly Spending _spending;
    private decimal _bestLoss;
    private int _nodes;

    private LotSearch(Ticket[] tickets, LotBounds bounds, int nodes)
    {
        (_tickets, _nodes, _spending) = (tickets, nodes, bounds.Start());
        _order = [.. Enumerable.Range(0, tickets.Length).OrderBy(i => tickets[i].Buys).ThenByDescending(i => tickets[i].Price * tickets[i].Lot).ThenBy(i => tickets[i].Asset)];
        _best = GreedyLots.Choose(tickets, bounds);
        _bestLoss = LossOf(_best);
        _chosen = new decimal[tickets.Length];
        (_leastLoss, _wanted, _proceeds) = (new decimal[tickets.Length + 1], new decimal[tickets.Length + 1], new decimal[tickets.Length + 1]);
        for (var d = tickets.Length - 1; d >= 0; d--)
        {
            var ticket = tickets[_order[d]];
            _leastLoss[d] = _leastLoss[d + 1] + new Choices(ticket).LeastLoss;
            _wanted[d] = _wanted[d + 1] + (ticket.Buys ? ticket.Want : 0);
            _proceeds[d] = _proceeds[d + 1] + (ticket.Buys ? 0 : (ticket.MaxQuantity ?? throw new ArgumentException($"the sale of {ticket.Asset} has no largest quantity")) * ticket.Price);
        }
    }

    /// <summary>Quantities in the order of the tickets, and whether they are proven best.</summary>
    public static (decimal[] Quantities, bool Proven) Choose(Ticket[] tickets, LotBounds bounds, int nodes = 20_000)
    {
        var search = new LotSearch(tickets, bounds, nodes);
        search.Branch(0, 0);
        return (search._best, search._nodes > 0);
    }

    private decimal LossOf(decimal[] quantities)
    {
        var sum = 0m;
        for (var i = 0; i < quantities.Length; i++) sum += _tickets[i].Loss(quantities[i]);
        return sum;
    }

    private void Branch(int depth, decimal loss)
    {
        if (depth == _order.Length)
        {
            if (loss >= _bestLoss) return;
            _bestLoss = loss;
            _chosen.CopyTo(_best, 0);
            return;
        }
        var index = _order[depth];
        var choices = new Choices(_tickets[index]);
        // Choices come in order of rising loss, so that the first which cannot win ends them all.
        while (choices.Next(out var quantity, out var own) && loss + own + _leastLoss[depth + 1] < _bestLoss && _nodes-- > 0)
        {
            if (!_spending.Fits(_tickets[index], quantity)) continue;
            _spending.Do(_tickets[index], quantity);
            _chosen[index] = quantity;
            if (loss + own + Unfunded(depth + 1) < _bestLoss) Branch(depth + 1, loss + own);
            _spending.Do(_tickets[index], quantity, -1);
        }
        _chosen[index] = 0;
    }

    /// <summary>Buys cannot come nearer to what they want than all the cash that there can still be.</summary>
    private decimal Unfunded(int depth) => _wanted[depth] - _spending.SpareAll() - _proceeds[depth];

    /// <summary>The quantities of one ticket from the least loss on: outwards from the wanted value, with nothing and the whole among them.</summary>
    private struct Choices
    {
        private readonly Ticket _ticket;
        private readonly decimal _least, _most;
        private decimal? _down, _up, _none, _whole;

        public Choices(Ticket ticket)
        {
            _ticket = ticket;
            _least = ticket.Least;
            _most = ticket.MaxQuantity is { } most ? decimal.Truncate(most / ticket.Lot) * ticket.Lot : decimal.MaxValue;
            var start = Math.Clamp(ticket.WholeLots(ticket.ToOrder / ticket.Price), Math.Min(_least, _most), _most);
            if (_least <= _most) (_down, _up) = (start, start + ticket.Lot <= _most ? start + ticket.Lot : null);
            (_none, _whole) = (0m, ticket.Whole);
        }

        public readonly decimal LeastLoss
        {
            get
            {
                var copy = this;
                return copy.Next(out _, out var loss) ? loss : 0;
            }
        }

        public bool Next(out decimal quantity, out decimal loss)
        {
            (quantity, loss) = (0, decimal.MaxValue);
            foreach (var candidate in (ReadOnlySpan<decimal?>)[_none, _down, _up, _whole])
                if (candidate is { } q && _ticket.Loss(q) is var l && l < loss) (quantity, loss) = (q, l);
            if (loss == decimal.MaxValue) return false;
            if (_none == quantity) _none = null;
            else if (_whole == quantity) _whole = null;
            else if (_down == quantity) _down = quantity - _ticket.Lot >= _least ? quantity - _ticket.Lot : null;
            else _up = quantity + _ticket.Lot <= _most ? quantity + _ticket.Lot : null;
            return true;
        }
    }
}
