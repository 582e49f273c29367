using Ballast.Derivatives;
using Ballast.Money;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;

namespace Ballast.Margin;

/// <summary>What one position brings to an account's margin, in the account's unit.</summary>
public sealed record PositionShare(PricedPosition.Known Position, double Initial, double Maintenance, MarginShare? Parts);

/// <summary>One underlying's part of an account's margin.</summary>
/// <param name="Book">The legs in their scenarios; null where margin goes position by position.</param>
/// <param name="Scenario">What the scenarios ask for; null likewise.</param>
public sealed record PartMargin(RiskUnit Unit, ScenarioBook? Book, ScenarioMargin? Scenario, MarginPair Margin, ImmutableArray<PositionShare> Shares);

/// <summary>What an account needs, in its unit.</summary>
/// <param name="Margin">Initial and maintenance margin by the preset's own reading.</param>
/// <param name="Other">The same by the other reading of the volatility floor; null where nothing is open.</param>
/// <param name="Haircut">What initial margin has for collateral that counts less.</param>
public sealed record MarginFigures(MarginAccount Account, ImmutableArray<PartMargin> Parts, MarginPair Margin, MarginPair? Other, double Haircut)
{
    /// <summary>What decides: the larger of the readings.</summary>
    public MarginPair Decisive => Other is { } other ? new(Math.Max(Margin.Initial, other.Initial), Math.Max(Margin.Maintenance, other.Maintenance)) : Margin;

    /// <summary>Initial margin that decides, over equity; infinite where there is no equity.</summary>
    public double Use => Share(Decisive.Initial);

    public double MaintenanceUse => Share(Decisive.Maintenance);

    /// <summary>What the positions would need one by one, more than together.</summary>
    public double Diversification => Parts.Sum(p => p.Book?.Diversification ?? 0);

    private double Share(double margin) => margin <= 0 ? 0 : Account.Equity > 0 ? margin / Account.Equity : double.PositiveInfinity;

    public static MarginFigures Of(MarginAccount account) => account.Preset.Rules switch
    {
        MarginRules.Scenarios rules => OfScenarios(account, rules),
        MarginRules.Standard standard => Summed(account, [.. account.Parts.Select(p => One(p, (_, leg) => standard.Rules.Of(leg, p.Account.Index)))], null, 0),
        MarginRules.Tiered tiers => Summed(account, [.. account.Parts.Select(p => One(p, (position, leg) => tiers.Of(position.Contract)!.Of(leg.Quantity * leg.Price)))], null, 0),
        var other => throw new InvalidOperationException($"no margin by {other.GetType().Name}"),
    };

    /// <summary>The pair that decides, without the parts: what a grid of what-ifs asks for again and again.</summary>
    public static MarginPair Decide(MarginAccount account)
    {
        if (account.Preset.Rules is not MarginRules.Scenarios rules) return Of(account).Margin;
        var one = Total(account, rules, rules.Rules);
        if (!rules.FloorOpen) return one;
        var other = Total(account, rules, rules.Otherwise);
        return new(Math.Max(one.Initial, other.Initial), Math.Max(one.Maintenance, other.Maintenance));
    }

    private static MarginFigures OfScenarios(MarginAccount account, MarginRules.Scenarios rules) => Summed(account,
        [.. account.Parts.Select(p => Scenarios(p, rules))], rules.FloorOpen ? Total(account, rules, rules.Otherwise) : null, Haircuts(account, rules));

    private static MarginFigures Summed(MarginAccount account, ImmutableArray<PartMargin> parts, MarginPair? other, double haircut) =>
        new(account, parts, parts.Aggregate(new MarginPair(haircut, 0), (sum, p) => sum + p.Margin), other, haircut);

    private static MarginPair Total(MarginAccount account, MarginRules.Scenarios rules, ScenarioRules reading)
    {
        var sum = new MarginPair(Haircuts(account, rules), 0);
        foreach (var part in account.Parts) sum += Pair(Book(part.Account, rules, reading).Margin);
        return sum;
    }

    internal static ScenarioBook Book(CrossAccount account, MarginRules.Scenarios rules, ScenarioRules reading) => Book(account, CoinEquity(account), rules, reading);

    /// <summary>The legs of a part; in a cross account the equity in coin is one of them.</summary>
    internal static ScenarioBook Book(CrossAccount account, double coins, MarginRules.Scenarios rules, ScenarioRules reading)
    {
        List<Leg> legs = [.. account.Legs.Select(l => l.Leg)];
        if (rules.Cross && coins != 0) legs.Add(new(LegKind.Coin, coins, account.Index));
        return new(reading, account.Unit, account.Index, legs);
    }

    /// <summary>Coins held, the value of coin-settled options, and what inverse futures have gained.</summary>
    internal static double CoinEquity(CrossAccount account) => account.Collateral.Where(c => c.IsCoin).Sum(c => c.Amount) + account.Legs.Where(l => l.Leg.InCoin).Sum(l => l.Accrued);

    private static PartMargin Scenarios(RiskUnit part, MarginRules.Scenarios rules)
    {
        var book = Book(part.Account, rules, rules.Rules);
        var shares = book.Shares();
        return new(part, book, book.Margin, Pair(book.Margin),
            [.. part.Positions.Select((p, i) => new PositionShare(p, rules.Rules.InitialFactor * shares[i].Sum, rules.Rules.MaintenanceFactor * shares[i].Sum, shares[i]))]);
    }

    /// <summary>Position by position, each as its rule says in its settlement unit.</summary>
    private static PartMargin One(RiskUnit part, Func<PricedPosition.Known, Leg, MarginPair> margin)
    {
        PositionShare[] shares = [.. part.Positions.Select((p, i) => Share(p, margin(p, part.Account.Legs[i].Leg), part.Account))];
        return new(part, null, null, new(shares.Sum(s => s.Initial), shares.Sum(s => s.Maintenance)), [.. shares]);
    }

    private static PositionShare Share(PricedPosition.Known position, MarginPair margin, CrossAccount account)
    {
        var inUnit = (account.Unit == CountedIn.Money && position.Leg.InCoin ? account.Index : 1) * margin;
        return new(position, inUnit.Initial, inUnit.Maintenance, null);
    }

    private static MarginPair Pair(ScenarioMargin margin) => new(margin.Initial, margin.Maintenance);

    private static double Haircuts(MarginAccount account, MarginRules.Scenarios rules)
    {
        if (rules.Haircuts.IsEmpty) return 0;
        var money = account.Money + account.Parts.Sum(p => p.Account.Legs.Where(l => !l.Leg.InCoin).Sum(l => l.Accrued));
        return Math.Max(0, money) * rules.Haircuts.GetValueOrDefault(account.Unit)
            + account.Parts.Sum(p => Math.Max(0, CoinEquity(p.Account)) * p.Account.Index * rules.Haircuts.GetValueOrDefault(p.Underlying));
    }
}
