using System.Globalization;
using System.Text;
using Ballast.Numerics.Random;

namespace Ballast.App.Examples;

/// <summary>
/// Invented daily bars of ten coins for the example: nobody traded at them. One market moves all coins, each by its beta, through
/// changing regimes; on top each coin moves by itself. The same seed gives the same file, and other seeds give other markets.
/// </summary>
public static class SyntheticPrices
{
    /// <summary>Four years: 1 November 2022 to 31 October 2026.</summary>
    public const int Days = 1461;

    private static readonly LocalDate FirstDay = new(2022, 11, 1);

    /// <summary>The starting prices have the size of late 2022, so that quantities look familiar; what follows is chance.</summary>
    private static readonly ImmutableArray<Coin> Coins =
    [
        new("BTC", 20_500, 2, Beta: 0.85, OwnVolatility: 0.20, OwnDrift: 0.00, DailyVolume: 45_000),
        new("ETH", 1_580, 2, Beta: 1.05, OwnVolatility: 0.30, OwnDrift: 0.00, DailyVolume: 380_000),
        new("SOL", 32.5, 2, Beta: 1.45, OwnVolatility: 0.60, OwnDrift: 0.05, DailyVolume: 4_200_000),
        new("BNB", 322, 1, Beta: 0.80, OwnVolatility: 0.30, OwnDrift: 0.00, DailyVolume: 520_000),
        new("XRP", 0.461, 4, Beta: 0.95, OwnVolatility: 0.55, OwnDrift: 0.00, DailyVolume: 310_000_000),
        new("ADA", 0.402, 4, Beta: 1.15, OwnVolatility: 0.40, OwnDrift: -0.05, DailyVolume: 120_000_000),
        new("AVAX", 18.9, 3, Beta: 1.40, OwnVolatility: 0.50, OwnDrift: -0.10, DailyVolume: 3_100_000),
        new("LINK", 7.85, 3, Beta: 1.15, OwnVolatility: 0.45, OwnDrift: 0.00, DailyVolume: 7_600_000),
        new("DOT", 6.62, 3, Beta: 1.15, OwnVolatility: 0.40, OwnDrift: -0.15, DailyVolume: 6_900_000),
        new("ATOM", 14.2, 3, Beta: 1.15, OwnVolatility: 0.45, OwnDrift: -0.15, DailyVolume: 3_400_000),
    ];

    private static readonly ImmutableArray<Regime> Regimes =
    [
        new("quiet", Drift: 0.10, Volatility: 0.35, MeanDays: 60),
        new("rising", Drift: 1.10, Volatility: 0.50, MeanDays: 60),
        new("falling", Drift: -0.95, Volatility: 0.60, MeanDays: 45),
        new("panic", Drift: -6.00, Volatility: 1.30, MeanDays: 5),
    ];

    /// <summary>A long price file: <c>timestamp,symbol,open,high,low,close,volume</c>, in USDT, a row a day and coin.</summary>
    public static string Csv(ulong seed)
    {
        var chance = new Xoshiro256(seed);
        var regime = 0;
        var last = Coins.Select(coin => coin.Round(coin.Start)).ToArray();
        var text = new StringBuilder("timestamp,symbol,open,high,low,close,volume\n", 1 << 20);
        for (var day = 0; day < Days; day++)
        {
            regime = NextRegime(regime, chance);
            var market = chance.NextNormal();
            for (var i = 0; i < Coins.Length; i++)
            {
                var bar = NextBar(Coins[i], Regimes[regime], last[i], market, chance);
                Write(text, FirstDay.PlusDays(day), Coins[i], bar);
                last[i] = bar.Close;
            }
        }
        return text.ToString();
    }

    /// <summary>A regime ends on any day with probability 1 / <see cref="Regime.MeanDays"/>; the next is one of the others, each as likely.</summary>
    private static int NextRegime(int regime, Xoshiro256 chance) =>
        chance.NextDouble() >= 1 / Regimes[regime].MeanDays ? regime
        : (regime + 1 + chance.NextInt(Regimes.Length - 1)) % Regimes.Length;

    /// <summary>
    /// Log return = (β · drift of the market + own drift) / 365 + β · σ_market · z_market + σ_own · z_own. It starts from the rounded
    /// close of the day before: so the last digit of a machine's exponential cannot grow into another history.
    /// </summary>
    private static Bar NextBar(Coin coin, Regime regime, decimal open, double market, Xoshiro256 chance)
    {
        var (common, own) = (coin.Beta * Daily(regime.Volatility), Daily(coin.OwnVolatility));
        var logReturn = (coin.Beta * regime.Drift + coin.OwnDrift) / 365 + common * market + own * chance.NextNormal();
        var close = coin.Round((double)open * Math.Exp(logReturn));
        var wick = 0.4 * Math.Sqrt(common * common + own * own);
        var high = coin.Round((double)Math.Max(open, close) * Math.Exp(wick * Math.Abs(chance.NextNormal())));
        var low = coin.Round((double)Math.Min(open, close) * Math.Exp(-wick * Math.Abs(chance.NextNormal())));
        var volume = Math.Round((decimal)(coin.DailyVolume * Math.Exp(0.3 * chance.NextNormal() + 5 * Math.Abs(logReturn))));
        return new Bar(open, high, low, close, volume);
    }

    private static double Daily(double volatility) => volatility / Math.Sqrt(365);

    private static void Write(StringBuilder text, LocalDate day, Coin coin, Bar bar) =>
        text.Append(CultureInfo.InvariantCulture, $"{day:uuuu-MM-dd},{coin.Symbol},{coin.Text(bar.Open)},{coin.Text(bar.High)},{coin.Text(bar.Low)},{coin.Text(bar.Close)},{bar.Volume}\n");

    /// <param name="Symbol">The asset's code.</param>
    /// <param name="Start">The first open, in USDT.</param>
    /// <param name="Decimals">Of its prices.</param>
    /// <param name="Beta">How much it moves with the market.</param>
    /// <param name="OwnVolatility">A year, apart from the market's.</param>
    /// <param name="OwnDrift">Of the log price, a year, apart from the market's.</param>
    /// <param name="DailyVolume">In coins, on an ordinary day.</param>
    private sealed record Coin(string Symbol, double Start, int Decimals, double Beta, double OwnVolatility, double OwnDrift, double DailyVolume)
    {
        private readonly string format = "F" + Decimals;

        /// <summary>To the tick, and never to zero.</summary>
        public decimal Round(double price) => Math.Max(decimal.Round((decimal)price, Decimals), Tick);

        public string Text(decimal price) => price.ToString(format, CultureInfo.InvariantCulture);

        private decimal Tick => new(1, 0, 0, false, (byte)Decimals);
    }

    /// <summary>Drift of the market's log price and its volatility, both a year.</summary>
    private sealed record Regime(string Name, double Drift, double Volatility, double MeanDays);

    private readonly record struct Bar(decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
}
