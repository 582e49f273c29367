namespace Ballast.Numerics.Margin;

/// <summary>Risk arrays as exchanges publish them: what one contract gains in each scenario, weighted already.</summary>
public static class RiskArrays
{
    /// <summary>What a portfolio gains in each scenario.</summary>
    public static double[] Sum(IReadOnlyList<double[]> arrays, IReadOnlyList<double> contracts)
    {
        if (arrays.Count != contracts.Count) throw new ArgumentException($"{arrays.Count} arrays, but {contracts.Count} numbers of contracts");
        if (arrays.Any(a => a.Length != arrays[0].Length)) throw new ArgumentException("arrays of different scenarios");
        return [.. Enumerable.Range(0, arrays[0].Length).Select(s => arrays.Zip(contracts, (array, count) => count * array[s]).Sum())];
    }

    /// <summary>The worst loss of a portfolio; 0 where no scenario loses.</summary>
    public static double Scan(IReadOnlyList<double[]> arrays, IReadOnlyList<double> contracts) => Math.Max(0, -Sum(arrays, contracts).Min());

    /// <summary>What an exchange that margins so asks for: scan, spread and delivery charges less credits, at least the short option minimum, less what the options held are worth.</summary>
    public static double Requirement(double scan, double charges, double credits, double shortOptionMinimum, double netOptionValue = 0) =>
        Math.Max(scan + charges - credits, shortOptionMinimum) - netOptionValue;
}
