using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>The rules of one plan with every amount in the base asset at the prices of the plan, so that the steps only compare numbers.</summary>
internal sealed class Terms
{
    private readonly Dictionary<string, CostRules> _costs = [];
    private readonly Portfolio _portfolio;

    private Terms(Portfolio portfolio, PlanRules rules) => (_portfolio, Rules) = (portfolio, rules);

    public PlanRules Rules { get; }
    public Limits Limits => Rules.Limits;
    public decimal MinTrade { get; private init; }
    public decimal? MaxTrade { get; private init; }
    public decimal Dust { get; private init; }

    /// <summary>Cash that stays, the larger of the amount and the share of the value before costs.</summary>
    public decimal Buffer { get; private init; }

    /// <summary>Value that may still be traded in this period, both sides; null without a limit.</summary>
    public decimal? TurnoverLeft { get; private init; }

    /// <summary>A distance below this is the last digit of an earlier plan, and no reason for a trade.</summary>
    public decimal Crumb => 1e-9m * _portfolio.Value;

    /// <summary>Null, with the amount that has no price, where an amount of the rules cannot be valued in the base asset.</summary>
    public static (Terms? Terms, Amount Unpriced) Of(Portfolio portfolio, PlanRules rules)
    {
        if (Unpriced(portfolio, rules) is { } amount) return (null, amount);
        decimal In(Amount a) => portfolio.Market.Convert(a, portfolio.Base).Value;
        return (new Terms(portfolio, rules)
        {
            MinTrade = In(rules.Limits.MinTrade),
            MaxTrade = rules.Limits.MaxTrade is { } most ? In(most) : null,
            Dust = In(portfolio.Rules.Dust),
            Buffer = Math.Max(In(rules.Limits.CashBuffer), rules.Limits.CashBufferShare * portfolio.Value),
            TurnoverLeft = rules.Limits.Turnover is { } limit ? Math.Max(0, limit.Share - (decimal)rules.TurnoverUsed) * portfolio.Value : null,
        }, default);
    }

    public CostRules CostsAt(string account)
    {
        if (_costs.TryGetValue(account, out var known)) return known;
        var rules = Rules.Costs.At(account);
        return _costs[account] = rules.Minimum.Value == 0 && rules.Fixed.Value == 0 ? rules : rules.In(_portfolio.Base, _portfolio.Market);
    }

    /// <summary>k · σ · √(value / daily volume) · value: the square-root law; nothing where the volume is not known.</summary>
    public decimal ImpactOf(CostRules costs, Asset asset, decimal value) =>
        costs.Impact == 0 || value == 0 || !Rules.Liquidity.TryGetValue(asset, out var liquidity) || liquidity.DailyVolume <= 0 ? 0
        : value * Math.Round((decimal)(costs.Impact * liquidity.DailyVolatility * Math.Sqrt((double)(value / liquidity.DailyVolume))), 12);

    private static Amount? Unpriced(Portfolio portfolio, PlanRules rules)
    {
        foreach (var amount in Amounts(portfolio, rules))
            if (amount.Value != 0 && amount.Asset != portfolio.Base && portfolio.Market.ValueIn(amount.Asset, portfolio.Base) is not Market.Valuation.Known) return amount;
        return null;
    }

    private static IEnumerable<Amount> Amounts(Portfolio portfolio, PlanRules rules)
    {
        yield return rules.Limits.MinTrade;
        yield return rules.Limits.MaxTrade ?? default;
        yield return rules.Limits.CashBuffer;
        yield return portfolio.Rules.Dust;
        yield return rules.Costs.Default.Minimum;
        yield return rules.Costs.Default.Fixed;
        foreach (var costs in rules.Costs.ByAccount.Values)
        {
            yield return costs.Minimum;
            yield return costs.Fixed;
        }
    }
}
