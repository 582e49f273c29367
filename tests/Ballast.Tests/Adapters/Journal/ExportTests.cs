using System.Diagnostics;
using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Adapters.Journal.Exports;
using Ballast.Execution;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using Ballast.Taxes;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters.Journal;

/// <summary>What leaves the journal comes back: each form is read by our own reader, by a small one written here, or by the programs that it is made for where they are installed.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 9, 0);
    private static readonly Asset Usdt = new("USDT"), Btc = new("BTC"), Eth = new("1ETH.x"), Third = new("BNB");
    private static readonly Tradable BtcUsdt = Spot(Btc), EthUsdt = Spot(Eth);
    private static readonly Tradable Perpetual = BtcUsdt with { Symbol = "BTC/USDT:USDT", Kind = TradableKind.Perpetual };
    private static readonly Tradable Option = BtcUsdt with { Symbol = "BTC-27MAR26-60000-C", Kind = TradableKind.Option };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Trades_are_read_back_to_the_last_byte(int seed)
    {
        var records = Life(seed);

        var back = TradesExport.Read(Put("trades.csv", TradesExport.Write(records)));

        Assert.True(back.Ok);
        Assert.Equal(records.OfType<JournalRecord.Filled>().Select(RecordCodec.Write), back.Value!.Select(RecordCodec.Write));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Holdings_are_read_back_as_what_is_held(int seed)
    {
        var records = Life(seed);

        var back = HoldingsFile.Load(Put("holdings.csv", HoldingsExport.Write(records)), [Account.Paper], Start + Duration.FromDays(365), allowShort: true);

        Assert.True(back.Ok);
        Assert.Equal(Held(records).Where(h => h.Key.Asset is not ("BTC/USDT:USDT" or "BTC-27MAR26-60000-C")), Sorted(back.Value!.Holdings.Select(h => ((h.Account, h.Asset.Code), h.Quantity))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Beancount_balances_in_every_entry_and_sums_to_what_is_held(int seed)
    {
        var text = BeancountExport.Write(Life(seed));
        var named = text.Split('\n').Where(l => l.StartsWith("; ", StringComparison.Ordinal)).Select(l => l[2..].Split(" is ")).ToDictionary(p => p[0], p => p[1]);

        var entries = Entries(text, line => line.Length > 10 && line[4] == '-' && line[11] == '*', line => line.StartsWith("  at:", StringComparison.Ordinal));
        var opened = text.Split('\n').Where(l => l.Contains(" open ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToHashSet();

        Assert.All(entries, e => Assert.All(e.GroupBy(p => p.Commodity), g => Assert.Equal(0m, g.Sum(p => p.Value))));
        Assert.All(entries.SelectMany(e => e), p => Assert.Contains(p.Account, opened));
        Assert.Equal(Held(Life(seed)), Sorted(entries.SelectMany(e => e).Where(p => p.Account.StartsWith("Assets:", StringComparison.Ordinal))
            .Select(p => ((p.Account == "Assets:My-desk" ? "my desk" : "binance", named.GetValueOrDefault(p.Commodity, p.Commodity)), p.Value))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ledger_balances_in_every_entry_and_sums_to_what_is_held(int seed)
    {
        var entries = Entries(LedgerExport.Write(Life(seed)), line => line.Length > 10 && line[4] == '/' && line[11] == '*', line => line.StartsWith("    ;", StringComparison.Ordinal));

        Assert.All(entries, e => Assert.All(e.GroupBy(p => p.Commodity), g => Assert.Equal(0m, g.Sum(p => p.Value))));
        Assert.Equal(Held(Life(seed)), Sorted(entries.SelectMany(e => e).Where(p => p.Account.StartsWith("assets:", StringComparison.Ordinal))
            .Select(p => ((p.Account["assets:".Length..], p.Commodity.Trim('"')), p.Value))));
    }

    [Theory]
    [InlineData("bean-check", "books.beancount")]
    [InlineData("hledger", "check", "-f", "books.ledger")]
    [InlineData("ledger", "balance", "--pedantic", "-f", "books.ledger")]
    public async Task The_programs_that_it_is_made_for_take_it(string program, params string[] words)
    {
        Assert.SkipUnless(Installed(program), $"{program} is not installed");
        Put("books.beancount", BeancountExport.Write(Life(1)));
        Put("books.ledger", LedgerExport.Write(Life(1)));
        string[] arguments = [.. words.Where(w => w != "--pedantic").Select(w => w.StartsWith("books", StringComparison.Ordinal) ? Path.Combine(_folder.Path, w) : w)];

        using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, complained + await said);
    }

    public static TheoryData<LotMethod, int> Methods =>
        new(from method in (LotMethod[])[LotMethod.Fifo, LotMethod.Lifo, LotMethod.Hifo, LotMethod.AsTagged] from seed in Enumerable.Range(1, 15) select (method, seed));

    /// <summary>By brute force: a hundredth at a time, each from the lot that the method likes best at that moment.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Each_sale_uses_the_lots_of_its_method_and_gains_what_arithmetic_says(LotMethod method, int seed)
    {
        var (opening, trades) = Purchases(seed);
        var lots = opening.Holdings.Select(h => new Lot(h.UnitCost!.Value, h.Acquired!.Value, h.Tag) { Left = h.Quantity }).ToList();
        var expected = new List<(Instant Sold, Instant Acquired, decimal Quantity, decimal Gain)>();
        foreach (var trade in trades.Select(t => t.Trade))
        {
            var each = trade.Price + (trade.Side == Side.Buy ? 1 : -1) * trade.Fee.Value / trade.Quantity;
            if (trade.Side == Side.Buy) lots.Add(new Lot(each, trade.At, null) { Left = trade.Quantity });
            else for (var left = trade.Quantity; left > 0; left -= 0.01m)
                {
                    var best = lots.Where(l => l.Left > 0).Aggregate((a, b) => Better(method, b, a) ? b : a);
                    best.Left -= 0.01m;
                    expected.Add((trade.At, best.Acquired, 0.01m, 0.01m * (each - best.Cost)));
                }
        }

        var rows = new LotsExport(Usdt, method).Write(trades, opening).Split('\n').Skip(1).Select(l => l.Split(',')).Where(c => c[0] == "sold").ToArray();

        var wanted = expected.GroupBy(e => (e.Sold, e.Acquired)).Select(g => ($"{g.Key.Sold}", $"{g.Key.Acquired}", Figures.Exact(g.Sum(e => e.Quantity)), Math.Round(g.Sum(e => e.Gain), 12))).Order();
        Assert.Equal(wanted, rows.Select(c => (c[5], c[4], c[3], Math.Round(decimal.Parse(c[8], CultureInfo.InvariantCulture), 12))).Order());
        var kept = lots.Where(l => l.Left > 0).Sum(l => l.Left);
        Assert.Equal(kept, new LotsExport(Usdt, method).Write(trades, opening).Split('\n').Select(l => l.Split(',')).Where(c => c[0] == "held" && c[2] == "BTC").Sum(c => decimal.Parse(c[3], CultureInfo.InvariantCulture)));
    }

    // --- what is exported ---

    /// <summary>Two accounts with deposits, and trades of spot, a perpetual and an option, with fees in three assets.</summary>
    private static JournalRecord[] Life(int seed)
    {
        var (chance, records) = (new Random(seed), new List<JournalRecord>());
        foreach (var account in (string[])["binance", "my desk"])
            foreach (var asset in (Asset[])[Usdt, Btc, Eth, Third]) records.Add(new JournalRecord.External(Start, account, asset, Exact(chance, 100_000), Reconciling.Opening, $"o{records.Count}"));
        for (var i = 0; i < 60; i++)
        {
            var account = chance.Next(3) == 0 ? "my desk" : "binance";
            var at = Start + Duration.FromNanoseconds(chance.NextInt64(300L * 86_400 * 1_000_000_000));
            if (chance.Next(8) == 0) records.Add(new JournalRecord.External(at, account, chance.Next(2) == 0 ? Usdt : Btc, Exact(chance, 500), "moved \"outside\"; of Ballast", $"e{i}"));
            else records.Add(Fill(account, ((Tradable[])[BtcUsdt, EthUsdt, Perpetual, Option])[chance.Next(4)], chance.Next(2) == 0 ? Side.Buy : Side.Sell, Exact(chance, 5), Exact(chance, 60_000), new Amount(Exact(chance, 3), ((Asset[])[Usdt, Btc, Third])[chance.Next(3)]), at, i));
        }
        return [.. records];
    }

    /// <summary>What is held at first, with costs, dates and tags, and then purchases and sales of it, a day apart, in hundredths.</summary>
    private static (Book Opening, JournalRecord.Filled[] Trades) Purchases(int seed)
    {
        var chance = new Random(seed);
        var opening = Enumerable.Range(0, 6).Select(i => new Holding(Btc, chance.Next(1, 200) / 100m, "binance", UnitCost: chance.Next(20_000, 60_000), Acquired: Start - Duration.FromDays(1 + chance.Next(900)) - Duration.FromSeconds(i), Tag: chance.Next(3) == 0 ? null : $"{chance.Next(20)}")).ToArray();
        var (held, trades) = (opening.Sum(h => h.Quantity), new List<JournalRecord.Filled>());
        for (var i = 0; i < 40; i++)
        {
            var side = chance.Next(2) == 0 || held < 0.02m ? Side.Buy : Side.Sell;
            var quantity = side == Side.Buy ? chance.Next(1, 100) / 100m : Math.Min(held, chance.Next(1, 150) / 100m);
            held += side == Side.Buy ? quantity : -quantity;
            trades.Add(Fill("binance", BtcUsdt, side, quantity, chance.Next(20_000, 60_000), new Amount(quantity * chance.Next(0, 50), Usdt), Start + Duration.FromDays(i), i));
        }
        return (new Book([Account.Paper with { Name = "binance" }], [.. opening]), [.. trades]);
    }

    private static bool Better(LotMethod method, Lot a, Lot b) => method switch
    {
        LotMethod.Fifo => a.Acquired < b.Acquired,
        LotMethod.Lifo => a.Acquired > b.Acquired,
        LotMethod.Hifo => a.Cost > b.Cost || (a.Cost == b.Cost && a.Acquired < b.Acquired),
        _ => a.Number < b.Number || (a.Number == b.Number && a.Acquired < b.Acquired),
    };

    private sealed class Lot(decimal cost, Instant acquired, string? tag)
    {
        public decimal Cost => cost;
        public Instant Acquired => acquired;
        public decimal Number => tag is null ? decimal.MaxValue : decimal.Parse(tag, CultureInfo.InvariantCulture);
        public decimal Left { get; set; }
    }

    // --- read by hand ---

    /// <summary>What is held, by arithmetic: what a trade moves of each asset, and what came and went.</summary>
    private static SortedDictionary<(string Account, string Asset), decimal> Held(JournalRecord[] records) => Sorted(records.SelectMany(Moves));

    private static IEnumerable<((string Account, string Asset), decimal Value)> Moves(JournalRecord record)
    {
        if (record is JournalRecord.External e) yield return ((e.Account, e.Asset.Code), e.Quantity);
        if (record is not JournalRecord.Filled { Trade: var t, Tradable: var of, Account: var account }) yield break;
        var sign = t.Side == Side.Buy ? 1 : -1;
        yield return ((account, of.Kind == TradableKind.Spot ? of.Base.Code : of.Symbol), sign * t.Quantity);
        if (of.Kind != TradableKind.Perpetual) yield return ((account, "USDT"), -sign * t.Quantity * t.Price);
        yield return ((account, t.Fee.Asset.Code), -t.Fee.Value);
    }

    private static SortedDictionary<(string Account, string Asset), decimal> Sorted(IEnumerable<((string Account, string Asset) Place, decimal Value)> moves) =>
        new(moves.GroupBy(m => m.Place).Select(g => KeyValuePair.Create(g.Key, g.Sum(m => m.Value))).Where(h => h.Value != 0).ToDictionary());

    /// <summary>Postings entry by entry: an account, two blanks, a number, a blank, a commodity.</summary>
    private static List<List<(string Account, string Commodity, decimal Value)>> Entries(string text, Func<string, bool> begins, Func<string, bool> isRemark)
    {
        var entries = new List<List<(string, string, decimal)>>();
        foreach (var line in text.Split('\n'))
            if (begins(line)) entries.Add([]);
            else if (line.StartsWith("  ", StringComparison.Ordinal) && !isRemark(line))
            {
                var (account, amount) = (line.Trim().Split("  ")[0], line.Trim().Split("  ")[1].Split(' ', 2));
                entries[^1].Add((account, amount[1], decimal.Parse(amount[0], CultureInfo.InvariantCulture)));
            }
        return entries;
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static bool Installed(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));

    private static Tradable Spot(Asset asset) => new($"{asset.Code}/USDT", TradableKind.Spot, asset, Usdt, Usdt, 0.00001m, 0.01m, 0.00001m, 5m);

    private static decimal Exact(Random chance, int most) => Math.Round((decimal)chance.NextDouble() * most, chance.Next(1, 9)) + 0.1m;

    private static JournalRecord.Filled Fill(string account, Tradable of, Side side, decimal quantity, decimal price, Amount fee, Instant at, int i)
    {
        var id = i % 5 == 0 ? (OrderId?)null : OrderId.Of(account, "p", i, 0);
        return new(at + Duration.FromMilliseconds(20), account, id, new TradeReport($"t,\"{i}", $"v{i}", id, of.Symbol, side, quantity, price, fee, at), of);
    }
}
