namespace Ballast.Numerics.Convex;

/// <summary>The portfolio programme: min ½ w'Hw + c'w + Σ κ_i|w_i − w⁰_i| + Σ η_i|w_i − w⁰_i|^{3/2} within limits.</summary>
/// <param name="Risk">H, such as γΣ.</param>
/// <param name="Linear">c, such as −μ.</param>
public sealed record PortfolioProblem(Curvature Risk, double[] Linear, Limits Limits)
{
    /// <summary>κ: proportional cost of each asset, one way; empty where trading is free.</summary>
    public double[] Costs { get; init; } = [];

    /// <summary>η: square-root impact, whose cost has the power 3/2; empty where there is none.</summary>
    public double[] Impact { get; init; } = [];

    public int Size => Linear.Length;

    /// <summary>Whether purchases and sales have to be told apart.</summary>
    internal bool Trades => Limits.Current.Length > 0 && (Costs.Length > 0 || Impact.Length > 0 || double.IsFinite(Limits.Turnover));

    internal double Cost(int i) => Costs.Length == 0 ? 0 : Costs[i];

    internal double ImpactOf(int i) => Impact.Length == 0 ? 0 : Impact[i];

    public double Objective(ReadOnlySpan<double> w)
    {
        var sum = 0.5 * Risk.Form(w) + Vectors.Dot(Linear, w);
        if (!Trades) return sum;
        for (var i = 0; i < Size; i++)
        {
            var trade = Math.Abs(w[i] - Limits.Current[i]);
            sum += Cost(i) * trade + ImpactOf(i) * trade * Math.Sqrt(trade);
        }
        return sum;
    }

    /// <summary>The size of the objective's coefficients; residuals of stationarity are relative to it.</summary>
    internal double Scale()
    {
        var largest = Math.Max(Risk.MeanDiagonal(), Vectors.MaxAbs(Linear));
        largest = Math.Max(largest, Math.Max(Vectors.MaxAbs(Costs), Vectors.MaxAbs(Impact)));
        return largest > 0 ? largest : 1;
    }

    /// <summary>The same problem in other units of the objective.</summary>
    public PortfolioProblem Times(double factor) => this with
    {
        Risk = Risk.Times(factor),
        Linear = [.. Linear.Select(x => factor * x)],
        Costs = [.. Costs.Select(x => factor * x)],
        Impact = [.. Impact.Select(x => factor * x)],
    };

    internal void Require()
    {
        if (Risk.Size != Size) throw new ArgumentException($"a covariance of {Risk.Size} for {Size} assets");
        if (Linear.Any(x => !double.IsFinite(x))) throw new ArgumentException("a linear coefficient is not finite");
        foreach (var rates in new[] { Costs, Impact })
        {
            if (rates.Length != 0 && rates.Length != Size) throw new ArgumentException($"{rates.Length} costs for {Size} assets");
            if (rates.Length != 0 && Limits.Current.Length == 0) throw new ArgumentException("costs need the current weights");
            if (rates.Any(x => !(x >= 0 && double.IsFinite(x)))) throw new ArgumentException("a cost is negative or not finite");
        }
        Limits.Require(Size);
    }
}
