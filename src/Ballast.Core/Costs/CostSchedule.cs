namespace Ballast.Costs;

/// <summary>Costs by account, and how they enter the sizing of trades.</summary>
public sealed record CostSchedule(CostRules Default, ImmutableDictionary<string, CostRules> ByAccount, Sizing Sizing)
{
    public static CostSchedule None { get; } = new(CostRules.None, ImmutableDictionary<string, CostRules>.Empty, Sizing.AfterCosts);

    public CostRules At(string account) => ByAccount.GetValueOrDefault(account, Default);
}

/// <summary>Targets as weights of the value after costs (the cost comes out of all), or before them (it comes out of cash).</summary>
public enum Sizing { AfterCosts, BeforeCosts }
