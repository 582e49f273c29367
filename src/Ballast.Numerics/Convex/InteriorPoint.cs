namespace Ballast.Numerics.Convex;

/// <summary>The primal-dual interior point method with predictor and corrector (Mehrotra 1992, SIAM J. Optimization 2; Nocedal and Wright, algorithm 16.4).</summary>
/// <remarks>Objectives are scaled to coefficients of about one before they come here, so that the tolerances are relative.</remarks>
internal sealed class InteriorPoint
{
    private const int MostIterations = 100;
    private const double Feasible = 1e-11;
    private readonly Programme programme;
    private readonly Iterate at;
    private readonly Step step;
    private readonly double smallestGap, feasible;

    private InteriorPoint(Programme programme, double gap)
    {
        (this.programme, smallestGap, feasible) = (programme, gap, Math.Max(Feasible, 1e-3 * gap));
        at = new Iterate(programme);
        step = new Step(programme, at);
    }

    /// <param name="gap">The gap at which the answer is good enough.</param>
    public static (Status Status, Iterate At) Solve(Programme programme, double gap = 1e-11)
    {
        var method = new InteriorPoint(programme, gap);
        return (method.Run(), method.at);
    }

    private Status Run()
    {
        Begin();
        for (; at.Iterations < MostIterations; at.Iterations++)
        {
            Measure();
            if (Done() || programme.Ends(at)) return Status.Optimal;
            if (Diverged() || !step.Factor()) return Status.Numerical;
            step.Predict();
            step.Centre();
            step.Correct();
            step.Take();
        }
        return Status.MaxIterations;
    }

    /// <summary>Every slack times its multiplier is the same at first: the point lies on the central path but for its residuals.</summary>
    private void Begin()
    {
        programme.Start(at.X);
        programme.Excess(at.X, at.S);
        var sum = 0.0;
        for (var i = 0; i < at.S.Length; i++) sum += at.S[i] = Math.Max(-at.S[i], 1e-3);
        var centre = sum / Math.Max(1, at.S.Length);
        for (var i = 0; i < at.S.Length; i++) at.Z[i] = centre / at.S[i];
    }

    private void Measure()
    {
        programme.Gradient(at.X, at.DualResidual);
        programme.AddRows(at.Z, at.DualResidual);
        programme.AddEqualities(at.Y, at.DualResidual);
        programme.Miss(at.X, at.EqualityResidual);
        programme.Excess(at.X, at.RowResidual);
        for (var i = 0; i < at.S.Length; i++) at.RowResidual[i] += at.S[i] - programme.Softness(i) * at.Z[i];
        for (var j = 0; j < at.Y.Length; j++) at.EqualityResidual[j] -= programme.EqualitySoftness * at.Y[j];
    }

    private bool Done() => at.Gap <= smallestGap && at.Primal <= feasible && at.Dual <= feasible * 10;

    /// <summary>Prices without end belong to limits that cannot be met.</summary>
    private bool Diverged() => !(Vectors.MaxAbs(at.Y) < 1e9 && Vectors.MaxAbs(at.X) < 1e12);

    /// <summary>One step's directions and lengths.</summary>
    private sealed class Step(Programme programme, Iterate at)
    {
        private const double KeepInside = 0.995;
        private const int MostRefinements = 2;
        private readonly double[] dx = new double[programme.Variables];
        private readonly double[] dy = new double[programme.Equalities];
        private readonly double[] dz = new double[programme.Rows];
        private readonly double[] ds = new double[programme.Rows];
        private readonly double[] wanted = new double[programme.Variables];
        private readonly double[] rest = new double[programme.Variables];
        private readonly double[] restY = new double[programme.Equalities];
        private readonly double[] weight = new double[programme.Rows];
        private readonly double[] right = new double[programme.Rows];
        private readonly double[] product = new double[programme.Rows];
        private double centre;
        private double lastGap = double.PositiveInfinity;
        private bool cautious;

        public bool Factor()
        {
            for (var i = 0; i < weight.Length; i++) weight[i] = 1 / (at.S[i] / at.Z[i] + programme.Softness(i));
            return programme.Factor(at.X, weight);
        }

        /// <summary>The affine direction: to the optimum at once, s∘z = 0.</summary>
        public void Predict()
        {
            for (var i = 0; i < product.Length; i++) product[i] = at.S[i] * at.Z[i];
            Direction();
        }

