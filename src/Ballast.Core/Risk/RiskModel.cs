using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Risk;

/// <summary>
/// How the risky assets moved together in the past: annual covariance of simple returns, measured in the base asset.
/// Ledoit and Wolf's estimator with the constant-correlation target ("Honey, I shrunk the sample covariance matrix", 2004).
/// </summary>
public sealed class RiskModel
{
    private readonly Dictionary<Asset, int> _index;

    private RiskModel(ImmutableArray<Asset> assets, Matrix returns, Matrix covariance, double returnsAYear)
    {
        (Assets, Returns, Covariance, ReturnsAYear) = (assets, returns, covariance, returnsAYear);
        _index = assets.Select((asset, i) => (asset, i)).ToDictionary(x => x.asset, x => x.i);
    }

    /// <summary>The assets with enough history, in the order of the matrix; all others, and cash, carry no risk here.</summary>
    public ImmutableArray<Asset> Assets { get; }

    /// <summary>The returns that it was estimated from, a row a period.</summary>
    public Matrix Returns { get; }

    /// <summary>Annual, n x n.</summary>
    public Matrix Covariance { get; }

    public double ReturnsAYear { get; }

    /// <summary>Estimates from the trailing look-back. Null where too few common returns are known (<see cref="PastReturns.Fewest"/>): the caller must not take that for "no risk".</summary>
    public static RiskModel? Estimate(Trailing trailing, IEnumerable<Asset> assets, Asset baseAsset, Duration lookback, double barsAYear) =>
        PastReturns.Of(trailing, assets.Where(a => a != baseAsset), baseAsset, lookback, barsAYear)?.Common() is { } past
            ? new RiskModel(past.Assets, past.Table, Annual(Shrunk(past.Table), past.AYear), past.AYear)
            : null;

    /// <summary>The weights of the model's assets, in its order.</summary>
    public double[] Vector(Func<Asset, double> weightOf) => [.. Assets.Select(weightOf)];

    /// <summary>Annual volatility of a portfolio of these weights: √(w'Σw).</summary>
    public double Volatility(Func<Asset, double> weightOf) => PortfolioRisk.Volatility(Vector(weightOf), Covariance);

    /// <summary>Annual tracking error of some weights against others: √((w−t)'Σ(w−t)).</summary>
    public double TrackingError(Func<Asset, double> weightOf, Func<Asset, double> targetOf) =>
        PortfolioRisk.TrackingError(Vector(weightOf), Vector(targetOf), Covariance);

    /// <summary>Each asset's share of the variance, w_i(Σw)_i / w'Σw; they sum to one. Null where there is no risk at all.</summary>
    public double[]? Shares(Func<Asset, double> weightOf) => PortfolioRisk.Shares(Vector(weightOf), Covariance);

    public double? ShareOf(Asset asset, Func<Asset, double> weightOf) =>
        Shares(weightOf) is not { } shares ? null : _index.TryGetValue(asset, out var i) ? shares[i] : 0;

    /// <summary>Annual volatility of an asset relative to the rest of the portfolio, the rest at its own weights.</summary>
    public double RelativeVolatility(Asset asset, Func<Asset, double> weightOf)
    {
        var own = _index.GetValueOrDefault(asset, -1);
        var weights = Vector(weightOf);
        var rest = 1 - weightOf(asset);
        var difference = weights.Select((w, k) => k == own ? 1.0 : rest > 0 ? -w / rest : 0).ToArray();
        return PortfolioRisk.Volatility(difference, Covariance);
    }

    private static Matrix Shrunk(Matrix returns) =>
        returns.Columns == 1 ? Numerics.Statistics.Covariance.Sample(returns) : LedoitWolf.ConstantCorrelation(returns).Covariance;

    private static Matrix Annual(Matrix covariance, double perYear) =>
        new(covariance.Rows, covariance.Columns, [.. covariance.Cells.Select(c => c * perYear)]);
}
