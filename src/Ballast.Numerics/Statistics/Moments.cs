namespace Ballast.Numerics.Statistics;

/// <summary>Mean and central moments of a sample, in two passes so that a large mean costs no digits.</summary>
public readonly record struct Moments(int Count, double Mean, double SumSquares, double SumCubes, double SumFourths)
{
    public static Moments Of(ReadOnlySpan<double> sample)
    {
        var mean = MeanOf(sample);
        double squares = 0, cubes = 0, fourths = 0;
        foreach (var x in sample)
        {
            var d = x - mean;
            var square = d * d;
            squares += square;
            cubes += square * d;
            fourths += square * square;
        }
        // A sample of equal numbers has no spread, even where its mean is off by an ulp.
        return Spread(sample) ? new(sample.Length, mean, squares, cubes, fourths) : new(sample.Length, mean, 0, 0, 0);
    }

    /// <summary>Standard deviation with divisor T − 1.</summary>
    public double SampleDeviation => Math.Sqrt(SumSquares / (Count - 1));

    /// <summary>Standard deviation with divisor T.</summary>
    public double PopulationDeviation => Math.Sqrt(SumSquares / Count);

    /// <summary>Population skewness m₃ / m₂^1.5.</summary>
    public double Skew => SumCubes / Count / Math.Pow(SumSquares / Count, 1.5);

    /// <summary>Population kurtosis m₄ / m₂²: 3 for a normal distribution.</summary>
    public double Kurtosis => SumFourths / Count / Math.Pow(SumSquares / Count, 2);

    internal static double MeanOf(ReadOnlySpan<double> sample)
    {
        var sum = 0.0;
        foreach (var x in sample) sum += x;
        return sum / sample.Length;
    }

    private static bool Spread(ReadOnlySpan<double> sample) => sample.Length > 0 && sample.ContainsAnyExcept(sample[0]);
}
