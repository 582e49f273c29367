namespace Ballast.Numerics.Convex;

/// <summary>Solves exactly on a guessed set of active limits, and corrects the guess while single limits contradict it.</summary>
internal sealed class Polish(PortfolioProblem problem)
{
    private const double Exact = 1e-13;
    private const int MostRounds = 12;
    private const int MostNewtonSteps = 10;
    private const double FarthestMove = 0.5;
    private readonly Optimality optimality = new(problem);

    public double[] Weights { get; private set; } = [];
    public Multipliers? Prices { get; private set; }
    public double Primal { get; private set; } = double.PositiveInfinity;
    public double Dual { get; private set; } = double.PositiveInfinity;
    public bool Regularised { get; private set; }

    /// <summary>How often the equations were solved.</summary>
    public int Rounds { get; private set; }

    /// <summary>True once the conditions of optimality hold to rounding; the problem is scaled to coefficients of about one.</summary>
    public bool Try(ActiveLimits active, ReadOnlySpan<double> near, Multipliers prices)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            Rounds = round + 1;
            if (!SolveOn(active, near, prices)) return false;
            Primal = optimality.Primal(Weights);
            (Dual, var bounds) = optimality.Dual(Weights, Prices!);
            Prices = Prices! with { Bounds = bounds };
            if (Primal <= Exact * Math.Max(1, Vectors.MaxAbs(Weights)) && Dual <= Exact * 10) return true;
            if (!Corrected(active)) return false;
        }
        return false;
    }

    /// <summary>Newton's method on the equalities; once more with a ridge where free assets copy each other.</summary>
    private bool SolveOn(ActiveLimits active, ReadOnlySpan<double> near, Multipliers prices)
    {
        var system = new EqualityStep(problem, active, active.Free());
        var start = near.ToArray();
        for (var i = 0; i < start.Length; i++)
            if (active.Side(i) == 0 && active.Places[i] != Place.Free) start[i] = active.Pinned(i);
        Regularised = !Newton(system, start, prices, ridged: false);
        return !Regularised || Newton(system, start, prices, ridged: true);
    }

    /// <summary>One step for a quadratic; the rest refine it, or follow the impact's power. False where it does not settle near where it began.</summary>
    private bool Newton(EqualityStep system, double[] start, Multipliers prices, bool ridged)
    {
        (Weights, var y, var last) = ([.. start], system.Prices(prices), double.PositiveInfinity);
        for (var step = 0; step < MostNewtonSteps; step++)
        {
            var miss = system.Measure(Weights, y);
            if (miss <= 1e-16 || miss > 0.5 * last && miss < Exact) break;
            last = miss;
            if ((step == 0 || problem.Impact.Length > 0) && !system.Factor(Weights, ridged)) return false;
            if (system.Take(Weights, y) > FarthestMove * Math.Max(1, Vectors.MaxAbs(start)) && !ridged) return false;
        }
        Prices = system.Multipliers(y);
        return system.Measure(Weights, y) <= Exact;
    }

    /// <summary>Pins what has left its limits and frees what pulls away from them; false where nothing is wrong that a single change would mend.</summary>
    private bool Corrected(ActiveLimits active)
    {
        var (limits, changed) = (problem.Limits, false);
        void Move(int i, Place place) => (active.Places[i], changed) = (place, true);
        var pull = optimality.Pulls(Weights, Prices!);
        for (var i = 0; i < Weights.Length; i++)
        {
            var side = active.Side(i);
            if (limits.Lower[i] == limits.Upper[i]) continue;
            if (side != 0 || active.Places[i] == Place.Free)
            {
                if (Weights[i] < limits.Lower[i] - 1e-15) Move(i, Place.Lower);
                else if (Weights[i] > limits.Upper[i] + 1e-15) Move(i, Place.Upper);
                else if (side * (Weights[i] - (side == 0 ? 0 : limits.Current[i])) < 0) Move(i, Place.Current);
            }
            else if (pull[i] > Exact * 10 && active.Places[i] != Place.Lower) Move(i, problem.Trades ? Below(i, active) : Place.Free);
            else if (pull[i] < -Exact * 10 && active.Places[i] != Place.Upper) Move(i, problem.Trades ? Above(i, active) : Place.Free);
        }
        for (var j = 0; j < active.RowBinds.Length; j++)
        {
            var over = Vectors.Dot(limits.Rows[j].Coefficients, Weights) > limits.Rows[j].Most + 1e-15;
            if (active.RowBinds[j] ? Prices!.Rows[j] < 0 : over) (active.RowBinds[j], changed) = (!active.RowBinds[j], true);
        }
        if (active.TurnoverBinds && Prices!.Turnover < 0) (active.TurnoverBinds, changed) = (false, true);
        else if (!active.TurnoverBinds && optimality.Traded(Weights) > limits.Turnover + 1e-15) (active.TurnoverBinds, changed) = (true, true);
        return changed;
    }

    /// <summary>Where a weight goes that wants to fall from its stop.</summary>
    private Place Below(int i, ActiveLimits active) => active.Places[i] == Place.Upper && problem.Limits.Upper[i] > problem.Limits.Current[i] ? Place.Bought : Place.Sold;

    private Place Above(int i, ActiveLimits active) => active.Places[i] == Place.Lower && problem.Limits.Lower[i] < problem.Limits.Current[i] ? Place.Sold : Place.Bought;
}
