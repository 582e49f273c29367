using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>The prices of one pair with their own times, as they were read; NaN where a cell was empty.</summary>
internal sealed record PriceColumn(
    Asset Base, Asset Quote, long[] Times, double[] Close, double[]? Open = null, double[]? High = null, double[]? Low = null, double[]? Volume = null);
