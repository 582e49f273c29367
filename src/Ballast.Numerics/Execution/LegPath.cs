namespace Ballast.Numerics.Execution;

/// <summary>Legs to trade one after the other, and what each state on the way costs in margin.</summary>
/// <param name="Count">How many legs.</param>
/// <param name="Margin">Of the book with these fractions of each leg filled, in the unit of <paramref name="Limit"/>.</param>
/// <param name="Limit">The most margin at any moment.</param>
public sealed record LegSet(int Count, Func<ReadOnlySpan<double>, double> Margin, double Limit = double.PositiveInfinity)
{
    /// <summary>What each whole leg adds to the delta; empty where it does not matter.</summary>
    public double[] Deltas { get; init; } = [];

    /// <summary>Before the first leg.</summary>
    public double StartDelta { get; init; }

    /// <summary>Of each leg, relative to its price: the widest go first where nothing else decides; empty where it does not matter.</summary>
    public double[] Spreads { get; init; } = [];

    /// <summary>In how many steps a leg is filled when the worst moment is looked for.</summary>
    public int Slices { get; init; } = 4;

    internal double Delta(int leg) => Deltas.Length == 0 ? 0 : Deltas[leg];

    internal double Spread(int leg) => Spreads.Length == 0 ? 0 : Spreads[leg];

    internal double MarginOf(double[] filled) => Margin(filled) is var margin && double.IsNaN(margin) ? throw new InvalidOperationException($"the margin at {string.Join(", ", filled)} is not a number") : margin;

    /// <summary>The worst margin while a leg is filled, from its first slice to its last.</summary>
    internal double Worst(double[] filled, int leg)
    {
        var worst = double.NegativeInfinity;
        for (var slice = 1; slice <= Slices; slice++)
        {
            filled[leg] = (double)slice / Slices;
            worst = Math.Max(worst, MarginOf(filled));
        }
        return worst;
    }

    internal LegSet Require()
    {
        if (Count is < 1 or > 64) throw new ArgumentOutOfRangeException(nameof(Count), Count, "1 to 64 legs");
        if (Slices < 1) throw new ArgumentOutOfRangeException(nameof(Slices), Slices, "at least one slice");
        if (Deltas.Length != 0 && Deltas.Length != Count || Spreads.Length != 0 && Spreads.Length != Count) throw new ArgumentException($"{Deltas.Length} deltas and {Spreads.Length} spreads for {Count} legs");
        if (Deltas.Concat(Spreads).Append(StartDelta).Any(x => !double.IsFinite(x)) || double.IsNaN(Limit)) throw new ArgumentException("a delta, a spread or the limit is not a number");
        return this;
    }
}

/// <summary>One moment on the way: after a leg, and the worst while it was filled.</summary>
/// <param name="Leg">Which one.</param>
/// <param name="Margin">Once it is filled.</param>
/// <param name="Worst">The most while it is being filled.</param>
/// <param name="Delta">Once it is filled.</param>
public sealed record LegStep(int Leg, double Margin, double Worst, double Delta);

/// <summary>An order of legs with every step's margin and delta.</summary>
/// <param name="Start">Margin before the first leg.</param>
/// <param name="Steps">In their order.</param>
/// <param name="Lateness">Σ position × spread: less where wide spreads go first.</param>
/// <param name="Proved">Whether no order is better; false where there were too many to look at.</param>
public sealed record LegPath(double Start, LegStep[] Steps, double Lateness, bool Proved)
{
    /// <summary>What counts as equal.</summary>
    internal const double Slack = 1e-9;

    public int[] Order => [.. Steps.Select(s => s.Leg)];

    public double PeakMargin => Steps.Max(s => s.Worst);

    public double PeakDelta => Steps.Max(s => Math.Abs(s.Delta));

    /// <summary>The step, from 1, on which the margin is worst.</summary>
    public int PeakStep => 1 + Array.FindIndex(Steps, s => s.Worst == PeakMargin);

    /// <summary>The first step, from 1, whose margin is above the limit; 0 where none is.</summary>
    public int FirstOver(double limit) => 1 + Array.FindIndex(Steps, s => s.Worst > limit);

    /// <summary>The steps of an order, which must name every leg once.</summary>
    public static LegPath Of(LegSet legs, IReadOnlyList<int> order)
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, legs.Require().Count))) throw new ArgumentException($"{string.Join(", ", order)} does not name each of {legs.Count} legs once", nameof(order));
        var (filled, delta) = (new double[legs.Count], legs.StartDelta);
        var start = legs.MarginOf(filled);
        var steps = order.Select(leg => new LegStep(leg, 0, legs.Worst(filled, leg), delta += legs.Delta(leg)) { Margin = legs.MarginOf(filled) }).ToArray();
        return new(start, steps, order.Select((leg, at) => at * legs.Spread(leg)).Sum(), false);
    }

    /// <summary>Whether it comes before another: lower worst margin, then lower worst delta, then wide spreads earlier.</summary>
    public bool IsBetterThan(LegPath other) =>
        Less(PeakMargin, other.PeakMargin) ?? Less(PeakDelta, other.PeakDelta) ?? Less(Lateness, other.Lateness) ?? false;

    internal static bool? Less(double a, double b) => Math.Abs(a - b) <= Slack * Math.Max(1, Math.Abs(b)) ? null : a < b;
}
