using System.Diagnostics;
using System.Text;
using Ballast.Adapters.Files;
using Ballast.Money;

namespace Ballast.Tests.Adapters.Files;

/// <summary>Whatever bytes come in, a value or faults come out: no exception, and never more work than the bytes are worth.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    private const int Runs = 1_000;

    private static readonly ReadingLimits Limits = ReadingLimits.Default with { Bytes = 1 << 20, Cells = 100_000 };

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            ",", ";", "\t", "\"", "\"\"", "\n", "\r", "\r\n", "\0", "\uFEFF", "#", "-", "+", ".", "e", "NaN", "inf", "1e999", "0", "-1", "1,5", "é", "日本",
            "timestamp", "symbol", "close", "high", "asset", "quantity", "lot", "2024-01-01", "2024-01-01T00:00:00Z", "1704067200", "1704067200000", "9999-12-31", "locked", "USDT", "BTC",
            "99999999999999999999999999999999999999999999", "0.00000000000000000000000000000000001",
        }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xFE, 0xFF], [0xC3], [0x1F, 0x8B, 0x08],
    ];

    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Theory]
    [InlineData(FileKind.Prices)]
    [InlineData(FileKind.Holdings)]
    [InlineData(FileKind.Instruments)]
    [InlineData(FileKind.Returns)]
    [InlineData(FileKind.Covariance)]
    [InlineData(FileKind.Values)]
    [InlineData(FileKind.Options)]
    [InlineData(FileKind.Contracts)]
    [InlineData(FileKind.Book)]
    [InlineData(FileKind.Chain)]
    public void Spoilt_files_never_throw_and_take_no_more_than_they_are_worth(FileKind kind)
    {
        var random = new Random(20_241);
        var good = Good(kind);
        byte[][] known = [.. good.Select(Written.Gzip), .. FaultyFiles.All.Where(f => f.Kind == kind).Select(f => f.Bytes)];
        var (slowest, largest, accepted, codes) = (TimeSpan.Zero, 0L, 0, new HashSet<string>());
        for (var run = 0; run < Runs; run++)
        {
            var bytes = (run % 10) switch
            {
                0 => Noise(random),
                < 4 => Spoilt(random, known[random.Next(known.Length)]),
                _ => Spoilt(random, Encoding.UTF8.GetBytes(good[random.Next(good.Length)])),
            };
            var path = _written.File(run % 3 == 0 ? "BTCUSDT.csv.gz" : "BTCUSDT.csv", bytes);
            var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());

            var reading = Faults(kind, path);

            Assert.True(reading.Ok != reading.Faults.Length > 0, $"run {run}: neither a value nor a fault, or both");
            Assert.True(reading.Faults.Length <= Limits.Faults + 1);
            Assert.All(reading.Faults, f => Assert.True(f is { Column: > 0, Length: > 0, What.Length: > 0 and < 400 } && f.Line >= 0 && !f.Code.Any(char.IsLower)));
            codes.UnionWith(reading.Faults.Select(f => f.Code));
            if (reading.Ok) accepted++;
            if (Stopwatch.GetElapsedTime(start) is var time && time > slowest) slowest = time;
            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        // Spoiling that was always refused, or always for the same reason, would have tested little.
        Assert.InRange(accepted, Runs / 100, Runs / 2);
        Assert.InRange(codes.Count, 15, 100);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(largest, 0, 16 << 20);
    }

    private static (bool Ok, ImmutableArray<Fault> Faults) Faults(FileKind kind, string path)
    {
        switch (kind)
        {
            case FileKind.Prices:
                var stamp = path.EndsWith("gz", StringComparison.Ordinal) ? Stamp.Close : Stamp.Open;
                var prices = PriceFiles.Load(path, new Asset("USDT"), stamp, Limits);
                if (prices.Value is { Count: > 0 } history) _ = history.CloseTime(history.Count - 1);
                return (prices.Ok, prices.Faults);
            case FileKind.Holdings:
                var holdings = HoldingsFile.Load(path, FaultyFile.Accounts, Instant.FromUtc(2024, 6, 1, 0, 0), limits: Limits);
                return (holdings.Ok, holdings.Faults);
            case FileKind.Returns:
                var returns = ReturnsFile.Load(path, Limits);
                if (returns.Value is { } table) Assert.All(table.Series, s => Assert.Equal(table.Periods, s.Length));
                return (returns.Ok, returns.Faults);
            case FileKind.Covariance:
                var covariance = CovarianceFile.Load(path, Limits);
                if (covariance.Value is { } square) Assert.Equal((square.Names.Length, square.Names.Length), (square.Covariance.Rows, square.Covariance.Columns));
                return (covariance.Ok, covariance.Faults);
            case FileKind.Values:
                var values = ValuesFile.Load(path, "weight", Limits);
                return (values.Ok, values.Faults);
            case FileKind.Options or FileKind.Contracts or FileKind.Book or FileKind.Chain:
                var faults = FaultyFile.Read(kind, path, Limits);
                return (faults.IsEmpty, faults);
            default:
                var instruments = InstrumentsFile.Load(path, Limits);
                return (instruments.Ok, instruments.Faults);
        }
    }

    private static string[] Good(FileKind kind) => kind switch
    {
        FileKind.Prices =>
        [
            "timestamp,BTC,ETH\n2024-01-01,100.5,\n2024-01-02,101,11.25\n2024-01-04,101,11.25\n",
            "time,symbol,open,high,low,close,volume\n1704067200,BTC,1,3,0.5,2,10\n1704153600,BTC,1,3,0.5,2,10\n1704153600,ETH,1,3,0.5,2,\n",
            "date,open,high,low,close\r\n2024-01-01T00:00:00Z,1,3,0.5,2\r\n2024-01-02T00:00:00+01:00,1,3,0.5,2\r\n",
        ],
        FileKind.Holdings => ["asset,quantity,account,status,unlock,cost,acquired,tag\nBTC,0.5,main,locked,2025-01-01,100,2020-01-01,a\nETH,2,,free,,,,\n"],
        FileKind.Returns => ["timestamp,A,B\n2024-01-01,0.01,\n2024-01-02,-0.02,1e-3\n", "A,B\n0.1,0.2\n-0.1,0.05\n", "0.1,0.2\n-0.1,0.05\n"],
        FileKind.Covariance => ["A,B\n0.04,0.01\n0.01,0.09\n", "1e-4,0\n0,2e-4\n"],
        FileKind.Values => ["asset,weight\nBTC,0.5\nETH,0.25\nUSDT,2.5e-1\n"],
        FileKind.Options => ["type,strike,years,forward,vol,rate,yield,settlement\ncall,100,1,100,0.5,0.01,0,linear\nP,90,0.5,100,0.4,,,inverse\n", "strike,type,vol,spot,years\n100.50,put,0.65,98.25,0.25\n120.25,call,0.55,98.25,1.25\n"],
        FileKind.Contracts => ["names,amountIn,multiplier,lot,tick,minQuantity\nBTC-PERPETUAL,money,1,10,0.5,10\nBTC-*-C,coins,,0.1,0.0005,0.1\n"],
        FileKind.Book => ["instrument,quantity,entry,account\nBTC,1.5,,main\nBTC-PERPETUAL,-1000,60000,main\nBTC/USD:BTC-260327-90000-C,2,,\n"],
        FileKind.Chain => ["timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price\n2026-01-02T09:18:09Z,BTC-27MAR26-90000-C,0.05,0.5,0.049,0.051,90000,89900\n2026-01-02T09:18:09Z,BTC-PERPETUAL,89910,,,,,89900\n",
            "exchange,symbol,timestamp,local_timestamp,mark_price,mark_iv,underlying_price\nderibit,BTC-27MAR26-90000-C,1767345489000000,1767345489000001,0.05,50,90000\n"],
        _ => ["instrument,base,quote,lot,tick,minQuantity,minNotional,feeAsset,venue\nBTCUSDT,BTC,USDT,0.00001,0.01,0.0001,5,BNB,binance\n"],
    };

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A good file with a few bytes changed, cut, doubled, moved, or a telling word put in.</summary>
    private static byte[] Spoilt(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
            }
        }
        return [.. bytes];
    }
}
