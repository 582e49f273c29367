using Ballast.Numerics.Allocation;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Online;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Optimisation;

/// <summary>From a recipe and estimates to weights: one dispatch for the portfolio file, the back-test and the command line.</summary>
public static class Chooser
{
    /// <summary>The first recipe of a chain that is not refused; what was refused before it stands in the notes.</summary>
    /// <returns>The refusal of the first recipe where all of them are refused, with the others' behind it.</returns>
    public static Answer<Chosen> Choose(IReadOnlyList<Recipe> chain, Estimates estimates, Limits limits)
    {
        if (chain.Count == 0) throw new ArgumentException("a chain needs a recipe", nameof(chain));
        var tried = new List<(Method Method, string Code, string Reason)>();
        foreach (var recipe in chain)
            switch (Choose(recipe, estimates, limits))
            {
                case Answer<Chosen>.Found(var chosen): return chosen with { Notes = [.. tried.Select(t => $"{t.Method.Name()} was refused: {t.Reason}"), .. chosen.Notes] };
                case Answer<Chosen>.Refused refused: tried.Add((recipe.Method, refused.Code, refused.Reason)); break;
            }
        return new Answer<Chosen>.Refused(tried[0].Code, string.Join("; ", tried.Select((t, k) => k == 0 ? t.Reason : $"{t.Method.Name()}: {t.Reason}")));
    }

    /// <summary>The name that files and options use.</summary>
    public static string Name(this Method method) => method.ToString() is var name ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : "";

    /// <summary>How many clusters are taken where nobody says: the root of the number of assets.</summary>
    public static int ClustersOf(int assets) => (int)Math.Round(Math.Sqrt(assets));

    /// <summary>Whether the method looks at expected returns.</summary>
    public static bool NeedsMean(this Method method) => method is Method.MaxSharpe or Method.MaxUtility or Method.TargetReturn or Method.TargetVolatility;

    /// <summary>Whether the method weighs <see cref="Recipe.Costs"/>.</summary>
    public static bool WeighsCosts(this Method method) => method is Method.MaxUtility or Method.MinVariance;

    /// <summary>Whether the method looks at the covariance; the others at nothing, or at the past returns themselves.</summary>
    public static bool LooksAtCovariance(this Method method) => method is > Method.EqualWeight and < Method.MinCVaR;

    /// <summary>The weights nearest to the given ones (least squares) that keep the limits, their sum included; the same ones where they do.</summary>
    public static Answer<Portfolio> Nearest(double[] weights, Limits limits)
    {
        if (Keeps(weights, limits) && Math.Abs(weights.Sum() - limits.Total) <= 1e-9) return new Portfolio(weights, double.NaN);
        var nearest = new PortfolioProblem(Curvature.Dense(Algebra.Identity(weights.Length)), [.. weights.Select(w => -w)], limits);
        return Portfolio.Of(PortfolioSolver.Solve(nearest), _ => double.NaN);
    }

    private static Answer<Chosen> Choose(Recipe recipe, Estimates estimates, Limits limits)
    {
        limits.Require(estimates.Names.Count);
        if (SoundRequest.FaultOf(recipe, estimates) is { } fault) return Refused(fault.As<Chosen>(), estimates);
        var answer = recipe.Method switch
        {
            Method.RiskBudget => Budgeted(recipe, estimates, limits),
            Method.Kelly => Kelly(recipe, estimates, limits),
            >= Method.MinCVaR and <= Method.Minimax => Scenarios(recipe, estimates, limits),
            >= Method.MinVariance and <= Method.MaxDecorrelation => Quadratic(recipe, estimates, limits).Then(p => Plain(recipe, p)),
            _ => Blind(recipe, estimates).Then(weights => Fitted(recipe, weights, limits)),
        };
        return answer is Answer<Chosen>.Refused refused ? Refused(refused, estimates) : answer;
    }

