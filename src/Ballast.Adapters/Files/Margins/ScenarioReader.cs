using System.Globalization;
using Ballast.Adapters.Files.Policies;
using Ballast.Adapters.Files.Yaml;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Margin;

namespace Ballast.Adapters.Files.Margins;

/// <summary>Reads the parameters of a scenario-based risk engine.</summary>
internal sealed class ScenarioReader(Section file, PlacedFaults faults)
{
    private const double Much = 1e15;

    public MarginRules.Scenarios? Rules()
    {
        var (prices, far) = (file.Requires("prices", "{ range: 0.16, buckets: 4 }") ? file.Sub("prices", MarginKeys.Prices) : null, file.Sub("far", MarginKeys.Far));
        var volatility = Volatility();
        Scenario[] near = prices is null ? [] : Near(prices);
        if (prices is not null && near.Length == 0 && faults.Count == 0) faults.Add(prices.Place, "EMPTY", "`prices` has no scenario", "expected range and buckets, moves, or scenarios");
        var edge = near.Length == 0 ? 0 : near.Max(s => Math.Abs(s.Move));
        Scenario[] extended = far is null ? [] : Far(far, edge);
        var (roll, liquidity, gains, minimum) = (file.Sub("roll", MarginKeys.Roll), file.Sub("liquidity", MarginKeys.Liquidity), file.Sub("gains", MarginKeys.Gains), file.Sub("minimum", MarginKeys.Minimum));
        var rules = new ScenarioRules([.. near, .. extended], volatility)
        {
            MovesInMoney = prices.Flag("inMoney"), DaysAhead = file.Number("daysAhead", 0, 0, 365), Rate = file.Number("rate", 0, -0.5, 2), Edge = edge, Dampener = far.Number("dampenerUsd", 0, 0, Much),
            GainsKept = gains.Number("kept", 1, 0, 1), GainsCap = gains.Number("capUsd", double.PositiveInfinity, 0, Much),
            Roll = roll is null ? null : new(roll.Number("annual", 0, 0, 10), roll.Number("least", 0, 0, 1)),
            Liquidity = liquidity is null ? null : new(liquidity.Number("thresholdUsd", 0, 0, Much), liquidity.Number("perCoin", 0, 0, 1), liquidity.Number("most", 1, 0, 1)),
            Minimum = new(minimum.Number("perOption", 0, 0, Much), minimum.Number("perShortOption", 0, 0, Much), minimum.Number("netDelta", 0, 0, 1), minimum.Number("hedgedDelta", 0, 0, 1)),
            FutureContingency = file.Number("futureContingency", 0, 0, 1), InitialFactor = file.Number("initialFactor", 1, 0, 10), MaintenanceFactor = file.Number("maintenanceFactor", 1, 0, 10),
            Decimals = file.Get<int>("decimals", Kinds.Count(0, 15)),
        };
        var open = Reading() == "unproven" && volatility.UpFloor > 0;
        return faults.Count > 0 ? null : new(rules) { FloorOpen = open, Cross = file.Flag("cross"), Haircuts = Haircuts() };
    }

    private VolatilityRule Volatility()
    {
        var v = file.Sub("volatility", MarginKeys.Volatility);
        return new(v.Number("up", 0, 0, 10), v.Number("down", 0, 0, 1))
        {
            UpFloor = v.Number("floorUp", 0, 0, 5), FloorFirst = Reading() == "before", ShortPower = v.Number("shortPower", 0, -2, 2), LongPower = v.Number("longPower", 0, -2, 2),
            PivotDays = v.Number("pivotDays", 30, 0.1, 3650), LeastDays = v.Number("leastDays", 1, 0, 365), InPoints = v.Flag("inPoints"),
        };
    }

    private string? Reading() => (file["volatility"] as YamlNode.Map)?.Find("floorReading") is { Value: YamlNode.Scalar text } entry
        ? Word(text, entry.Blame, ("after", "after"), ("before", "before"), ("unproven", "unproven")) : null;

