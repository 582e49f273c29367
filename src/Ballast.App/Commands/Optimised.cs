using System.Diagnostics;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>Chosen weights beside those of now.</summary>
/// <param name="CostRate">Of trading, one side.</param>
/// <param name="Milliseconds">The choice alone, the median of its runs.</param>
internal sealed record Optimised(EstimateInput Input, Recipe Recipe, Chosen Chosen, double CostRate, double Milliseconds)
{
    public static Answer<Optimised> Of(EstimateInput input, Recipe[] chain, double costRate, int repeats)
    {
        var times = new double[repeats];
        Answer<Chosen> answer = Chosen();
        for (var r = 0; r < repeats; r++)
        {
            var start = Stopwatch.GetTimestamp();
            answer = Chosen();
            times[r] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return answer.Then<Optimised>(chosen => new Optimised(input, chain.First(r => r.Method == chosen.Method), chosen, costRate, times[repeats / 2]));

        Answer<Chosen> Chosen() => Chooser.Choose(chain, input.Estimates, input.Limits);
    }

    public IReadOnlyList<string> Names => Input.Estimates.Names;

    public double[] Weights => Chosen.Portfolio.Weights;

    /// <summary>Null where the weights of now are not known.</summary>
    public double[]? Now => Input.Limits.Current is { Length: > 0 } current ? current : null;

    /// <summary>Purchases and sales together, as a part of value.</summary>
    public double? Turnover => Now?.Zip(Weights, (a, b) => Math.Abs(a - b)).Sum();

    public double? Cost => Turnover * CostRate;

    public double Volatility(double[] weights) => PortfolioRisk.Volatility(weights, Input.Estimates.Covariance) * Math.Sqrt(Input.Estimates.PeriodsAYear);

    public double? Return(double[] weights) => Input.Estimates.Mean is { } mean ? Algebra.Dot(mean, weights) * Input.Estimates.PeriodsAYear : null;

    public double[]? RiskShares(double[] weights) => PortfolioRisk.Shares(weights, Input.Estimates.Covariance);

    /// <summary>What the method makes least or greatest, by its formula, per period of the estimates.</summary>
    public (string Formula, double? Value) Objective
    {
        get
        {
            var value = Chosen.Portfolio.Objective;
            return Chosen.Method switch
            {
                Method.MinVariance when Recipe.Costs.Length > 0 => ("½γw'Σw + Σκ|w−w⁰|, least", -value),
                Method.MinVariance => ("½w'Σw, least", value / 2),
                Method.MaxUtility => (Recipe.Costs.Length > 0 ? "½γw'Σw − μ'w + Σκ|w−w⁰|, least" : "½γw'Σw − μ'w, least", -value),
                Method.TargetReturn => ("w'Σw, least", value),
                Method.TargetVolatility => ("μ'w, greatest", value),
                Method.MaxSharpe => ("(μ'w − rf)/√(w'Σw), greatest", value),
                Method.MaxDiversification => ("w's/√(w'Σw), greatest", value),
                Method.MaxDecorrelation => ("w'Rw, least", value),
                Method.RiskBudget => ("√(w'Σw)", PortfolioRisk.Volatility(Weights, Input.Estimates.Covariance)),
                Method.MinCVaR => ("mean of the worst losses, least", value),
                Method.MinCDaR => ("mean of the worst falls, least", value),
                Method.MinSemivariance => ("mean of squared losses, least", value),
                Method.MinMad => ("mean absolute deviation, least", value),
                Method.Minimax => ("worst loss, least", value),
                Method.Kelly => ("mean log growth, greatest", value),
                _ => ("", null),
            };
        }
    }
}
