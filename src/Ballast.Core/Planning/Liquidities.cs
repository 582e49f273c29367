using Ballast.Market;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>How the assets of a portfolio have traded lately: what the square-root law of impact needs.</summary>
public static class Liquidities
{
    private static readonly Duration Window = Duration.FromDays(30);

    /// <summary>
    /// From the trailing thirty days: standard deviation of daily returns, and mean value traded a day in the base asset.
    /// An asset without volumes, or with fewer than five returns, has no entry; the plan then says that its impact is not known.
    /// </summary>
    public static ImmutableDictionary<Asset, Liquidity> Of(Trailing trailing, IEnumerable<Asset> assets, Asset baseAsset)
    {
        var known = ImmutableDictionary.CreateBuilder<Asset, Liquidity>();
        foreach (var asset in assets)
            if (trailing.History.Find(asset, baseAsset) is { Volume: { } volumes } series && Of(trailing, series, volumes) is { } liquidity) known[asset] = liquidity;
        return known.ToImmutable();
    }

    private static Liquidity? Of(Trailing trailing, PriceSeries series, double[] volumes)
    {
        var spacing = trailing.History.Spacing;
        var count = Math.Min((int)(Window / spacing), trailing.Last + 1);
        var (returns, traded, bars) = (new List<double>(), 0.0, 0);
        for (var t = trailing.Last + 1 - count; t <= trailing.Last; t++)
        {
            if (!double.IsNaN(series.Close[t]) && !double.IsNaN(volumes[t])) (traded, bars) = (traded + volumes[t] * series.Close[t], bars + 1);
            if (t > 0 && series.Close[t] / series.Close[t - 1] - 1 is var r && !double.IsNaN(r)) returns.Add(r);
        }
        if (returns.Count < 5 || bars == 0) return null;
        var (mean, barsADay) = (returns.Average(), Duration.FromDays(1) / spacing);
        var deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1) * barsADay);
        return new Liquidity(deviation, (decimal)(traded / bars * barsADay));
    }
}