    private static Answer<Portfolio> Quadratic(Recipe recipe, Estimates estimates, Limits limits)
    {
        var (risk, year) = (Curvature.Dense(estimates.Covariance), estimates.PeriodsAYear);
        return recipe.Method switch
        {
            Method.MinVariance when recipe.Costs.Length > 0 => Weighed(recipe, estimates, new double[estimates.Names.Count], limits),
            Method.MinVariance => MeanVariance.MinVariance(risk, limits),
            Method.MaxDiversification => MeanVariance.MaxDiversification(risk, limits),
            Method.MaxDecorrelation => MeanVariance.MaxDecorrelation(estimates.Covariance, limits),
            _ when estimates.Mean is not { } => Portfolio.Refused("MeanMissing", $"{recipe.Method.Name()} needs expected returns"),
            Method.MaxSharpe => MeanVariance.MaxSharpe(risk, estimates.Mean, recipe.RiskFree / year, limits, year),
            Method.MaxUtility => Weighed(recipe, estimates, estimates.Mean, limits),
            Method.TargetReturn => recipe.Return is { } least ? MeanVariance.TargetReturn(risk, estimates.Mean, least / year, limits, year) : Portfolio.Refused("ReturnMissing", "targetReturn needs the least return"),
            _ => recipe.Volatility is { } most ? MeanVariance.TargetVolatility(risk, estimates.Mean, most / Math.Sqrt(year), limits, year) : Portfolio.Refused("VolatilityMissing", "targetVolatility needs the most volatility"),
        };
    }

    /// <summary>max μ'w − (γ/2) w'Σw less the costs of getting there; without a mean it is the least variance that is worth its costs.</summary>
    private static Answer<Portfolio> Weighed(Recipe recipe, Estimates estimates, double[] mean, Limits limits) => MeanVariance.MaxUtility(
        Curvature.Dense(estimates.Covariance), mean, recipe.RiskAversion, limits, recipe.Costs.Length > 0 ? [.. recipe.Costs.Select(c => c / estimates.PeriodsAYear)] : null);

    private static Answer<Chosen> Scenarios(Recipe recipe, Estimates estimates, Limits limits)
    {
        if (estimates.Returns is not { Rows: >= 2 } returns) return new Answer<Chosen>.Refused("ReturnsMissing", $"{recipe.Method.Name()} needs at least 2 past returns");
        if (double.IsFinite(limits.Turnover)) return new Answer<Chosen>.Refused("TurnoverUnsupported", $"{recipe.Method.Name()} cannot keep a limit on turnover");
        return recipe.Method switch
        {
            Method.MinCVaR => ScenarioRisk.MinShortfall(returns, recipe.Confidence, limits).Then(t => Tail(recipe, t)),
            Method.MinCDaR => ScenarioRisk.MinDrawdownAtRisk(returns, recipe.Confidence, limits).Then(t => Tail(recipe, t)),
            Method.MinSemivariance => ScenarioRisk.MinSemivariance(returns, 0, limits).Then(p => Plain(recipe, p)),
            Method.MinMad => ScenarioRisk.MinAbsoluteDeviation(returns, limits).Then(p => Plain(recipe, p)),
            _ => ScenarioRisk.Minimax(returns, limits).Then(p => Plain(recipe, p)),
        };
    }

    private static Answer<Chosen> Tail(Recipe recipe, TailPortfolio tail) => new Chosen(recipe.Method, tail.Portfolio,
        tail.TailTooSmall ? ["the tail is less than one of the past returns, so that this is the least worst case"] : []);

    private static Answer<Chosen> Kelly(Recipe recipe, Estimates estimates, Limits limits) =>
        estimates.Returns is not { Rows: >= 2 } returns
            ? new Answer<Chosen>.Refused("ReturnsMissing", "kelly needs at least 2 past returns")
            : Growth.Kelly(returns, recipe.RiskFree / estimates.PeriodsAYear, limits).Then<Chosen>(full => new Chosen(
                Method.Kelly, full with { Weights = [.. full.Weights.Select(w => w * recipe.Fraction)] }, recipe.Fraction < 1 ? [$"{recipe.Fraction:P0} of full Kelly, the rest in cash"] : []));

    /// <summary>Budgets are met exactly where the limits let them; bounds that do not give the nearest shares.</summary>
    private static Answer<Chosen> Budgeted(Recipe recipe, Estimates estimates, Limits limits)
    {
        var budgets = recipe.Budgets ?? ClosedForm.Equal(estimates.Names.Count);
        var free = RiskBudget.Solve(estimates.Covariance, budgets).Then<Portfolio>(p => p with { Weights = [.. p.Weights.Select(w => w * limits.Total)] });
        if (free is not Answer<Portfolio>.Found(var met) || Keeps(met.Weights, limits)) return free.Then(p => Plain(recipe, p));
        if (!limits.OnlyBounds || limits.Total != 1) return Fitted(recipe, met.Weights, limits);
        return RiskBudget.Within(estimates.Covariance, budgets, limits).Then<Chosen>(p => new Chosen(recipe.Method, p, [Missed(p.Weights, budgets, estimates)]));
    }

