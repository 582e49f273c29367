using System.Globalization;
using System.Text;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Options;

namespace Ballast.App.Examples;

/// <summary>An invented chain of coin-settled options for the example, one snapshot a day: nobody quoted these prices. Marks are Black's, on a smile that is dearer for low strikes.</summary>
public static class SyntheticChain
{
    private const double Carry = 0.05, Tick = 0.0001;

    private static readonly Instant[] Expiries = [Instant.FromUtc(2026, 11, 27, 8, 0), Instant.FromUtc(2026, 12, 25, 8, 0), Instant.FromUtc(2027, 3, 26, 8, 0)];

    private static readonly (Instant At, double Index)[] Snapshots = [(Instant.FromUtc(2026, 11, 20, 8, 5), 96_400), (Instant.FromUtc(2026, 11, 21, 8, 5), 95_150)];

    /// <summary><c>timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price</c>.</summary>
    public static string Csv()
    {
        var text = new StringBuilder("timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price\n");
        foreach (var (at, index) in Snapshots)
        {
            Row(text, at, "BTC-PERPETUAL", index + 12, null, index + 11.5, index + 12.5, index + 12, index);
            foreach (var expiry in Expiries) Expiry(text, at, index, expiry);
        }
        return text.ToString();
    }

    private static void Expiry(StringBuilder text, Instant at, double index, Instant expiry)
    {
        var years = Derivatives.PositionPricer.Years(at, expiry);
        var forward = Math.Round(index * Math.Exp(Carry * years), 2);
        Row(text, at, Name(expiry, null, null), forward, null, forward - 2.5, forward + 2.5, forward, index);
        for (var strike = 60_000; strike <= 140_000; strike += 5_000)
            foreach (var right in new[] { OptionKind.Call, OptionKind.Put })
            {
                var volatility = Volatility(Math.Log(strike / forward) / Math.Sqrt(years));
                var mark = BlackScholes.OnForward(right, forward, strike, years, 0, volatility).Price / forward;
                var half = Math.Max(Tick, 0.015 * mark);
                Row(text, at, Name(expiry, strike, right), Math.Round(mark, 6), volatility, Math.Floor((mark - half) / Tick) * Tick, Math.Ceiling((mark + half) / Tick) * Tick, forward, index);
            }
    }

    /// <summary>By moneyness over the root of time, to four digits.</summary>
    private static double Volatility(double z) => Math.Round(0.46 - 0.06 * z + 0.05 * z * z / (1 + 0.2 * z * z), 4);

    private static string Name(Instant expiry, int? strike, OptionKind? right) => new ContractName(new Asset("BTC"), new Asset("USD"), new Asset("BTC"), expiry, strike, right).ToString();

    private static void Row(StringBuilder text, Instant at, string name, double mark, double? volatility, double bid, double ask, double underlying, double index) =>
        text.Append(CultureInfo.InvariantCulture, $"{at:uuuu-MM-dd'T'HH:mm:ss'Z'},{name},{mark:0.######},{volatility:0.####},{(bid > 0 ? bid.ToString("0.####", CultureInfo.InvariantCulture) : "")},{ask:0.####},{underlying:0.##},{index:0.##}\n");
}
