using Ballast.Holdings;
using Ballast.Money;
using Ballast.Targets;
using Ballast.Taxes;

namespace Ballast.Planning;

/// <summary>Puts chosen quantities in the order in which they are to be sent, with balances, fees and the reason of each.</summary>
internal sealed class OrderList
{
    private readonly Portfolio _portfolio;
    private readonly TargetSet _targets;
    private readonly Dictionary<(string Account, Asset Asset), decimal> _balances = [];
    private readonly Dictionary<(string Account, Asset Asset), decimal> _toSell = [];
    private readonly Dictionary<(string Account, Asset Quote), Queue<(int Number, decimal Left)>> _proceeds = [];
    private readonly List<PlannedTrade> _trades = [];
    private readonly List<string> _warnings = [];

    private OrderList(Portfolio portfolio, TargetSet targets) => (_portfolio, _targets) = (portfolio, targets);

    public static (ImmutableArray<PlannedTrade> Trades, List<string> Warnings) Of(
        Portfolio portfolio, TargetSet targets, IReadOnlyList<Order> orders, decimal[] quantities)
    {
        var list = new OrderList(portfolio, targets);
        list.Weigh(orders, quantities);
        foreach (var i in Sequence(orders, quantities)) list.Add(orders[i], quantities[i]);
        return ([.. list._trades], list._warnings);
    }

    /// <summary>Sells first, the largest overweight first; then buys, the largest shortfall first; equals by asset, then account.</summary>
    private static IEnumerable<int> Sequence(IReadOnlyList<Order> orders, decimal[] quantities) =>
        Enumerable.Range(0, quantities.Length).Where(i => quantities[i] > 0)
            .OrderBy(i => orders[i].Ticket.Buys).ThenByDescending(i => Math.Abs(orders[i].Draft.Goal - orders[i].Draft.Value))
            .ThenBy(i => orders[i].Draft.Asset).ThenByDescending(i => quantities[i]).ThenBy(i => orders[i].Route.Account.Name, StringComparer.Ordinal);

    private void Weigh(IReadOnlyList<Order> orders, decimal[] quantities)
    {
        foreach (var h in _portfolio.Book.Holdings)
            if (h.StatusAt(_portfolio.Market.At) == HoldingStatus.Free)
                _balances[(h.Account, h.Asset)] = _balances.GetValueOrDefault((h.Account, h.Asset)) + h.Quantity;
        for (var i = 0; i < quantities.Length; i++)
            if (!orders[i].Ticket.Buys && quantities[i] > 0) _toSell[(orders[i].Route.Account.Name, orders[i].Draft.Asset)] = quantities[i];
    }

    private void Add(Order order, decimal quantity)
    {
        var (route, ticket) = (order.Route, order.Ticket);
        var (account, quote) = (route.Account.Name, route.Instrument.Quote);
        var value = quantity * ticket.Price;
        var feeInBase = ticket.Costs.FeeOf(value);
        var other = ticket.Cost(quantity) - feeInBase;
        if (!ticket.Buys) Move(_toSell, (account, order.Draft.Asset), -quantity);
        var fee = Fee(order, feeInBase);
        var otherInQuote = route.QuoteInBase == 1 ? other : other / route.QuoteInBase;
        var sign = ticket.Buys ? 1 : -1;
        Move(_balances, (account, order.Draft.Asset), sign * quantity);
        Move(_balances, (account, quote), -sign * quantity * route.Price - otherInQuote);
        Move(_balances, (account, fee.Asset), -fee.Value);
        var number = _trades.Count + 1;
        var reason = ticket.Buys ? Bought(order, quantity * route.Price + otherInQuote + (fee.Asset == quote ? fee.Value : 0)) : Sold(order);
        _trades.Add(new PlannedTrade(number, route.Instrument, account, ticket.Side, quantity, route.Price, value, fee, feeInBase + other, _balances[(account, quote)], reason, [])
        {
            OtherCost = otherInQuote,
        });
        if (ticket.Buys) return;
        if (!_proceeds.TryGetValue((account, quote), out var queue)) _proceeds[(account, quote)] = queue = [];
        queue.Enqueue((number, quantity * route.Price - otherInQuote - (fee.Asset == quote ? fee.Value : 0)));
    }

    /// <summary>The fee in its own asset; in the quote asset, with a warning, where a third asset does not suffice.</summary>
    private Amount Fee(Order order, decimal feeInBase)
    {
        var route = order.Route;
        var inQuote = new Amount(route.QuoteInBase == 1 ? feeInBase : feeInBase / route.QuoteInBase, route.Instrument.Quote);
        switch (FeeIn.Kind(route, order.Ticket.Side))
        {
            case FeeKind.Received: return new Amount(feeInBase / order.Ticket.Price, order.Draft.Asset);
            case FeeKind.Third when feeInBase > 0: break;
            default: return inQuote;
        }
        var asset = FeeIn.Asset(route);
        var key = (route.Account.Name, asset);
        if (_portfolio.Market.ValueIn(asset, _portfolio.Base) is Market.Valuation.Known known)
        {
            var fee = new Amount(feeInBase / known.Price, asset);
            if (_balances.GetValueOrDefault(key) - _toSell.GetValueOrDefault(key) >= fee.Value) return fee;
        }
        _warnings.Add($"trade {_trades.Count + 1}: there is not enough {asset} in {route.Account.Name} for its fee, which is taken in {inQuote.Asset}");
        return inQuote;
    }

    private string Sold(Order order)
    {
        var over = Distance(order.Draft.Asset);
        return over > 0 ? $"over by {Figures.Points(over)} points" : $"sold to raise cash, {Figures.Points(-over)} points under its target";
    }

    private string Bought(Order order, decimal needed)
    {
        var under = -Distance(order.Draft.Asset);
        var gap = under > 0 ? $"short by {Figures.Points(under)} points" : $"on the way to its weight, {Figures.Points(-under)} points over its target";
        return $"{gap}, paid {PaidBy(order, needed)}";
    }

    /// <summary>Proceeds are spent in the order of the sales, before cash that was there.</summary>
    private string PaidBy(Order order, decimal needed)
    {
        var payers = new List<string>();
        if (_proceeds.TryGetValue((order.Route.Account.Name, order.Route.Instrument.Quote), out var queue))
            while (needed > 0 && queue.TryDequeue(out var sale))
            {
                payers.Add(sale.Number.ToString());
                if (sale.Left > needed)
                {
                    var rest = queue.ToArray();
                    queue.Clear();
                    queue.Enqueue((sale.Number, sale.Left - needed));
                    foreach (var later in rest) queue.Enqueue(later);
                }
                needed -= sale.Left;
            }
        if (payers.Count == 0) return "from cash";
        if (needed > 0) payers.Add("cash");
        return "by " + (payers.Count == 1 ? payers[0] : string.Join(", ", payers.SkipLast(1)) + " and " + payers[^1]);
    }

    private double Distance(Asset asset) => _portfolio.WeightOf(asset) - (double)_targets.Of(asset);

    private static void Move(Dictionary<(string, Asset), decimal> balances, (string, Asset) key, decimal change) =>
        balances[key] = balances.GetValueOrDefault(key) + change;
}