    private Scenario[] Near(Section prices)
    {
        if (prices.Has("range")) return ScenarioRules.Grid(prices.Number("range", 0.1, 0.001, 0.999), prices.Get<int>("buckets", Kinds.Count(1, 1000)) ?? 4, []);
        if (prices.Has("moves")) return [.. Numbers(prices["moves"], "moves").Select(m => new Scenario(m, VolatilityState.Same))];
        return [.. Shape.List(prices["scenarios"], "scenarios", faults).Select(One).OfType<Scenario>()];
    }

    /// <summary><c>[move, "up" | "same" | "down", weight]</c>.</summary>
    private Scenario? One(YamlNode node)
    {
        if (node is not YamlNode.List { Items: [YamlNode.Scalar move, YamlNode.Scalar state, YamlNode.Scalar weight] })
        {
            faults.Add(node.Place, "WRONG_SHAPE", "this is not a scenario", "expected [move, up | same | down, weight]");
            return null;
        }
        return new(Number(move, -Much, Much), Word(state, state.Place, ("up", VolatilityState.Up), ("same", VolatilityState.Same), ("down", VolatilityState.Down)), Number(weight, 0, 1));
    }

    /// <summary>Moves beyond the table, weighted by range over move or as the file lists.</summary>
    private Scenario[] Far(Section far, double edge)
    {
        double[] moves = [.. Numbers(far["moves"], "moves")];
        var factor = far.Number("factor", 1, 0, 10);
        var weights = far["weights"] is YamlNode.List list ? Numbers(list, "weights").ToArray() : null;
        if (weights is not null && weights.Length != moves.Length) faults.Add(far.Blame("weights"), "WRONG_COUNT", $"there are {weights.Length} weights for {moves.Length} moves", "expected one a move");
        else return [.. moves.Select((m, i) => new Scenario(m, VolatilityState.Up, weights is null ? factor * edge / Math.Abs(m) : factor * weights[i], Far: true))];
        return [];
    }

    private IEnumerable<double> Numbers(YamlNode? node, string key)
    {
        foreach (var item in Shape.List(node, key, faults))
            if (Shape.Text(item, key, faults) is { } text) yield return Number(text, key == "moves" ? -0.999999 : 0, Much);
    }

    private double Number(YamlNode.Scalar text, double low, double high)
    {
        var parsed = SectionNumbers.Kind(low, high)(text.Text);
        if (parsed.Complaint is { } c) faults.Add(text.Place, c);
        return parsed.Ok ? parsed.Value : Math.Clamp(1, low, high);
    }

    private T? Word<T>(YamlNode.Scalar text, Place place, params (string, T)[] words)
    {
        var parsed = Kinds.Choice(words)(text.Text);
        if (parsed.Complaint is { } c) faults.Add(place, c);
        return parsed.Value;
    }

    private ImmutableDictionary<Asset, double> Haircuts() => !file.Has("haircuts") ? ImmutableDictionary<Asset, double>.Empty
        : Shape.Named(file["haircuts"], "haircuts", faults).Where(n => n.Entry.Value is YamlNode.Scalar)
            .ToImmutableDictionary(n => new Asset(n.Name.Text), n => Number((YamlNode.Scalar)n.Entry.Value, 0, 1));
}

/// <summary>Numbers of a section, with what a missing one means and the bounds that are plausible.</summary>
internal static class SectionNumbers
{
    public static Kind<double> Kind(double low, double high) => text =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) || !double.IsFinite(n) ? Parsed.Bad(text, "not a number", "expected a number such as 0.16")
        : n < low || n > high ? Parsed.OutOfRange(text, $"expected {low.ToString(CultureInfo.InvariantCulture)} to {high.ToString(CultureInfo.InvariantCulture)}")
        : Parsed.Of(n);

    public static double Number(this Section? section, string key, double otherwise, double low, double high) => section?.Get(key, Kind(low, high)) ?? otherwise;

    public static bool Flag(this Section? section, string key) => section?.Make(key, Kinds.Choice([("true", "true"), ("false", "false")])) == "true";
}
