using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Options;

namespace Ballast.Numerics.Margin;

/// <summary>The terms of options, a column of numbers each, as the batch wants them, and what it answers.</summary>
internal sealed class OptionSheet(int length)
{
    private readonly double[] _signs = new double[length], _strikes = new double[length], _values = new double[5 * length];

    public int Length => length;
    public double[] Prices { get; } = new double[length];
    public double[] Years { get; } = new double[length];
    public double[] Volatilities { get; } = new double[length];

    public void Terms(Leg leg, int at, int count, double years)
    {
        _signs.AsSpan(at, count).Fill(leg.Right == OptionKind.Call ? 1 : -1);
        _strikes.AsSpan(at, count).Fill(leg.Strike);
        Years.AsSpan(at, count).Fill(years);
    }

    /// <summary>What the first so many are worth in money.</summary>
    public ReadOnlySpan<double> Price(int count, double rate)
    {
        OptionBatch.OnSpot(new(_signs.AsSpan(0, count), Prices.AsSpan(0, count), _strikes.AsSpan(0, count), Years.AsSpan(0, count), Volatilities.AsSpan(0, count)), rate, rate, _values.AsSpan(0, 5 * count));
        return _values.AsSpan(0, count);
    }

    /// <summary>The delta of one of the last that were priced.</summary>
    public double Delta(int count, int at) => _values[count + at];
}
