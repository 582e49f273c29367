using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>One corner of the efficient frontier: the weights at which the set of assets strictly between their bounds changes.</summary>
/// <param name="Lambda">λ of min ½w'Σw − λμ'w.</param>
public sealed record TurningPoint(double[] Weights, double Lambda, double Return, double Volatility);

/// <summary>The whole efficient frontier between bounds, by its turning points from the greatest return to the least variance.</summary>
/// <remarks>
/// Markowitz (1956); notation of Bailey and López de Prado (2013, Algorithms 6). Between two turning points, with F the assets strictly between
/// their bounds, w_F = α + βλ and ν = ν₀ + ν₁λ. Going down in λ, an asset of F leaves where it meets a bound; an asset i at a bound enters where its
/// price g_i = Σ_i w − λμ_i − ν crosses zero. Both are linear in λ, so that a step costs one pass over the rows of F.
/// </remarks>
public static class CriticalLine
{
    /// <summary>The frontier, or a refusal where the bounds contradict the sum, are infinite, or leave assets that copy each other.</summary>
    public static Answer<Frontier> Solve(Matrix covariance, double[] mean, Limits limits)
    {
        Symmetry.Require(covariance);
        limits.Require(covariance.Rows);
        if (mean.Length != covariance.Rows || mean.Any(x => !double.IsFinite(x))) throw new ArgumentException($"{mean.Length} finite means for {covariance.Rows} assets", nameof(mean));
        if (!limits.OnlyBounds) throw new ArgumentException("the critical line takes bounds, no other limits");
        if (limits.Lower.Any(double.IsInfinity)) return Refused("Unbounded", "every weight needs a lower bound");
        if (Infeasibility.Obvious(limits) is { } contradiction) return Refused("Infeasible", contradiction.Reason);
        return new Walk(covariance, mean, limits).Run();
    }

    private static Answer<Frontier> Refused(string code, string reason) => new Answer<Frontier>.Refused(code, reason);

    private sealed class Walk
    {
        private readonly Matrix covariance;
        private readonly double[] mean, apart;
        private readonly Limits limits;
        private readonly GrowingCholesky factor;
        private readonly double[] w, ones, returns, pinned, risk, riskSlope;
        private readonly bool[] free, high;
        private readonly List<TurningPoint> points = [];
        private double[] alpha = [], beta = [];
        private double nu0, nu1;

        public Walk(Matrix covariance, double[] mean, Limits limits)
        {
            var n = mean.Length;
            (this.covariance, this.mean, this.limits) = (covariance, mean, limits);
            apart = Apart(mean);
            factor = new GrowingCholesky(covariance);
            (w, ones, returns, pinned) = (new double[n], new double[n], new double[n], new double[n]);
            (risk, riskSlope, free, high) = (new double[n], new double[n], new bool[n], new bool[n]);
        }

        public Answer<Frontier> Run()
        {
            var first = GreatestReturn();
            if (first < 0) return Single();
            if (!Enter(first)) return Copies(first);
            var lambda = double.PositiveInfinity;
            for (var step = 0; step < 100 * (mean.Length + 10); step++)
            {
                Line();
                var (next, asset, entering) = NextEvent(lambda);
                lambda = Math.Max(next, 0);
                Record(lambda);
                if (next <= 0) return new Frontier(covariance, mean, points);
                if (!entering) Leave(asset);
                else if (!Enter(asset)) return Copies(asset);
            }
            return Refused("MaxIterations", $"the walk did not end after {points.Count} turning points");
        }

        /// <summary>Fills the best means to their upper bounds; the last one filled is free, and −1 says that none is.</summary>
        private int GreatestReturn()
        {
            limits.Lower.CopyTo(w, 0);
            var left = limits.Total - Vectors.Sum(w);
            foreach (var i in Enumerable.Range(0, w.Length).OrderByDescending(i => apart[i]))
            {
                var room = limits.Upper[i] - limits.Lower[i];
                if (room <= 0) continue;
                if (left < room) { w[i] += left; return left > -1e-12 && limits.Lower[i] < limits.Upper[i] ? i : -1; }
                (w[i], high[i], left) = (limits.Upper[i], true, left - room);
            }
            return -1;
        }

        private Answer<Frontier> Single()
        {
            points.Add(Point(0));
            return new Frontier(covariance, mean, points);
        }

