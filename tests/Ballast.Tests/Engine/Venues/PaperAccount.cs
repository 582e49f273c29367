using Ballast.Costs;
using Ballast.Engine.Venues;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Futures;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Engine.Venues;

/// <summary>A paper account in a market that a seed moves, with the records that a journal of it would have.</summary>
internal sealed class PaperAccount
{
    public static readonly Asset Btc = new("BTC"), Usdc = new("USDC");

    private static readonly string[] Names = ["BTC-PERPETUAL", "BTC_USDC-PERPETUAL", "BTC-5JAN26", "BTC-5JAN26-60000-C", "BTC-5JAN26-60000-P", "BTC-25DEC26-70000-C"];

    public static readonly ContractFees Fees = new(-0.0001m, 0.0005m, 0.0003m, 0.125m);

    private readonly Random _chance;
    private readonly PaperMarket _market = new(n => Find(n));
    private readonly PaperTerms _terms;
    private decimal _index = 60_000;
    private int _orders;

    public PaperAccount(int seed)
    {
        (_chance, _terms) = (new Random(seed), new PaperTerms(CostRules.None with { Contracts = Fees }, Find, _market.Index));
        Books = PaperBooks.Opened([new(Btc, 10), new(Usdc, 500_000)]);
        Records = [.. Books.Balances.Select(b => new JournalRecord.External(Time, "paper", b.Key, b.Value, "opening balance", b.Key.Code))];
    }

    public Instant Time { get; private set; } = Now;

    public PaperBooks Books { get; set; }

    public List<JournalRecord> Records { get; }

    /// <summary>Time passes, every market moves, an order is made.</summary>
    public void Step()
    {
        Time += Duration.FromMinutes(1 + _chance.Next(40));
        _index = Math.Round(_index * (1 + 0.01m * (_chance.Next(21) - 10) / 10), 1);
        foreach (var name in Names) Show(name);
        Take(PaperTime.Pass(Books, _market, _terms, new FundingRule.Damped(0.00025, -0.005, 0.005), Time));
        Order(Names[_chance.Next(Names.Length)]);
    }

    private static Instrument.Derivative? Find(string name) => Names.Contains(name) ? Contract(name) : null;

    private void Show(string name)
    {
        var (middle, half) = Contract(name) is Instrument.Option ? (0.0005m * (20 + _chance.Next(200)), 0.0005m) : (_index + 0.5m * (_chance.Next(401) - 200), 0.5m);
        var top = new TopOfBook(name, middle - half, 0.1m * (1 + _chance.Next(50)), middle + half, 0, Time);
        _market.Show(top);
        _market.Show(new MarketFacts(name, null, middle, _index, null, Time));
        Take(PaperMatching.Move(Books, top, _terms, Time));
    }

    private void Order(string name)
    {
        var (tradable, side) = (Tradable.Of(Contract(name)), _chance.Next(2) == 0 ? Side.Buy : Side.Sell);
        var (top, lots) = (_market.Top(name)!, 1 + _chance.Next(2000));
        var price = tradable.OnTick((side == Side.Buy ? top.Ask : top.Bid) * (1 + 0.001m * (_chance.Next(5) - 2)), side);
        var request = new OrderRequest(OrderId.Of("paper", "p", _orders++, 0), "paper", "p", 1, 0, tradable, side, tradable.Lot * (tradable.Lot == 0.1m ? 1 + lots / 100 : lots), price, Time + Duration.FromSeconds(5));
        Take(PaperMatching.Place(Books, request, top, _terms, Time).Books);
    }

    private void Take(PaperBooks next)
    {
        Records.AddRange(next.Trades[Books.Trades.Length..].Select(t => new JournalRecord.Filled(Time, "paper", null, t, Tradable.Of(Contract(t.Symbol)))));
        Records.AddRange(next.Untold.Select(p => new JournalRecord.Paid(Time, "paper", p)));
        Books = next with { Untold = [] };
    }
}
