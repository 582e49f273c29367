namespace Ballast.Numerics.Convex;

/// <summary>A linear limit on the weights, Σ a_i w_i ≤ most, such as a group's share or a least return.</summary>
/// <param name="Name">What a refusal calls it.</param>
public sealed record LinearLimit(string Name, double[] Coefficients, double Most)
{
    /// <summary>The limit as a sentence says it.</summary>
    public string Words { get; init; } = Name;

    /// <summary>Σ a_i w_i ≥ least.</summary>
    public static LinearLimit AtLeast(string name, double[] coefficients, double least) => new(name, [.. coefficients.Select(x => -x)], -least);

    /// <summary>The sum of some weights lies between two numbers; an infinite one is no limit.</summary>
    public static IEnumerable<LinearLimit> Group(string name, int assets, IEnumerable<int> members, double least, double most)
    {
        var coefficients = new double[assets];
        foreach (var i in members) coefficients[i] = 1;
        if (double.IsFinite(least)) yield return AtLeast(name + " minimum", coefficients, least) with { Words = $"at least {Infeasibility.Share(least)} of {name}" };
        if (double.IsFinite(most)) yield return new(name + " maximum", coefficients, most) { Words = $"at most {Infeasibility.Share(most)} of {name}" };
    }
}

/// <summary>What any portfolio must keep: its sum, each weight's bounds, linear limits, and how much may be traded.</summary>
public sealed record Limits
{
    private Limits(double[] lower, double[] upper) => (Lower, Upper) = (lower, upper);

    public double[] Lower { get; init; }
    public double[] Upper { get; init; }

    /// <summary>The sum of the weights.</summary>
    public double Total { get; init; } = 1;

    public IReadOnlyList<LinearLimit> Rows { get; init; } = [];

    /// <summary>The weights now, which costs and turnover are counted from; empty where neither is asked for.</summary>
    public double[] Current { get; init; } = [];

    /// <summary>The most that Σ|w − current| may be: purchases and sales together.</summary>
    public double Turnover { get; init; } = double.PositiveInfinity;

    public int Size => Lower.Length;

    /// <summary>Whether only sum and bounds limit the weights.</summary>
    public bool OnlyBounds => Rows.Count == 0 && double.IsPositiveInfinity(Turnover);

    public bool LongOnly => OnlyBounds && Lower.All(x => x == 0) && Upper.All(x => x >= Total);

    /// <summary>Whether no weight has a bound.</summary>
    public bool Unbounded => Lower.All(double.IsNegativeInfinity) && Upper.All(double.IsPositiveInfinity);

    public static Limits LongOnlyOf(int assets) => Between(assets, 0, 1);

    public static Limits None(int assets) => Between(assets, double.NegativeInfinity, double.PositiveInfinity);

    public static Limits Between(int assets, double lower, double upper)
    {
        var (low, high) = (new double[assets], new double[assets]);
        Array.Fill(low, lower);
        Array.Fill(high, upper);
        return new(low, high);
    }

    public static Limits Between(double[] lower, double[] upper) => new(lower, upper);

    /// <summary>Throws where lengths disagree or a number is none.</summary>
    internal void Require(int assets)
    {
        if (Lower.Length != assets || Upper.Length != assets) throw new ArgumentException($"{Lower.Length} lower and {Upper.Length} upper bounds for {assets} assets");
        if (Current.Length != 0 && Current.Length != assets) throw new ArgumentException($"{Current.Length} current weights for {assets} assets");
        if (Current.Length == 0 && double.IsFinite(Turnover)) throw new ArgumentException("a turnover limit needs the current weights");
        if (Lower.Concat(Upper).Any(double.IsNaN) || !double.IsFinite(Total) || double.IsNaN(Turnover) || Current.Any(x => !double.IsFinite(x))) throw new ArgumentException("a limit is not a number");
        foreach (var row in Rows)
        {
            if (row.Coefficients.Length != assets) throw new ArgumentException($"{row.Name} has {row.Coefficients.Length} coefficients for {assets} assets");
            if (row.Coefficients.Any(x => !double.IsFinite(x)) || !double.IsFinite(row.Most)) throw new ArgumentException($"{row.Name} is not finite");
        }
    }
}
