using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Tests.Planning;

/// <summary>
/// A policy and what it sees, in few words. Every asset costs 1 USDT and the value is 100 unless a test says otherwise, so that quantities are weights in per cent.
/// </summary>
internal sealed record Situation
{
    public required TargetNode Targets { get; init; }
    public RebalanceRules Rules { get; init; } = new();
    public Limits Limits { get; init; } = Limits.None;
    public HoldingRules Holding { get; init; } = HoldingRules.Default;
    public Account[] Accounts { get; init; } = [Account.Paper];
    public Holding[] Held { get; init; } = [];
    public PriceHistory? History { get; init; }
    public decimal Fee { get; init; }
    public decimal Flow { get; init; }
    public Instant At { get; init; } = Given.Now;
    public Bar? Bar { get; init; }
    public string[] Unpriced { get; init; } = [];

    public Policy Policy => new("test", Given.Usdt, DateTimeZone.Utc)
    {
        Targets = Targets, Rebalance = Rules, Limits = Limits, Holdings = Holding, Accounts = [.. Accounts],
        Costs = CostSchedule.None with { Default = CostRules.None with { Fee = Fee } },
    };

    public Sight Sight
    {
        get
        {
            var assets = Targets.AllAssets.Concat(Held.Select(h => h.Asset)).Where(a => a != Given.Usdt && !Unpriced.Contains(a.Code)).Distinct();
            var market = new MarketSnapshot(At, assets.Select(a => new Quote(new Price(1m, a, Given.Usdt), At)));
            return new Sight(At, Bar, new Book([.. Accounts], [.. Held]), market, History is { } h ? new Trailing(h, h.Count - 1) : null, 365, Flow);
        }
    }

    /// <summary>"BTC 60, ETH 40": shares in per cent, the rest in cash where they sum to less.</summary>
    public static TargetNode Fixed(string shares)
    {
        var read = Pairs(shares).Select(p => new TargetWeight(new Asset(p.Name), p.Number / 100m)).OrderBy(w => w.Asset).ToArray();
        return new TargetNode.Weights([.. read]) { CashRest = read.Sum(w => w.Weight) < 1 };
    }

    public static Situation Of(string targets, string held, params ITrigger[] when) =>
        new() { Targets = Fixed(targets), Held = Holds(held), Rules = new RebalanceRules { When = [.. when] } };

    public static Holding[] Holds(string held) => [.. Pairs(held).Select(p => Given.Held(p.Name, p.Number))];

    public static Drift Points(decimal points, params string[] of) => new(new DriftDistance.Points(points / 100), new DriftDistance.Points(points / 100), [.. of], 1);

    public static Drift OfTarget(decimal percent, params string[] of) => new(new DriftDistance.OfTarget(percent / 100), new DriftDistance.OfTarget(percent / 100), [.. of], 1);

    public Situation To(Destination destination) => this with { Rules = Rules with { To = destination } };

    public Decision Decide(Memory? memory = null, bool anyway = false) => Decider.Decide(Policy, Sight, memory ?? Memory.Empty, anyway);

    /// <summary>What the first rule says.</summary>
    public TriggerResult Answer(Memory? memory = null) => Decide(memory).Answers[0].Result;

    /// <summary>"BTC 0.65, ETH 0.35": what is wanted, rounded to nine decimals.</summary>
    public string Wanted(Memory? memory = null) => Decide(memory) is { Intent: { } intent }
        ? string.Join(", ", intent.Wanted.Select(w => $"{w.Asset} {Figures.Exact(Math.Round(w.Weight, 9))}"))
        : "hold";

    private static IEnumerable<(string Name, decimal Number)> Pairs(string text) =>
        text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(p => (p.Split(' ')[0], decimal.Parse(p.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
}