        private static Answer<Frontier> Copies(int asset) => Refused("SingularCovariance", $"asset {asset} is a combination of others on the frontier: shrink the covariance");

        private bool Enter(int asset) => free[asset] = factor.Append(asset);

        private void Leave(int asset)
        {
            var at = factor.Members.IndexOf(asset);
            high[asset] = beta[at] < 0;
            w[asset] = high[asset] ? limits.Upper[asset] : limits.Lower[asset];
            free[asset] = false;
            factor.Remove(asset);
        }

        /// <summary>w_F = α + βλ and the prices of all assets at λ = 0 and their slope in λ.</summary>
        private void Line()
        {
            var k = factor.Count;
            Array.Clear(risk);
            Array.Clear(riskSlope);
            var held = 0.0;
            for (var i = 0; i < w.Length; i++)
            {
                if (free[i] || w[i] == 0) continue;
                held += w[i];
                Vectors.AddScaled(w[i], covariance.Row(i), risk);
            }
            for (var a = 0; a < k; a++)
            {
                var i = factor.Members[a];
                (ones[a], returns[a], pinned[a]) = (1, apart[i], risk[i]);
            }
            factor.Solve(ones.AsSpan(0, k));
            factor.Solve(returns.AsSpan(0, k));
            factor.Solve(pinned.AsSpan(0, k));
            var size = Vectors.Sum(ones.AsSpan(0, k));
            nu0 = (limits.Total - held + Vectors.Sum(pinned.AsSpan(0, k))) / size;
            nu1 = -Vectors.Sum(returns.AsSpan(0, k)) / size;
            (alpha, beta) = (new double[k], new double[k]);
            for (var a = 0; a < k; a++)
            {
                (alpha[a], beta[a]) = (nu0 * ones[a] - pinned[a], k == 1 ? 0 : returns[a] + nu1 * ones[a]);
                Vectors.AddScaled(alpha[a], covariance.Row(factor.Members[a]), risk);
                Vectors.AddScaled(beta[a], covariance.Row(factor.Members[a]), riskSlope);
            }
        }

        /// <summary>The largest λ below the current one at which an asset leaves or enters; zero or less where none does.</summary>
        private (double Lambda, int Asset, bool Entering) NextEvent(double current)
        {
            var best = (Lambda: 0.0, Asset: -1, Entering: false);
            void Offer(double lambda, int asset, bool entering)
            {
                lambda = Math.Min(lambda, current);
                if (lambda > best.Lambda) best = (lambda, asset, entering);
            }
            for (var a = 0; a < beta.Length; a++)
            {
                var i = factor.Members[a];
                if (beta[a] > 0) Offer((limits.Lower[i] - alpha[a]) / beta[a], i, false);
                else if (beta[a] < 0 && double.IsFinite(limits.Upper[i])) Offer((limits.Upper[i] - alpha[a]) / beta[a], i, false);
            }
            for (var i = 0; i < w.Length; i++)
            {
                if (free[i] || limits.Lower[i] == limits.Upper[i]) continue;
                var (price, slope) = (risk[i] - nu0, riskSlope[i] - apart[i] - nu1);
                if (high[i] ? slope < 0 : slope > 0) Offer(-price / slope, i, true);
            }
            return best;
        }

        private void Record(double lambda)
        {
            for (var a = 0; a < alpha.Length; a++)
            {
                var i = factor.Members[a];
                w[i] = Math.Clamp(alpha[a] + beta[a] * lambda, limits.Lower[i], limits.Upper[i]);
            }
            points.Add(Point(lambda));
        }

        private TurningPoint Point(double lambda) => new([.. w], lambda, Vectors.Dot(mean, w), Math.Sqrt(Math.Max(0, Curvature.Form(covariance, w))));

        /// <summary>Equal means are told apart by 1e-12 of the largest one, the earlier asset being the better.</summary>
        private static double[] Apart(double[] mean)
        {
            var (shifted, step) = (mean.ToArray(), 1e-12 * Vectors.MaxAbs(mean));
            var order = Enumerable.Range(0, mean.Length).OrderByDescending(i => mean[i]).ToArray();
            for (var k = 1; k < order.Length; k++) shifted[order[k]] = Math.Min(shifted[order[k]], shifted[order[k - 1]] - step);
            return shifted;
        }
    }
}
