using System.Globalization;
using System.Text;
using Ballast.Adapters.Files;
using Ballast.Market;
using Ballast.Money;

namespace Ballast.Tests.Adapters.Files;

/// <summary>Any history that is written is read back equal, to the last bit of every price.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Asset Usdt = new("USDT");

    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Wide_tables_come_back_equal(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 100; run++)
        {
            var history = History(random, withBars: false);
            Same(history, Read(_written.File("p.csv", Wide(history, random))));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Long_tables_of_bars_come_back_equal(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 100; run++)
        {
            var history = History(random, withBars: true);
            Same(history, Read(_written.File("p.csv.gz", Written.Gzip(Long(history)))));
        }
    }

    [Fact]
    public void Every_price_is_the_double_that_the_platform_reads()
    {
        var random = new Random(6);
        var numbers = Enumerable.Range(0, 100_000).Select(_ => Number(random)).Where(n => double.Parse(n, CultureInfo.InvariantCulture) > 0).ToArray();
        var text = new StringBuilder("timestamp,BTC\n");
        for (var t = 0; t < numbers.Length; t++) text.Append(1_000_000_000 + t).Append(',').Append(numbers[t]).Append('\n');

        var read = Read(_written.File("p.csv", text.ToString())).Series[0].Close;

        for (var t = 0; t < numbers.Length; t++) Assert.True(double.Parse(numbers[t], CultureInfo.InvariantCulture).Equals(read[t]), numbers[t]);
    }

    [Fact]
    public void Every_quantity_is_the_decimal_that_was_written()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 10_000).Select(_ => new decimal(random.Next(), random.Next(), random.Next(4) == 0 ? random.Next() : 0, random.Next(2) == 0, (byte)random.Next(29))).ToArray();
        var path = _written.File("h.csv", "asset,quantity\n" + string.Concat(values.Select(v => $"BTC,{v.ToString(CultureInfo.InvariantCulture)}\n")));

        var book = HoldingsFile.Load(path, FaultyFile.Accounts, Instant.FromUtc(2024, 6, 1, 0, 0), allowShort: true).Value!;

        Assert.Equal(values, book.Holdings.Select(h => h.Quantity));
    }

    /// <summary>Up to twenty digits with a point anywhere, so that the exact path, its edge and the general path are all met.</summary>
    private static string Number(Random random)
    {
        var digits = new StringBuilder();
        for (var count = random.Next(1, 21); count > 0; count--) digits.Append((char)('0' + random.Next(10)));
        if (digits.Length > 1 && random.Next(4) > 0) digits.Insert(random.Next(1, digits.Length), '.');
        return random.Next(20) == 0 ? digits + "e-" + random.Next(30) : digits.ToString();
    }

    private static PriceHistory History(Random random, bool withBars)
    {
        var step = TimeSpan.FromMinutes(random.Next(1, 3_000)).Ticks;
        var opens = new Instant[random.Next(2, 30)];
        var at = Instant.FromUtc(2015, 1, 1, 0, 0).PlusTicks(random.Next());
        for (var t = 0; t < opens.Length; t++) opens[t] = at += Duration.FromTicks(t > 2 && random.Next(10) == 0 ? 3 * step : step);
        var series = Enumerable.Range(0, random.Next(1, 6)).Select(i => Series(random, $"A{i}", opens.Length, withBars));
        return new PriceHistory([.. opens], Duration.FromTicks(step), [.. series]);
    }

    private static PriceSeries Series(Random random, string name, int bars, bool withBars)
    {
        var close = Enumerable.Range(0, bars).Select(_ => !withBars && random.Next(5) == 0 ? double.NaN : Math.Exp(random.NextDouble() * 40 - 20)).ToArray();
        return withBars
            ? new PriceSeries(new Asset(name), Usdt, close, [.. close.Select(c => c * 1.5)], [.. close.Select(c => c * 2)], [.. close.Select(c => c / 3)], [.. close.Select((_, i) => (double)i)])
            : new PriceSeries(new Asset(name), Usdt, close);
    }

    private static string Wide(PriceHistory history, Random random)
    {
        var (newLine, quote) = (random.Next(2) == 0 ? "\n" : "\r\n", random.Next(2) == 0 ? "\"" : "");
        var text = new StringBuilder(random.Next(2) == 0 ? "\uFEFF" : "").Append("timestamp");
        foreach (var series in history.Series) text.Append(',').Append(quote).Append(series.Base).Append(quote);
        for (var t = 0; t < history.Count; t++)
        {
            text.Append(newLine).Append(Time(history, t));
            foreach (var series in history.Series) text.Append(',').Append(Cell(series.Close[t]));
        }
        return text.ToString();
    }

    private static string Long(PriceHistory history)
    {
        var text = new StringBuilder("timestamp,symbol,open,high,low,close,volume\n");
        for (var t = 0; t < history.Count; t++)
            foreach (var s in history.Series)
                text.AppendJoin(',', Time(history, t), s.Base.Code, Cell(s.Open![t]), Cell(s.High![t]), Cell(s.Low![t]), Cell(s.Close[t]), Cell(s.Volume![t])).Append('\n');
        return text.ToString();
    }

    private static string Time(PriceHistory history, int t) => history.Opens[t].ToDateTimeUtc().ToString("O", CultureInfo.InvariantCulture);

    private static string Cell(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static PriceHistory Read(string path)
    {
        var reading = PriceFiles.Load(path, Usdt);
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }

    private static void Same(PriceHistory expected, PriceHistory actual)
    {
        Assert.Equal(expected.Opens, actual.Opens);
        Assert.Equal(expected.Series.Select(s => (s.Base, s.Quote)), actual.Series.Select(s => (s.Base, s.Quote)));
        foreach (var (e, a) in expected.Series.Zip(actual.Series))
            Assert.Equal((double[]?[])[e.Close, e.Open, e.High, e.Low, e.Volume], [a.Close, a.Open, a.High, a.Low, a.Volume]);
        if (expected.Count > 8) Assert.Equal(expected.Spacing, actual.Spacing);
    }
}
