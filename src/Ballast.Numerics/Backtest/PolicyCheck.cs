using System.Collections.Immutable;

namespace Ballast.Numerics.Backtest;

/// <summary>Refuses a policy that the kernels must not be given; each message has the two values that disagree.</summary>
internal static class PolicyCheck
{
    private const double SumTolerance = 1e-9;

    public static void Check(FastPolicy policy, PriceMatrix prices)
    {
        var n = prices.Assets;
        Length(policy.Weights, n, "weights");
        Length(policy.CostRates, n, "cost rates");
        Each(policy.Weights, w => w is >= 0 and <= 1, "weight outside [0, 1]");
        Each(policy.CostRates, f => f is >= 0 and < 1, "cost rate outside [0, 1)");
        Sum(policy);
        if (policy.Bands is { } bands) Bands(policy, bands, n);
        foreach (var set in (BarSet?[])[policy.Look, policy.Act])
            Require(set is null || set.Bars == prices.Bars, $"a set over {set?.Bars} bars for prices of {prices.Bars} bars");
        Require(policy.Fill != Fill.NextOpen || prices.HasOpens, "fills at the next open need prices with opens");
        // Products of four values are formed to save divisions; this keeps them far from overflow.
        Require(policy.StartValue is > 1e-30 and < 1e30, $"start value {policy.StartValue} is not positive, or absurd");
        Require(policy.Step is >= 0 and <= 1, $"step {policy.Step} outside [0, 1]");
        Require(policy.Look is null || policy.Bands is not null, "bars to look at, but no bands");
        Require(policy.Destination != Destination.BandEdge || policy.Bands is not null, "band edge as destination, but no bands");
    }

    private static void Sum(FastPolicy policy)
    {
        var sum = policy.Weights.Sum();
        Require(sum <= 1 + SumTolerance, $"weights sum to {sum:R}, more than 1");
        Require(policy.CashTarget is not { } cash || Math.Abs(sum + cash - 1) <= SumTolerance, $"weights and cash sum to {sum + policy.CashTarget:R}, not 1");
        var slope = policy.Weights.Zip(policy.CostRates, (w, f) => w * f).Sum();
        Require(slope < 1, $"costs of {slope:R} of the value exceed the targets");
    }

    private static void Bands(FastPolicy policy, WeightBands bands, int n)
    {
        Length(bands.Lower, n, "lower edges");
        Length(bands.Upper, n, "upper edges");
        for (var i = 0; i < n; i++)
            Require(bands.Lower[i] <= policy.Weights[i] && policy.Weights[i] <= bands.Upper[i],
                $"band [{bands.Lower[i]:R}, {bands.Upper[i]:R}] of asset {i} does not hold its target {policy.Weights[i]:R}");
        if (policy.CashTarget is { } cash)
            Require(bands.CashLower <= cash && cash <= bands.CashUpper, $"band [{bands.CashLower:R}, {bands.CashUpper:R}] of cash does not hold its target {cash:R}");
    }

    private static void Length(ImmutableArray<double> values, int n, string what) =>
        Require(!values.IsDefault && values.Length == n, $"{(values.IsDefault ? 0 : values.Length)} {what} for {n} assets");

    private static void Each(ImmutableArray<double> values, Func<double, bool> good, string what)
    {
        for (var i = 0; i < values.Length; i++) Require(good(values[i]), $"{what}: {values[i]:R} of asset {i}");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds) throw new ArgumentException(message);
    }
}
