using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Execution;

/// <summary>One Greek of a book: what it is, what a lot of each instrument adds, and within what it has to come.</summary>
/// <param name="Name">What a refusal calls it.</param>
/// <param name="Now">Before any trade.</param>
/// <param name="PerLot">What one lot bought adds, one an instrument.</param>
/// <param name="Low">−∞ where there is no least.</param>
/// <param name="High">+∞ where there is no most.</param>
public sealed record GreekBound(string Name, double Now, double[] PerLot, double Low, double High)
{
    /// <summary>Where its risk is counted from.</summary>
    public double Target { get; init; }

    /// <summary>How far it is outside of its bounds: above 0 over the upper one, below 0 under the lower one.</summary>
    public double Excess(double value) => value > High ? value - High : value < Low ? value - Low : 0;
}

/// <summary>What is left of the Greeks costs risk: half the aversion times r'Σr.</summary>
/// <param name="Aversion">Per unit of money.</param>
/// <param name="Covariance">Of what a unit of each Greek gains, in the order of the Greeks.</param>
public sealed record GreekRisk(double Aversion, Matrix Covariance);

/// <summary>A margin engine as a hedge sees it: exact at any lots, and a straight line around them.</summary>
/// <param name="Available">The most margin after the trades.</param>
/// <param name="At">Margin after these lots, and what one more lot of each instrument would add.</param>
public sealed record HedgeMargin(double Available, Func<double[], MarginSlope> At);

/// <summary>Margin at a point, and what one more lot of each instrument adds there.</summary>
public sealed record MarginSlope(double Margin, double[] PerLot);

/// <summary>Instruments that can be traded, one a place in each array, and what the Greeks must become.</summary>
/// <param name="Costs">Money a lot, bought or sold; a rebate counts as 0, because nobody is paid for trading in circles.</param>
/// <param name="MostBought">Lots.</param>
/// <param name="MostSold">Lots.</param>
public sealed record GreekHedgeProblem(GreekBound[] Greeks, double[] Costs, double[] MostBought, double[] MostSold)
{
    /// <summary>Lots held now, signed, where a trade may close a position but not turn it round; empty where it may.</summary>
    public double[] Held { get; init; } = [];

    public bool WholeLots { get; init; } = true;

    public GreekRisk? Risk { get; init; }

    public HedgeMargin? Margin { get; init; }

    /// <summary>How many linear programmes to look at for whole lots before the best so far is taken.</summary>
    public int MostNodes { get; init; } = 20_000;

    internal int Size => Costs.Length;

    internal double Cost(int i) => Math.Max(0, Costs[i]);

    internal double BuyCap(int i) => Math.Max(0, Held.Length > 0 && Held[i] < 0 ? Math.Min(MostBought[i], -Held[i]) : MostBought[i]);

    internal double SellCap(int i) => Math.Max(0, Held.Length > 0 && Held[i] > 0 ? Math.Min(MostSold[i], Held[i]) : MostSold[i]);

    internal double[] After(double[] lots) => [.. Greeks.Select(g => g.Now + Algebra.Dot(g.PerLot, lots))];

    internal GreekHedgeProblem Require()
    {
        if (MostBought.Length != Size || MostSold.Length != Size || Held.Length != 0 && Held.Length != Size) throw new ArgumentException($"{MostBought.Length}, {MostSold.Length} and {Held.Length} limits for {Size} instruments");
        if (Costs.Concat(MostBought).Concat(MostSold).Concat(Held).Any(x => !double.IsFinite(x))) throw new ArgumentException("a cost or a number of lots is not finite");
        foreach (var g in Greeks)
        {
            if (g.PerLot.Length != Size) throw new ArgumentException($"{g.Name} has {g.PerLot.Length} numbers for {Size} instruments");
            if (!double.IsFinite(g.Now) || !double.IsFinite(g.Target) || g.PerLot.Any(x => !double.IsFinite(x)) || !(g.Low <= g.High)) throw new ArgumentException($"{g.Name} is {g.Now} between {g.Low} and {g.High}");
        }
        if (Risk is { } r && (r.Covariance.RequireSymmetric().Rows != Greeks.Length || !(r.Aversion >= 0))) throw new ArgumentException($"a covariance of {r.Covariance.Rows} for {Greeks.Length} Greeks, aversion {r.Aversion}");
        return this;
    }
}

/// <summary>The cheapest trades that bring every Greek within its bounds.</summary>
/// <param name="Lots">Above 0 bought, below 0 sold.</param>
/// <param name="Cost">Of trading.</param>
/// <param name="After">Each Greek afterwards.</param>
/// <param name="Prices">What one more unit of room at the bound that presses would save, by the relaxation; 0 where none does.</param>
public sealed record GreekHedgeSolution(double[] Lots, double Cost, double[] After, double[] Prices)
{
    /// <summary>Half the aversion times r'Σr of what is left; 0 where risk is not counted.</summary>
    public double RiskCost { get; init; }

    /// <summary>Margin afterwards, by the full engine; null where there is none.</summary>
    public double? Margin { get; init; }

    /// <summary>The lots before they had to be whole.</summary>
    public required double[] RelaxedLots { get; init; }

    public required double RelaxedCost { get; init; }

    /// <summary>How much cheaper another solution could be at most, relative.</summary>
    public double Gap { get; init; }

    public int Nodes { get; init; }

    /// <summary>Sentences about what the numbers do not say.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A bound that cannot be kept, and the nearest that can be reached.</summary>
/// <param name="Name">Of the Greek, or <c>margin</c>.</param>
/// <param name="By">How far outside: above 0 over the upper bound, below 0 under the lower one.</param>
public sealed record GreekShortfall(string Name, double Low, double High, double Reached, double By);
