namespace Ballast.Numerics.Convex;

/// <summary>Solves portfolio programmes: an earlier answer, a walk from the weights now or an interior point finds which limits hold, and one system of equations then gives the weights to rounding.</summary>
public static class PortfolioSolver
{
    private const double GapToPolish = 1e-6;
    private const double Acceptable = 1e-9;

    /// <param name="before">The answer to a problem much like this one, such as yesterday's: where its active limits still hold, or nearly, the search ends after a step or two.</param>
    public static Solution Solve(PortfolioProblem problem, Solution? before = null)
    {
        problem.Require();
        if (Infeasibility.Obvious(problem.Limits) is { } contradiction) return new() { Status = Status.Infeasible, Contradiction = contradiction };
        var scale = problem.Scale();
        return new Run(problem.Times(1 / scale), problem, scale).Solve(before);
    }

    private sealed class Run(PortfolioProblem scaled, PortfolioProblem problem, double scale)
    {
        private readonly Polish polish = new(scaled);
        private bool polished;
        private Contradiction? contradiction;

        public Solution Solve(Solution? before)
        {
            // The walk starts from the weights now: it is its own warm start.
            if (TradingWalk.Of(scaled) is { } walk)
            {
                if (polish.Try(walk.Active, walk.Weights, walk.Prices)) return Optimal(walk.Steps);
            }
            else if (Again(before)) return Optimal(polish.Rounds);
            var programme = new PortfolioProgramme(scaled, Ends);
            var (status, at) = InteriorPoint.Solve(programme);
            if (contradiction is not null) return new() { Status = Status.Infeasible, Contradiction = contradiction, Iterations = at.Iterations };
            if (polished) return Optimal(at.Iterations);
            var solution = Unpolished(programme, at, status);
            return solution.Status != Status.Optimal && Infeasibility.Search(problem.Limits) is { } found
                ? new() { Status = Status.Infeasible, Contradiction = found, Iterations = at.Iterations }
                : solution;
        }

        /// <summary>Tries the active limits of an earlier answer.</summary>
        private bool Again(Solution? before)
        {
            if (before is not { Status: Status.Optimal, Multipliers: { } prices } || ActiveLimits.At(scaled, before) is not { } active) return false;
            return polish.Try(active, before.Weights, new(prices.Total / scale, [], [.. prices.Rows.Select(x => x / scale)], prices.Turnover / scale));
        }

        private Solution Optimal(int iterations) => Optimal(polish.Weights, polish.Prices!, polish.Primal, polish.Dual, iterations);

        /// <summary>Tries for the exact answer when the gap is small, and for a proof while the limits are not met.</summary>
        private bool Ends(Iterate at, PortfolioProgramme programme)
        {
            if (at.Iterations >= 4 && at.Primal > 1e-9 && Infeasibility.Proof(problem.Limits, programme.Multipliers(at)) is { } found)
            {
                contradiction = found;
                return true;
            }
            if (at.Gap > GapToPolish || at.Primal > GapToPolish) return false;
            return polished = polish.Try(programme.Active(at), at.X.AsSpan(0, scaled.Size), programme.Multipliers(at));
        }

        private Solution Unpolished(PortfolioProgramme programme, Iterate at, Status status)
        {
            var weights = Snapped(at.X);
            var optimality = new Optimality(scaled);
            var prices = programme.Multipliers(at);
            var (primal, (dual, bounds)) = (optimality.Primal(weights), optimality.Dual(weights, prices));
            if (primal <= Acceptable && (dual <= Acceptable || status == Status.Optimal)) return Optimal(weights, prices with { Bounds = bounds }, primal, dual, at.Iterations);
            return new() { Status = Unbounded(at.X) ? Status.Unbounded : status == Status.Optimal ? Status.Numerical : status, Iterations = at.Iterations, PrimalResidual = primal, DualResidual = dual };
        }

        private double[] Snapped(double[] x)
        {
            var (weights, limits) = (x[..scaled.Size], problem.Limits);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = Math.Clamp(weights[i], limits.Lower[i], limits.Upper[i]);
                if (weights[i] - limits.Lower[i] < 1e-9) weights[i] = limits.Lower[i];
                else if (limits.Upper[i] - weights[i] < 1e-9) weights[i] = limits.Upper[i];
                else if (scaled.Trades && Math.Abs(weights[i] - limits.Current[i]) < 1e-9) weights[i] = limits.Current[i];
            }
            return weights;
        }

        /// <summary>Whether the iterates have left along a direction without curvature in which the objective falls.</summary>
        private bool Unbounded(double[] x)
        {
            var size = Vectors.MaxAbs(x.AsSpan(0, scaled.Size));
            if (!(size > 1e6)) return false;
            double[] direction = [.. x.AsSpan(0, scaled.Size).ToArray().Select(w => w / size)];
            return scaled.Risk.Form(direction) <= 1e-9 && Vectors.Dot(scaled.Linear, direction) < 0;
        }

        private Solution Optimal(double[] weights, Multipliers prices, double primal, double dual, int iterations) => new()
        {
            Status = Status.Optimal,
            Weights = weights,
            Objective = problem.Objective(weights),
            Iterations = iterations,
            PrimalResidual = Math.Max(0, primal),
            DualResidual = dual,
            Multipliers = new(prices.Total * scale, [.. prices.Bounds.Select(x => x * scale)], [.. prices.Rows.Select(x => x * scale)], prices.Turnover * scale),
            Regularised = polish.Regularised,
        };
    }
}
