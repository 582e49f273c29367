namespace Ballast.Simulation;

/// <summary>How orders become trades, and how trades move what the account holds.</summary>
internal sealed partial class SimulatedVenue
{
    /// <summary>What a derivative's position costs in margin, as a share of its worth.</summary>
    private const decimal Initial = 0.1m;

    private readonly Dictionary<string, decimal> _entries = [];

    /// <summary>An order begins its life in the book.</summary>
    private void Begin(VenueOrder order, OrderLife life)
    {
        var market = Market(order.Symbol);
        if (life == OrderLife.PostOnly && market.Crosses(order.Side, order.Price))
        {
            if (Profile.Sheet.PostOnly == PostOnlyAnswer.Reprice) order.Price = order.Side == Side.Buy ? market.Bid : market.Ask;
            else
            {
                Close(order, VenueState.Cancelled);
                return;
            }
        }
        Stream.Tell(order);
        if (life == OrderLife.ImmediateOrCancel) _world.Time.After(_chance.Between(0, 40), () => AtOnce(order));
        else Later(order, 1 + _chance.Below(4));
    }

    private void AtOnce(VenueOrder order)
    {
        if (!order.IsOpen) return;
        if (Market(order.Symbol).Crosses(order.Side, order.Price) || _chance.Happens(0.5)) Fill(order, _chance.Happens(0.6) ? order.Rest : Part(order));
        if (order.IsOpen) Close(order, VenueState.Cancelled);
    }

    /// <summary>Partial fills, some time apart; what is left after them waits for a long time.</summary>
    private void Later(VenueOrder order, int parts)
    {
        var wait = parts > 0 ? _chance.Between(1, 6_000) : _chance.Between(5_000, 30_000);
        _world.Time.After(wait, () =>
        {
            if (!order.IsOpen) return;
            if (Market(order.Symbol).Crosses(order.Side, order.Price) || _chance.Happens(0.35)) Fill(order, parts <= 1 && _chance.Happens(0.7) ? order.Rest : Part(order));
            if (order.IsOpen) Later(order, parts - 1);
        });
    }

    private decimal Part(VenueOrder order)
    {
        var lot = Market(order.Symbol).Tradable.Lot;
        var lots = (long)(order.Rest / lot);
        return lots <= 1 ? order.Rest : lot * _chance.Between(1, lots);
    }

    private void Fill(VenueOrder order, decimal quantity)
    {
        var market = Market(order.Symbol);
        if (IsGone || Now <= MaintenanceUntil || market.Delisted || quantity <= 0) return;
        var price = market.Crosses(order.Side, order.Price) ? (order.Side == Side.Buy ? market.Ask : market.Bid) : order.Price;
        var tradable = order.Intent?.Tradable ?? market.Tradable;
        if (!Affords(tradable, order.Side, quantity, price))
        {
            Close(order, VenueState.Expired);
            return;
        }
        var fee = Settle(tradable, order.Side, quantity, price, outside: order.Intent is null);
        order.Filled += quantity;
        var report = new TradeReport($"t{Trades.Count + 1}", order.VenueOrderId, Profile.TradesCarryId ? order.Id : null, order.Symbol, order.Side, quantity, price, fee, _world.Time.True);
        var trade = new VenueTrade(report, order, Now);
        order.Trades.Add(trade);
        Trades.Add(trade);
        _world.Traded(this, trade);
        if (_world.Faults.Strikes(FaultKind.TradesHidden)) order.HiddenUntil = Now + _chance.Between(20_000, 120_000);
        if (order.Rest == 0) Filled(order);
        Stream.Tell(trade);
    }

    private void Filled(VenueOrder order)
    {
        if (order.Trades.Count > 1 && _world.Faults.Strikes(FaultKind.StatusFlap)) order.FlapsUntil = Now + LagMs * 6 / 10;
        Close(order, VenueState.Filled);
    }

    public void Close(VenueOrder order, VenueState state)
    {
        if (!order.IsOpen) return;
        (order.State, order.ClosedAt) = (state, Now);
        Stream.Tell(order);
    }

    /// <summary>Moves what a trade moves; returns the fee.</summary>
    private Amount Settle(Tradable tradable, Side side, decimal quantity, decimal price, bool outside)
    {
        var sign = side == Side.Buy ? 1 : -1;
        var notional = tradable.Notional(quantity, price);
        var fee = FeeOf(tradable, side, quantity, notional);
        if (tradable.IsSpot)
        {
            Books.Move(Now, "market", tradable.Base, sign * quantity, outside);
            Books.Move(Now, "market", tradable.Quote, -sign * notional, outside);
        }
        else Position(tradable, sign * quantity, price, outside);
        Books.Move(Now, "fees", fee.Asset, -fee.Value, outside);
        return fee;
    }

    private Amount FeeOf(Tradable tradable, Side side, decimal quantity, decimal notional)
    {
        var inQuote = Up(notional * Profile.FeeRate);
        if (Profile.Fee == FeeIn.Third && Books.Of(Third) >= Up(inQuote / 100)) return new Amount(Up(inQuote / 100), Third);
        return Profile.Fee == FeeIn.Quote || side == Side.Sell || !tradable.IsSpot ? new Amount(inQuote, tradable.Settlement) : new Amount(Up(quantity * Profile.FeeRate), tradable.Base);
    }

