using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Tests.Numerics.Convex;

namespace Ballast.Tests.Numerics.Optimisation;

public class RefusalTests
{
    private static readonly Matrix Covariance = AnyProblem.Covariance(new(7), 3, 9);
    private static readonly Curvature Risk = Curvature.Dense(Covariance);
    private static readonly Limits LongOnly = Limits.LongOnlyOf(3);

    [Fact]
    public void Nothing_is_chosen_where_no_asset_beats_cash() => Refuses("NoPositiveExcessReturn", MeanVariance.MaxSharpe(Risk, [0.01, 0.02, 0], 0.02, LongOnly));

    [Fact]
    public void Nor_where_caps_leave_no_excess_return() => Refuses("NoPositiveExcessReturn", MeanVariance.MaxSharpe(Risk, [0.01, 0.03, 0], 0.02, Limits.Between(3, 0, 0.4)));

    [Fact]
    public void A_return_above_the_best_asset_is_infeasible() => Refuses("Infeasible", MeanVariance.TargetReturn(Risk, [0.1, 0.2, 0.3], 0.31, LongOnly));

    [Fact]
    public void A_volatility_below_the_least_is_infeasible() => Refuses("Infeasible", MeanVariance.TargetVolatility(Risk, [0.1, 0.2, 0.3], 1e-4, LongOnly));

    [Fact]
    public void A_singular_covariance_needs_bounds() => Refuses("SingularCovariance", MeanVariance.MinVariance(Curvature.Dense(AnyProblem.Covariance(new(7), 3, 1)), Limits.None(3)));

    [Fact]
    public void A_covariance_with_a_negative_variance_is_refused() => Refuses("NotPositiveSemidefinite", MeanVariance.MinVariance(Curvature.Dense(new Matrix(2, 2, [1, 2, 2, 1])), Limits.LongOnlyOf(2)));

    [Fact]
    public void Budgets_must_sum_to_one() => Refuses("BudgetsInvalid", RiskBudget.Solve(Covariance, [0.5, 0.5, 0.5]));

    [Fact]
    public void Risk_cannot_be_shared_where_a_long_portfolio_has_none() => Refuses("SingularCovariance", RiskBudget.Solve(new Matrix(2, 2, [1, -1, -1, 1]), [0.5, 0.5]));

    [Fact]
    public void An_asset_without_variance_has_no_inverse() => Assert.Equal("ZeroVolatility", Assert.IsType<Answer<double[]>.Refused>(ClosedForm.InverseVolatility(new Matrix(1, 1, [0]))).Code);

    [Fact]
    public void Without_limits_a_return_has_no_end() => Refuses("Unbounded", MeanVariance.MaxUtility(Risk, [0.1, 0.2, 0.3], 0, Limits.None(3)));

    private static void Refuses(string code, Answer<Portfolio> answer) => Assert.Equal(code, Assert.IsType<Answer<Portfolio>.Refused>(answer).Code);
}
