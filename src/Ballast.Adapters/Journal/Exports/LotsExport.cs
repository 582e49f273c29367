using System.Globalization;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using Ballast.Taxes;
using NodaTime.Text;

namespace Ballast.Adapters.Journal.Exports;

/// <summary>
/// Purchases and sales of spot assets as tax lots: which lot each sale used and what it gained, in one unit of account. What has no known cost keeps an
/// empty cost and an empty gain: nothing is taken for zero.
/// </summary>
/// <param name="unit">What costs, proceeds and gains are in. A trade in another quote asset has no known value.</param>
public sealed class LotsExport(Asset unit, LotMethod method)
{
    private readonly TaxRules _rules = new(method, 0, 0, Period.FromYears(1), ImmutableDictionary<string, Period>.Empty, false, WashSale.Ignore);
    private readonly CsvText _csv = new("event", "account", "asset", "quantity", "acquired", "sold", "unitCost", "unitProceeds", "gain", "period", "trade");
    private Book _book = new([], []);

    /// <param name="opening">Lots that were there at the beginning, with their costs, in place of the opening balances of the journal; null for those.</param>
    public string Write(IEnumerable<JournalRecord> records, Book? opening)
    {
        if (opening is not null) _book = opening;
        foreach (var record in records)
        {
            if (record is JournalRecord.Filled { Tradable.Kind: TradableKind.Spot } filled) Trade(filled);
            if (record is JournalRecord.External moved && (opening is null || moved.Why != Execution.Reconciling.Opening)) Move(moved);
        }
        foreach (var h in _book.Holdings.Where(h => h.Quantity != 0))
            Row("held", h, h.Quantity, null, null, null, "", "");
        return _csv.ToString();
    }

    /// <summary>Of a purchase the fee is a part of the cost, of a sale it is taken off the proceeds.</summary>
    private void Trade(JournalRecord.Filled filled)
    {
        var (trade, of, account) = (filled.Trade, filled.Tradable, filled.Account);
        var sign = trade.Side == Side.Buy ? 1 : -1;
        var (inBase, inQuote) = (trade.Fee.Asset == of.Base ? trade.Fee.Value : 0, trade.Fee.Asset == of.Quote ? trade.Fee.Value : 0);
        var quantity = trade.Quantity - sign * inBase;
        decimal? each = of.Quote == unit && quantity > 0 ? (trade.Quantity * trade.Price + sign * inQuote) / quantity : null;
        if (sign > 0) Add(of.Base, quantity, account, trade.At, each, trade.TradeId);
        else Take(of.Base, quantity, account, trade.At, each, trade.TradeId);
        if (of.Quote != unit) Other(of.Quote, -sign * trade.Quantity * trade.Price - inQuote);
        if (inBase == 0 && inQuote == 0 && trade.Fee.Asset != unit) Other(trade.Fee.Asset, -trade.Fee.Value);

        void Other(Asset asset, decimal change)
        {
            if (change > 0) Add(asset, change, account, trade.At, null, trade.TradeId);
            else if (change < 0) Take(asset, -change, account, trade.At, null, trade.TradeId);
        }
    }

    private void Move(JournalRecord.External moved)
    {
        if (moved.Asset == unit || moved.Asset.Code.Any(c => c is '/' or ':')) return;
        if (moved.Quantity > 0) Add(moved.Asset, moved.Quantity, moved.Account, null, null, moved.Why);
        else Take(moved.Asset, -moved.Quantity, moved.Account, moved.At, null, moved.Why);
    }

    private void Add(Asset asset, decimal quantity, string account, Instant? at, decimal? cost, string trade)
    {
        var lot = new Holding(asset, quantity, account, UnitCost: cost, Acquired: at);
        _book = _book with { Holdings = _book.Holdings.Add(lot) };
        Row("acquired", lot, quantity, null, null, null, "", trade);
    }

    private void Take(Asset asset, decimal quantity, string account, Instant at, decimal? proceeds, string trade)
    {
        var sale = new Sale(asset, account, Math.Min(quantity, Free(asset, account, at)), proceeds ?? 0, at, DateTimeZone.Utc);
        if (sale.Quantity > 0)
            foreach (var part in Chosen(sale))
            {
                var lot = _book.Holdings[part.Index];
                Row("sold", lot, part.Quantity, at, proceeds, proceeds is null || lot.UnitCost is null ? null : part.Gain, lot.Acquired is null ? "" : part.Period.ToString().ToLowerInvariant(), trade);
                _book = _book with { Holdings = _book.Holdings.SetItem(part.Index, lot with { Quantity = lot.Quantity - part.Quantity }) };
            }
        if (quantity > sale.Quantity) Row("sold", new Holding(asset, 0, account), quantity - sale.Quantity, at, proceeds, null, "", trade);
    }

    /// <summary>By the method; where a lot has no cost or no date, the oldest row first, for no method can tell then.</summary>
    private ImmutableArray<LotSale> Chosen(Sale sale)
    {
        if (Lots.Sell(_book, HoldingRules.Default, sale, _rules) is LotResult.Sold sold) return sold.Lots;
        var (parts, left) = (ImmutableArray.CreateBuilder<LotSale>(), sale.Quantity);
        for (var i = 0; i < _book.Holdings.Length && left > 0; i++)
        {
            if (_book.Holdings[i] is not { Quantity: > 0 } h || h.Asset != sale.Asset || h.Account != sale.Account || h.StatusAt(sale.At) != HoldingStatus.Free) continue;
            var part = Math.Min(left, h.Quantity);
            var period = h.Acquired is { } acquired ? Lots.PeriodOf(acquired, sale, _rules) : HoldingPeriod.Short;
            parts.Add(new LotSale(i, part, h.UnitCost ?? 0, h.Acquired ?? default, h.UnitCost is { } cost ? part * (sale.UnitProceeds - cost) : 0, period, 0));
            left -= part;
        }
        return parts.ToImmutable();
    }

    private decimal Free(Asset asset, string account, Instant at) =>
        _book.Holdings.Where(h => h.Asset == asset && h.Account == account && h.Quantity > 0 && h.StatusAt(at) == HoldingStatus.Free).Sum(h => h.Quantity);

    private void Row(string happened, Holding lot, decimal quantity, Instant? sold, decimal? proceeds, decimal? gain, string period, string trade) => _csv.Row(
        happened, lot.Account, lot.Asset.Code, Figures.Exact(quantity), Time(lot.Acquired), Time(sold), Number(lot.UnitCost), Number(proceeds), Number(gain), period, trade);

    private static string Number(decimal? value) => value is { } v ? Figures.Exact(v) : "";

    private static string Time(Instant? at) => at is { } t ? InstantPattern.ExtendedIso.Format(t) : "";
}