    private static string Missed(double[] weights, double[] budgets, Estimates estimates)
    {
        var shares = PortfolioRisk.Shares(weights, estimates.Covariance) ?? new double[weights.Length];
        var worst = Enumerable.Range(0, weights.Length).MaxBy(i => Math.Abs(shares[i] - budgets[i]));
        return $"the limits keep the risk budgets from being met: {estimates.Names[worst]} has {shares[worst]:P1} of the risk instead of {budgets[worst]:P1}";
    }

    /// <summary>Methods that know nothing of limits.</summary>
    private static Answer<double[]> Blind(Recipe recipe, Estimates estimates) => recipe.Method switch
    {
        Method.EqualWeight => ClosedForm.Equal(estimates.Names.Count),
        Method.InverseVolatility => ClosedForm.InverseVolatility(estimates.Covariance),
        Method.InverseVariance => ClosedForm.InverseVariance(estimates.Covariance),
        Method.Hrp => HierarchicalRiskParity.Of(estimates.Covariance, recipe.Distance, recipe.Linkage ?? LinkageMethod.Single).Then<double[]>(h => h.Weights),
        Method.Herc => HierarchicalEqualRisk.Of(estimates.Covariance, recipe.Clusters ?? ClustersOf(estimates.Names.Count), recipe.Linkage ?? LinkageMethod.Ward).Then<double[]>(h => h.Weights),
        _ => Learned(recipe.Method, estimates),
    };

    private static Answer<double[]> Learned(Method method, Estimates estimates)
    {
        if (estimates.Returns is not { Rows: >= 1 } returns) return new Answer<double[]>.Refused("ReturnsMissing", $"{method.Name()} learns from past returns");
        OnlinePortfolio rule = method switch
        {
            Method.ExponentiatedGradient => new ExponentiatedGradient(returns.Columns),
            Method.OnlineNewtonStep => new OnlineNewtonStep(returns.Columns),
            Method.PassiveAggressive => new PassiveAggressive(returns.Columns),
            Method.MovingAverageReversion => new MovingAverageReversion(returns.Columns),
            Method.RobustMedianReversion => new RobustMedianReversion(returns.Columns),
            Method.ConfidenceWeighted => new ConfidenceWeighted(returns.Columns, ConfidenceKind.StandardDeviation),
            _ => throw new System.Diagnostics.UnreachableException($"{method} is no online rule"),
        };
        var relatives = new Matrix(returns.Rows, returns.Columns, [.. returns.Cells.Select(r => 1 + r)]);
        return OnlineRun.Of(relatives, rule).Then<double[]>(run => run.Weights);
    }

    /// <summary>The nearest weights (least squares) that keep the limits.</summary>
    private static Answer<Chosen> Fitted(Recipe recipe, double[] weights, Limits limits)
    {
        double[] whole = [.. weights.Select(w => w * limits.Total / weights.Sum())];
        if (Keeps(whole, limits)) return new Chosen(recipe.Method, new Portfolio(whole, double.NaN), []);
        return Nearest(whole, limits).Then<Chosen>(p => new Chosen(recipe.Method, p, [$"{recipe.Method.Name()} knows no limits: these are the nearest weights that keep them"]));
    }

    private static bool Keeps(double[] weights, Limits limits) =>
        weights.Zip(limits.Lower, limits.Upper).All(x => x.First >= x.Second - 1e-12 && x.First <= x.Third + 1e-12)
        && limits.Rows.All(r => Algebra.Dot(r.Coefficients, weights) <= r.Most + 1e-12)
        && (double.IsPositiveInfinity(limits.Turnover) || weights.Zip(limits.Current, (a, b) => Math.Abs(a - b)).Sum() <= limits.Turnover + 1e-12);

    private static Answer<Chosen> Plain(Recipe recipe, Portfolio portfolio) =>
        new Chosen(recipe.Method, portfolio, portfolio.Regularised ? ["several portfolios are equally good: this is the evenest of them"] : []);

    /// <summary>A refusal that calls assets by their names.</summary>
    private static Answer<Chosen>.Refused Refused(Answer<Chosen> answer, Estimates estimates) =>
        (Answer<Chosen>.Refused)answer is var refused ? refused with { Reason = estimates.Named(refused.Reason) } : refused;
}
