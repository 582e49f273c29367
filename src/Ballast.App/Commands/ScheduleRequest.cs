using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.App.Commands;

/// <summary>What trading costs and how the price moves meanwhile.</summary>
/// <param name="Volatility">A share a year.</param>
internal sealed record TradingMarket(double Price, double Volatility, PriceImpact Impact)
{
    /// <summary>In money a unit per √day.</summary>
    public double DailyMove => Price * Volatility / Math.Sqrt(365);
}

/// <summary>An order, cut.</summary>
/// <param name="Left">What did not fit into the volume.</param>
/// <param name="Cost">Null where no market is given.</param>
/// <param name="Even">The cost of trading evenly.</param>
/// <param name="Others">Costs at other risk aversions; empty unless the method has one.</param>
internal sealed record OrderSchedule(double[] Trades, double Left, ExecutionCost? Cost, ExecutionCost? Even, (double Aversion, ExecutionCost Cost)[] Others, double? Kappa);

/// <summary>An order that is to be cut, and how.</summary>
internal sealed record ScheduleRequest
{
    public static readonly string[] Methods = ["almgren-chriss", "twap", "vwap", "pov"];

    public required string Method { get; init; }
    public required double Quantity { get; init; }
    public required int Steps { get; init; }
    public required Duration Duration { get; init; }
    public required TradingMarket? Market { get; init; }
    public double RiskAversion { get; init; }
    public double Jitter { get; init; }
    public ulong Seed { get; init; }
    public double[] Volumes { get; init; } = [];
    public double Rate { get; init; }
    public double? MostRate { get; init; }
    public double Lot { get; init; }
    public double Least { get; init; }

    public double StepDays => Duration.TotalDays / Steps;

    public Answer<OrderSchedule> Solve() => Ideal().Then<OrderSchedule>(ideal =>
    {
        double[] caps = MostRate is { } most ? [.. Volumes.Select(v => most / (1 - most) * v)] : [];
        var (trades, left) = ChildOrders.Fitted(ideal.Trades, Lot, Least, caps);
        left += Quantity - ideal.Trades.Sum();
        var even = ChildOrders.Even(Quantity, Steps);
        return new OrderSchedule(trades, Math.Abs(left) <= 1e-12 * Math.Abs(Quantity) ? 0 : left, CostOf(trades), CostOf(even), [.. Others()], ideal.Kappa);
    });

    private Answer<(double[] Trades, double? Kappa)> Ideal() => Method switch
    {
        "twap" => (ChildOrders.Even(Quantity, Steps, Jitter, Seed), null),
        "vwap" => ChildOrders.ByVolume(Quantity, Volumes).Then<(double[], double?)>(trades => (trades, null)),
        "pov" => (ChildOrders.WithVolume(Quantity, Volumes, Rate), null),
        _ => Optimal(RiskAversion).Then<(double[], double?)>(found => (found.Trades, found.Kappa)),
    };

    private IEnumerable<(double, ExecutionCost)> Others() => Method != Methods[0] || RiskAversion == 0 ? []
        : ((double[])[RiskAversion / 10, RiskAversion * 10]).Select(lambda => (lambda, Optimal(lambda).OrThrow().Cost));

    private Answer<AlmgrenChriss> Optimal(double lambda) => AlmgrenChriss.Of(Quantity, Steps, Duration.TotalDays, Market!.DailyMove, Market.Impact, lambda);

    private ExecutionCost? CostOf(double[] trades) => Market?.Impact.CostOf(trades, StepDays, Market.DailyMove);
}
