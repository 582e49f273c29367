using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;

namespace Ballast.Margin;

/// <summary>What an account needs while further legs fill, any part of each: every vector is made once, so that an order of legs can be judged step by step.</summary>
public sealed class MarginFills
{
    private readonly MarginAccount _account;
    private readonly Side[] _sides;
    private readonly double[] _fixed;

    /// <param name="legs">What is to be added, priced, signed as it is traded; a contract that the account holds is netted with it.</param>
    public MarginFills(MarginAccount account, ImmutableArray<PricedPosition.Known> legs)
    {
        _account = account;
        _sides = account.Preset.Rules switch
        {
            MarginRules.Scenarios rules when rules.FloorOpen => [Scenarios(rules, rules.Rules, legs), Scenarios(rules, rules.Otherwise, legs)],
            MarginRules.Scenarios rules => [Scenarios(rules, rules.Rules, legs)],
            MarginRules.Standard rules => [OneByOne((_, leg, account) => rules.Rules.Of(leg, account.Index), legs)],
            MarginRules.Tiered rules => [OneByOne((contract, leg, _) => rules.Of(contract)!.Of(leg.Quantity * leg.Price), legs)],
            var other => throw new InvalidOperationException($"no margin by {other.GetType().Name}"),
        };
        _fixed = [.. _sides.Select(s => MarginFigures.Of(account).Haircut)];
    }

    /// <summary>Initial margin with those fractions of the legs, by the reading that asks for more; in the account's unit.</summary>
    public double Initial(ReadOnlySpan<double> fractions)
    {
        var most = 0.0;
        for (var i = 0; i < _sides.Length; i++) most = Math.Max(most, _fixed[i] + _sides[i].Initial(fractions));
        return most;
    }

    /// <summary>The same over equity, which legs bought and sold at their marks do not change.</summary>
    public double Use(ReadOnlySpan<double> fractions) => Initial(fractions) / _account.Equity;

    private Side Scenarios(MarginRules.Scenarios rules, ScenarioRules reading, ImmutableArray<PricedPosition.Known> legs) => new([.. Contracts(legs).GroupBy(c => c.Terms.Base).Select(group =>
    {
        var part = Part(group.Key);
        Contract[] touched = [.. group];
        var untouched = part.Account with { Legs = [.. part.Account.Legs.Where((_, i) => !touched.Any(t => part.Positions[i].Contract.Symbol == t.Symbol))] };
        // What is bought at its mark is paid for in its own settlement currency: equity in coin stays.
        var book = MarginFigures.Book(untouched, MarginFigures.CoinEquity(part.Account), rules, reading);
        var (longs, shorts) = (book.Risks([.. touched.Select(t => t.Leg with { Quantity = 1 })]), book.Risks([.. touched.Select(t => t.Leg with { Quantity = -1 })]));
        return (Func<double[], double>)(all => Net(book, touched, longs, shorts, all));
    }), .. _account.Parts.Where(p => legs.All(l => l.Contract.Base != p.Underlying)).Select(p => Constant(MarginFigures.Book(p.Account, rules, reading).Margin.Initial))]);

    private static double Net(ScenarioBook book, Contract[] touched, LegRisk[] longs, LegRisk[] shorts, double[] fractions)
    {
        var net = Array.ConvertAll(touched, t => t.Net(fractions));
        LegRisk[] risks = [.. net.Select((q, i) => q < 0 ? shorts[i] : longs[i])];
        return book.With(risks, Array.ConvertAll(net, Math.Abs)).Initial;
    }

    private Side OneByOne(Func<Instrument.Derivative, Leg, CrossAccount, MarginPair> rule, ImmutableArray<PricedPosition.Known> legs)
    {
        Contract[] touched = [.. Contracts(legs)];
        double Of(Instrument.Derivative contract, Leg leg, CrossAccount account) => rule(contract, leg, account).Initial * (account.Unit == CountedIn.Money && leg.InCoin ? account.Index : 1);
        var rest = _account.Parts.Sum(p => p.Positions.Select((x, i) => touched.Any(t => t.Symbol == x.Contract.Symbol) ? 0 : Of(x.Contract, p.Account.Legs[i].Leg, p.Account)).Sum());
        return new([Constant(rest), .. touched.Select(t => (Func<double[], double>)(all => Of(t.Terms, t.Leg with { Quantity = t.Net(all) }, Part(t.Terms.Base).Account)))]);
    }

    private RiskUnit Part(Money.Asset underlying) => _account.Parts.FirstOrDefault(p => p.Underlying == underlying)
        ?? throw new InvalidOperationException($"the account has no part for {underlying}: legs are priced against the account that they are added to");

    /// <summary>The contracts that legs are in, with what is held of each already.</summary>
    private IEnumerable<Contract> Contracts(ImmutableArray<PricedPosition.Known> legs) => legs.Select((leg, i) => (Leg: leg, At: i)).GroupBy(l => l.Leg.Contract.Symbol).Select(group => new Contract(
        group.First().Leg.Contract, group.First().Leg.Leg,
        _account.Parts.SelectMany(p => p.Positions.Zip(p.Account.Legs)).Where(p => p.First.Contract.Symbol == group.Key).Sum(p => p.Second.Leg.Quantity),
        [.. group.Select(l => (l.At, l.Leg.Leg.Quantity))]));

    private static Func<double[], double> Constant(double value) => _ => value;

    /// <summary>One contract: what is held of it, and which legs add how much.</summary>
    private sealed record Contract(Instrument.Derivative Terms, Leg Leg, double Held, (int Leg, double Quantity)[] Added)
    {
        public string Symbol => Terms.Symbol;

        public double Net(double[] fractions) => Held + Added.Sum(a => fractions[a.Leg] * a.Quantity);
    }

    /// <summary>One reading of the rules: margin as a sum over underlyings.</summary>
    private sealed record Side(Func<double[], double>[] Parts)
    {
        public double Initial(ReadOnlySpan<double> fractions)
        {
            var all = fractions.ToArray();
            return Parts.Sum(part => part(all));
        }
    }
}
