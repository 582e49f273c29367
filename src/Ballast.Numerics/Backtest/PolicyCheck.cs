using System.Collections.Immutable;

namespace Ballast.Numerics.Backtest;

/// <summary>Refuses a policy that the kernels must not be given; each message has the two values that disagree.</summary>
/// <remarks>Runs before every run, so it formats nothing and allocates nothing until something is wrong.</remarks>
internal static class PolicyCheck
{
    internal const double SumTolerance = 1e-9;

    public static void Check(FastPolicy policy, PriceMatrix prices)
    {
        Length(policy.Weights, prices.Assets, "weights");
        Length(policy.CostRates, prices.Assets, "cost rates");
        Amounts(policy);
        if (policy.Bands is { } bands) Bands(policy, bands, prices.Assets);
        else if (policy.Look is not null) throw new ArgumentException("bars to look at, but no bands");
        else if (policy.Destination == Destination.BandEdge) throw new ArgumentException("band edge as destination, but no bands");
        SameBars(policy.Look, prices);
        SameBars(policy.Act, prices);
        if (policy.Fill == Fill.NextOpen && !prices.HasOpens) throw new ArgumentException("fills at the next open need prices with opens");
        // Products of four values are formed to save divisions; this keeps them far from overflow.
        if (policy.StartValue is not (> 1e-30 and < 1e30)) throw new ArgumentException($"start value {policy.StartValue:R} is not positive, or absurd");
        if (policy.Step is not (>= 0 and <= 1)) throw new ArgumentException($"step {policy.Step:R} outside [0, 1]");
    }

    private static void Amounts(FastPolicy policy)
    {
        double sum = 0, slope = 0;
        ReadOnlySpan<double> weights = policy.Weights.AsSpan(), rates = policy.CostRates.AsSpan();
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] is not (>= 0 and <= 1 + SumTolerance)) throw new ArgumentException($"weight {weights[i]:R} of asset {i} outside [0, 1]");
            if (rates[i] is not (>= 0 and < 1)) throw new ArgumentException($"cost rate {rates[i]:R} of asset {i} outside [0, 1)");
            sum += weights[i];
            slope += weights[i] * rates[i];
        }
        if (sum > 1 + SumTolerance) throw new ArgumentException($"weights sum to {sum:R}, more than 1");
        if (policy.CashTarget is { } cash && !(Math.Abs(sum + cash - 1) <= SumTolerance)) throw new ArgumentException($"weights and cash sum to {sum + cash:R}, not 1");
        if (!(slope < 1)) throw new ArgumentException($"costs of {slope:R} of the value exceed the targets");
    }

    private static void Bands(FastPolicy policy, WeightBands bands, int n)
    {
        Length(bands.Lower, n, "lower edges");
        Length(bands.Upper, n, "upper edges");
        ReadOnlySpan<double> weights = policy.Weights.AsSpan(), lower = bands.Lower.AsSpan(), upper = bands.Upper.AsSpan();
        for (var i = 0; i < n; i++)
            if (!(lower[i] <= weights[i] && weights[i] <= upper[i] + SumTolerance))
                throw new ArgumentException($"band [{lower[i]:R}, {upper[i]:R}] of asset {i} does not hold its target {weights[i]:R}");
        if (policy.CashTarget is { } cash && !(bands.CashLower <= cash && cash <= bands.CashUpper))
            throw new ArgumentException($"band [{bands.CashLower:R}, {bands.CashUpper:R}] of cash does not hold its target {cash:R}");
    }

    private static void Length(ImmutableArray<double> values, int n, string what)
    {
        if (values.IsDefault || values.Length != n) throw new ArgumentException($"{(values.IsDefault ? 0 : values.Length)} {what} for {n} assets");
    }

    private static void SameBars(BarSet? set, PriceMatrix prices)
    {
        if (set is not null && set.Bars != prices.Bars) throw new ArgumentException($"a set over {set.Bars} bars for prices of {prices.Bars} bars");
    }
}