    private static decimal Up(decimal value) => decimal.Round(value, 8, MidpointRounding.ToPositiveInfinity);

    /// <summary>A position changes; profit that is realised is paid at once or at the next settlement, and is no part of a trade's own booking.</summary>
    private void Position(Tradable tradable, decimal change, decimal price, bool outside)
    {
        var asset = new Asset(tradable.Symbol);
        var (before, entry) = (Books.Of(asset), _entries.GetValueOrDefault(tradable.Symbol));
        if (Profile.ProfitAtFill && Math.Sign(before) == -Math.Sign(change))
        {
            var closed = Math.Min(Math.Abs(before), Math.Abs(change)) * Math.Sign(before);
            Books.Move(Now, "market", tradable.Settlement, decimal.Round(closed * tradable.Multiplier * (price - entry), 8), outside: true);
        }
        Books.Move(Now, "market", asset, change, outside);
        if (before == 0 || Math.Sign(before) == Math.Sign(change)) _entries[tradable.Symbol] = decimal.Round((entry * before + price * change) / (before + change), 8);
        else if (Math.Sign(before + change) == Math.Sign(change)) _entries[tradable.Symbol] = price;
    }

    /// <summary>A position that was there before Ballast was.</summary>
    public void Begin(VenueMarket market, decimal position)
    {
        Books.Move(0, "opening", new Asset(market.Tradable.Symbol), position, outside: true);
        _entries[market.Tradable.Symbol] = market.Middle;
    }

    /// <summary>The venue pays or takes what a position has earned, or funding.</summary>
    public void Pay(Tradable tradable, decimal share)
    {
        var position = Books.Of(new Asset(tradable.Symbol));
        var amount = decimal.Round(position * Market(tradable.Symbol).Middle * share, 8);
        if (Books.Of(tradable.Settlement) + amount > 0) Books.Move(Now, "funding", tradable.Settlement, amount, outside: true);
    }

    /// <summary>The venue closes a part of a position by itself, for want of margin or because it expires.</summary>
    public void CloseOut(Tradable tradable, decimal share, bool told)
    {
        var position = Books.Of(new Asset(tradable.Symbol));
        var quantity = tradable.WholeLots(Math.Abs(position) * share);
        if (quantity == 0) return;
        var (side, market) = (position > 0 ? Side.Sell : Side.Buy, Market(tradable.Symbol));
        Foreign(tradable, side, quantity, market.Middle, told);
    }

    /// <summary>A trade that no order of Ballast made.</summary>
    public void Foreign(Tradable tradable, Side side, decimal quantity, decimal price, bool told)
    {
        if (!Affords(tradable, side, quantity, price)) return;
        var order = new VenueOrder($"{Account}-x{++_ids}", null, null, tradable.Symbol, side, quantity, price, Now) { Filled = quantity, State = VenueState.Filled, ClosedAt = Now, Matched = true };
        var fee = Settle(tradable, side, quantity, price, outside: true);
        var trade = new VenueTrade(new TradeReport($"t{Trades.Count + 1}", order.VenueOrderId, null, tradable.Symbol, side, quantity, price, fee, _world.Time.True), order, Now);
        order.Trades.Add(trade);
        Orders.Add(order);
        Trades.Add(trade);
        if (told) Stream.Tell(trade);
    }

    // --- what is covered ---

    private bool Affords(Tradable tradable, Side side, decimal quantity, decimal price)
    {
        if (!tradable.IsSpot) return Books.Of(tradable.Settlement) > tradable.Notional(quantity, price) * Profile.FeeRate;
        var notional = tradable.Notional(quantity, price);
        return side == Side.Sell ? Books.Of(tradable.Base) >= quantity : Books.Of(tradable.Quote) >= notional + (Profile.Fee == FeeIn.Quote ? Up(notional * Profile.FeeRate) : 0);
    }

    /// <summary>Whether the account has what an order may take, what other open orders may take set aside.</summary>
    private bool Covered(Tradable tradable, Side side, decimal quantity, decimal price, VenueOrder? itself)
    {
        if (!tradable.IsSpot) return Books.Of(tradable.Settlement) >= tradable.Notional(quantity, price) * Initial;
        var asset = side == Side.Sell ? tradable.Base : tradable.Quote;
        return Books.Of(asset) - Tied(asset, itself) >= (side == Side.Sell ? quantity : Costs(tradable.Notional(quantity, price)));
    }

    private decimal Tied(Asset asset, VenueOrder? except)
    {
        var tied = 0m;
        foreach (var order in Orders)
        {
            if (!order.IsOpen || ReferenceEquals(order, except)) continue;
            var tradable = order.Intent?.Tradable ?? Market(order.Symbol).Tradable;
            if (!tradable.IsSpot) continue;
            if (order.Side == Side.Sell && tradable.Base == asset) tied += order.Rest;
            if (order.Side == Side.Buy && tradable.Quote == asset) tied += Costs(tradable.Notional(order.Rest, order.Price));
        }
        return tied;
    }

    private decimal Costs(decimal notional) => Profile.Fee == FeeIn.Quote ? notional + Up(notional * Profile.FeeRate) : notional;

    public long LagMs => (long)Profile.Sheet.LagMargin.TotalMilliseconds;
}
