using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>Follows the optimum from the weights now, where trading is too dear for anyone, while the price of trading falls to nothing or until the turnover is used up.</summary>
/// <remarks>
/// The optimum of ½w'Hw + c'w + Σ(κ_i + λ)|w_i − w⁰_i| is piecewise linear in λ (Best 1996, An algorithm for the solution of the parametric quadratic
/// programming problem). Between events only the assets that trade and stand at no stop move: k² + nk operations an event, and k stays small.
/// H is used without its scale; λ and the price of the sum are over it.
/// </remarks>
internal sealed class TradingWalk
{
    // Of the sum of the weights now; the exact answer on the limits found takes it out.
    private const double SumSlack = 1e-9;
    private readonly PortfolioProblem problem;
    private readonly Limits limits;
    private readonly Matrix matrix;
    private readonly double unit;
    private readonly GrowingCholesky factor;
    private readonly WalkEvents events;
    private readonly double[] slope, fall, move, sides, ones;
    private double price, level, levelRate, traded;

    private TradingWalk(PortfolioProblem problem, DenseCurvature risk)
    {
        (this.problem, limits, matrix, unit) = (problem, problem.Limits, risk.Matrix, risk.Scale);
        var n = problem.Size;
        (slope, fall, move, sides, ones) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        factor = new GrowingCholesky(matrix);
        Active = new ActiveLimits(problem);
        Weights = [.. limits.Current];
        events = new WalkEvents(problem, Active, unit);
    }

    public ActiveLimits Active { get; }
    public double[] Weights { get; }
    public int Steps { get; private set; }
    public Multipliers Prices => new(level * unit, [], [], price * unit);

    /// <summary>The end of the walk; null where it does not apply (impact, linear limits, weights now outside the limits) or rounding stops it.</summary>
    public static TradingWalk? Of(PortfolioProblem problem)
    {
        var limits = problem.Limits;
        if (!problem.Trades || problem.Impact.Length > 0 || limits.Rows.Count > 0 || problem.Risk is not DenseCurvature risk || !(risk.Scale > 0)) return null;
        if (Math.Abs(Vectors.Sum(limits.Current) - limits.Total) > SumSlack) return null;
        for (var i = 0; i < problem.Size; i++)
            if (limits.Current[i] < limits.Lower[i] || limits.Current[i] > limits.Upper[i]) return null;
        var walk = new TradingWalk(problem, risk);
        return walk.Run() ? walk : null;
    }

    private bool Run()
    {
        Array.Fill(Active.Places, Place.Current);
        problem.Risk.Multiply(Weights, slope);
        for (var i = 0; i < slope.Length; i++) slope[i] = (slope[i] + problem.Linear[i]) / unit;
        (price, level, var buyer, var seller) = events.First(slope);
        if (!(price > 0) || limits.Turnover == 0) return Ended();
        if (!Enter(buyer, Place.Bought) || !Enter(seller, Place.Sold)) return false;
        for (var most = 20 * slope.Length + 100; Steps < most; Steps++)
        {
            var turnoverRate = Direction();
            var (length, asset, place) = events.Next(Weights, move, slope, fall, price, level, levelRate);
            var last = Math.Min(price, turnoverRate > 0 ? (limits.Turnover - traded) / turnoverRate : price);
            Advance(Math.Max(0, Math.Min(length, last)), turnoverRate);
            if (length >= last) return Ended();
            if (!Change(asset, place)) return false;
        }
        return false;
    }

    /// <summary>How the weights, the slopes and the price of the sum answer to a price of trading that falls by one; returns how the turnover does.</summary>
    private double Direction()
    {
        var members = factor.Members;
        var (k, turnoverRate) = (members.Length, 0.0);
        for (var a = 0; a < k; a++) (sides[a], ones[a]) = (Active.Side(members[a]), 1);
        factor.Solve(sides.AsSpan(0, k));
        factor.Solve(ones.AsSpan(0, k));
        levelRate = Vectors.Sum(sides.AsSpan(0, k)) / Vectors.Sum(ones.AsSpan(0, k));
        Array.Clear(move);
        for (var a = 0; a < k; a++)
        {
            move[members[a]] = k == 1 ? 0 : sides[a] - levelRate * ones[a];
            turnoverRate += Active.Side(members[a]) * move[members[a]];
        }
        Array.Clear(fall);
        Vectors.SubtractRows(matrix, members, move, fall);
        return turnoverRate;
    }

    private void Advance(double length, double turnoverRate)
    {
        foreach (var i in factor.Members) Weights[i] += length * move[i];
        Vectors.AddScaled(-length, fall, slope);
        (price, level, traded) = (price - length, level + length * levelRate, traded + length * turnoverRate);
    }

    /// <summary>Moves one asset to its next place.</summary>
    private bool Change(int asset, Place place)
    {
        if (place is Place.Bought or Place.Sold) return Enter(asset, place);
        Active.Pin(asset, place);
        factor.Remove(asset);
        Weights[asset] = Active.Pinned(asset);
        return factor.Count > 0;
    }

    private bool Enter(int asset, Place place)
    {
        Active.Pin(asset, place);
        return factor.Append(asset);
    }

    private bool Ended()
    {
        Active.TurnoverBinds = price > 0;
        return true;
    }
}
