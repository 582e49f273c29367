using Ballast.Market;
using Ballast.Money;

namespace Ballast.Tests.Planning;

/// <summary>Daily prices made of returns that a test can reckon with.</summary>
internal static class Past
{
    public static readonly Duration Day = Duration.FromDays(1);

    public static PriceHistory Of(params (string Asset, double[] Returns)[] series)
    {
        var count = series[0].Returns.Length + 1;
        return new([.. Enumerable.Range(0, count).Select(t => Given.Now - (Day * (count - t)))], Day,
            [.. series.Select(s => new PriceSeries(new Asset(s.Asset), Given.Usdt, Prices(s.Returns)))]);
    }

    /// <summary>+s, −s, +s, −s, …: mean zero, so that the variance is s².</summary>
    public static double[] Swing(double size, int count = 20) => [.. Enumerable.Range(0, count).Select(t => t % 2 == 0 ? size : -size)];

    /// <summary>+s, +s, −s, −s, …: uncorrelated with <see cref="Swing"/> where the count is a multiple of four.</summary>
    public static double[] Slow(double size, int count = 20) => [.. Enumerable.Range(0, count).Select(t => t % 4 < 2 ? size : -size)];

    /// <summary>Annual volatility of a swing, as Ledoit and Wolf's estimator has it: divided by n.</summary>
    public static double Volatility(double size) => size * Math.Sqrt(365);

    private static double[] Prices(double[] returns)
    {
        var prices = new double[returns.Length + 1];
        prices[0] = 100;
        for (var t = 0; t < returns.Length; t++) prices[t + 1] = prices[t] * (1 + returns[t]);
        return prices;
    }
}
