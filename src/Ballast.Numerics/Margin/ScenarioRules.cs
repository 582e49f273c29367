namespace Ballast.Numerics.Margin;

/// <summary>The parameters of a scenario-based risk engine. They are a venue's, dated, and come from files; here is only what they do.</summary>
/// <param name="Scenarios">In the venue's order: of equal losses the first is called the worst.</param>
public sealed record ScenarioRules(IReadOnlyList<Scenario> Scenarios, VolatilityRule Volatility)
{
    /// <summary>Whether moves are in money instead of fractions of each price.</summary>
    public bool MovesInMoney { get; init; }

    /// <summary>How many days later the scenarios play.</summary>
    public double DaysAhead { get; init; }

    /// <summary>The interest that option payoffs are discounted by, continuous a year; 0 on crypto venues.</summary>
    public double Rate { get; init; }

    /// <summary>The largest move of the standard table: far coin gains are converted to its price, and the dampener counts from it.</summary>
    public double Edge { get; init; }

    /// <summary>Money that softens a far loss, for each edge beyond the first.</summary>
    public double Dampener { get; init; }

    /// <summary>The part of a scenario's gain that may be set against losses of another underlying or currency.</summary>
    public double GainsKept { get; init; } = 1;

    /// <summary>The most money of gain that may be set so.</summary>
    public double GainsCap { get; init; } = double.PositiveInfinity;

    public RollCharge? Roll { get; init; }
    public LiquidityCharge? Liquidity { get; init; }

    /// <summary>Charged for each coin of a future, long or short, as a fraction of the index.</summary>
    public double FutureContingency { get; init; }

    public MinimumCharge Minimum { get; init; } = new();

    /// <summary>Initial margin over the engine's risk.</summary>
    public double InitialFactor { get; init; } = 1;

    /// <summary>Maintenance margin over the engine's risk.</summary>
    public double MaintenanceFactor { get; init; } = 1;

    /// <summary>Decimals of the worst loss and of initial margin, rounded half up; null leaves them as they are.</summary>
    public int? Decimals { get; init; }

    /// <summary>Prices from −range to range in so many steps a side, at each one volatilities down, the same and up; then the far moves, weighted range/|move|, with volatilities up.</summary>
    public static Scenario[] Grid(double range, int buckets, IEnumerable<double> far, double farFactor = 1)
    {
        if (!(range > 0 && range < 1)) throw new ArgumentOutOfRangeException(nameof(range), range, "a range of prices lies in (0, 1)");
        if (buckets < 1) throw new ArgumentOutOfRangeException(nameof(buckets), buckets, "at least one bucket a side");
        return
        [
            .. from j in Enumerable.Range(-buckets, 2 * buckets + 1)
               from state in Enum.GetValues<VolatilityState>()
               select new Scenario(j * range / buckets, state),
            .. far.Select(move => new Scenario(move, VolatilityState.Up, farFactor * range / Math.Abs(move), Far: true)),
        ];
    }

    /// <summary>How much of a loss of a far scenario is forgiven, in money of the edge price.</summary>
    internal double Forgiven(Scenario scenario) =>
        !scenario.Far || Dampener == 0 ? 0 : (Math.Max(Math.Abs(scenario.Move) / Edge, 1) - 1) * Dampener;

    /// <summary>The edge on the side of a far move: what a price becomes there, as a multiple.</summary>
    internal double EdgePrice(Scenario scenario) => 1 + Math.Sign(scenario.Move) * Edge;

    internal double Rounded(double value) => Decimals is { } decimals ? Math.Round(value, decimals, MidpointRounding.AwayFromZero) : value;
}
