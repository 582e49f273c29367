using Ballast.Ledger;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Records;

/// <summary>What a record does to the books: entries that balance, or none.</summary>
public static class Bookings
{
    public static IEnumerable<Entry> Of(JournalRecord record)
    {
        if (record is JournalRecord.Filled filled) yield return OfTrade(filled);
        if (record is JournalRecord.Paid paid) yield return OfPayment(paid);
        if (record is JournalRecord.External external)
            yield return new Entry(external.At, external.Why,
                new Posting(Places.Assets(external.Account), new(external.Quantity, external.Asset)), new Posting(Places.External, new(-external.Quantity, external.Asset)));
    }

    /// <summary>Funding is income of its own; a gain and a delivery are the other side of what was traded.</summary>
    private static Entry OfPayment(JournalRecord.Paid paid)
    {
        var (payment, assets, trading) = (paid.Payment, Places.Assets(paid.Account), Places.Trading(paid.Payment.Symbol));
        var postings = ImmutableArray.CreateBuilder<Posting>(4);
        if (payment.Amount.Value != 0) Both(payment.Amount, payment.Kind == PaymentKind.Funding ? Places.Funding(payment.Symbol) : trading);
        if (payment.Contracts != 0) Both(new Amount(payment.Contracts, new Asset(payment.Symbol)), trading);
        return new Entry(payment.At, payment.PaymentId, postings.ToImmutable());

        void Both(Amount amount, string other)
        {
            postings.Add(new(assets, amount));
            postings.Add(new(other, -amount));
        }
    }

    /// <summary>What was got, what was given, and the fee. Of a derivative the position is an amount of its symbol; its profit is booked when the venue pays it.</summary>
    private static Entry OfTrade(JournalRecord.Filled filled)
    {
        var (trade, tradable) = (filled.Trade, filled.Tradable);
        var sign = trade.Side == Side.Buy ? 1 : -1;
        var (assets, trading) = (Places.Assets(filled.Account), Places.Trading(tradable.Symbol));
        var got = new Amount(sign * trade.Quantity, tradable.IsSpot ? tradable.Base : new Asset(tradable.Symbol));
        var postings = ImmutableArray.CreateBuilder<Posting>(6);
        Both(got);
        if (tradable.Kind is TradableKind.Spot or TradableKind.Option)
            Both(new Amount(-sign * tradable.Notional(trade.Quantity, trade.Price), tradable.IsSpot ? tradable.Quote : tradable.Settlement));
        if (trade.Fee.Value != 0)
        {
            postings.Add(new(assets, -trade.Fee));
            postings.Add(new(Places.Fees, trade.Fee));
        }
        return new Entry(trade.At, trade.TradeId, postings.ToImmutable());

        void Both(Amount amount)
        {
            postings.Add(new(assets, amount));
            postings.Add(new(trading, -amount));
        }
    }
}