        /// <summary>σ = (μ_affine/μ)³: the better the affine step, the less centring.</summary>
        public void Centre()
        {
            if (product.Length == 0) return;
            var (primal, dual) = Lengths(1);
            double after = 0, before = 0;
            for (var i = 0; i < product.Length; i++)
            {
                after += (at.S[i] + primal * ds[i]) * (at.Z[i] + dual * dz[i]);
                before += at.S[i] * at.Z[i];
            }
            var ratio = after / before;
            // The method can cycle where a correction overshoots (Cartis 2009): a gap that did not shrink asks for a plain, centred step.
            cautious = before > 0.9 * lastGap;
            lastGap = before;
            centre = (cautious ? Math.Max(0.3, ratio) : ratio * ratio * ratio) * before / product.Length;
        }

        /// <summary>The second-order correction with the same factor, s∘z + Δs∘Δz = σμ.</summary>
        public void Correct()
        {
            for (var i = 0; i < product.Length; i++) product[i] = at.S[i] * at.Z[i] + (cautious ? 0 : ds[i] * dz[i]) - centre;
            Direction();
        }

        public void Take()
        {
            var (primal, dual) = Lengths(KeepInside);
            Vectors.AddScaled(primal, dx, at.X);
            Vectors.AddScaled(primal, ds, at.S);
            Vectors.AddScaled(dual, dy, at.Y);
            Vectors.AddScaled(dual, dz, at.Z);
        }

        /// <summary>Newton's equations, with Δs = −r_g − GΔx + δΔz and Δz = (r_g + GΔx − r_c/z)/(s/z + δ) put in.</summary>
        private void Direction()
        {
            for (var i = 0; i < right.Length; i++) right[i] = weight[i] * (at.RowResidual[i] - product[i] / at.Z[i]);
            at.DualResidual.CopyTo(wanted, 0);
            programme.AddRows(right, wanted);
            for (var i = 0; i < dx.Length; i++) dx[i] = wanted[i] = -wanted[i];
            for (var i = 0; i < dy.Length; i++) dy[i] = -at.EqualityResidual[i];
            programme.Solve(dx, dy);
            for (var times = 0; times < MostRefinements && Refine(); times++) { }
            programme.Slopes(dx, ds);
            for (var i = 0; i < ds.Length; i++)
            {
                dz[i] = weight[i] * ds[i] + right[i];
                ds[i] = -at.RowResidual[i] - ds[i] + programme.Softness(i) * dz[i];
            }
        }

        /// <summary>Solves for what the solution still misses; false where it misses nothing that matters. Near the optimum the factor has lost half its digits.</summary>
        private bool Refine()
        {
            programme.Bend(at.X, dx, rest);
            programme.Slopes(dx, ds);
            for (var i = 0; i < ds.Length; i++) ds[i] *= weight[i];
            programme.AddRows(ds, rest);
            programme.AddEqualities(dy, rest);
            for (var i = 0; i < rest.Length; i++) rest[i] = wanted[i] - rest[i];
            programme.EqualitySlopes(dx, restY);
            for (var j = 0; j < restY.Length; j++) restY[j] = -at.EqualityResidual[j] - restY[j] + programme.EqualitySoftness * dy[j];
            if (Math.Max(Vectors.MaxAbs(rest), Vectors.MaxAbs(restY)) <= Math.Max(1e-13, 1e-8 * Vectors.MaxAbs(wanted))) return false;
            programme.Solve(rest, restY);
            Vectors.AddScaled(1, rest, dx);
            Vectors.AddScaled(1, restY, dy);
            return true;
        }

        private (double Primal, double Dual) Lengths(double keep)
        {
            var (primal, dual) = (Longest(at.S, ds, keep), Longest(at.Z, dz, keep));
            return programme.Linear ? (primal, dual) : (Math.Min(primal, dual), Math.Min(primal, dual));
        }

        private static double Longest(double[] from, double[] direction, double keep)
        {
            var longest = 1.0;
            for (var i = 0; i < from.Length; i++)
                if (from[i] + longest * direction[i] / keep <= 0) longest = -keep * from[i] / direction[i];
            return longest;
        }
    }
}
