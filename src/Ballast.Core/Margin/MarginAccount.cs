using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;

namespace Ballast.Margin;

/// <summary>What is margined together on one underlying.</summary>
/// <param name="Positions">In the order of the account's legs.</param>
/// <param name="Volatility">The implied volatility at the money, nearest to 30 days; null where the chain has none.</param>
public sealed record RiskUnit(Asset Underlying, double? Volatility, ImmutableArray<PricedPosition.Known> Positions, CrossAccount Account);

/// <summary>A book as a preset sees it: counted in one unit, an underlying a part.</summary>
/// <param name="Unit">What margin and equity are counted in.</param>
/// <param name="Money">Money held, in a money account; it secures all parts.</param>
/// <param name="Notes">What was assumed or left out.</param>
public sealed record MarginAccount(MarginPreset Preset, Instant At, Asset Unit, double Money, ImmutableArray<RiskUnit> Parts, ImmutableArray<string> Notes)
{
    /// <summary>All that is held at its marks.</summary>
    public double Equity => Money + Parts.Sum(p => p.Account.Equity);

    /// <summary>The same account with another equity, as a venue says it: the difference is money, or the coin that the account is in.</summary>
    public MarginAccount Holding(double equity)
    {
        var more = equity - Equity;
        if (Parts is not [{ Account.Unit: CountedIn.Coin } part]) return this with { Money = Money + more };
        return this with { Parts = [part with { Account = part.Account with { Collateral = [.. part.Account.Collateral, new Collateral(more, IsCoin: true)] } }] };
    }

    /// <summary>The account after all prices moved, volatilities were multiplied and days passed; positions keep, coins of inverse futures change.</summary>
    /// <param name="move">A fraction above −1.</param>
    public MarginAccount After(double move, double volatility, double days) => After(move, leg => leg.Volatility * volatility, days);

    /// <summary>The same with volatilities that change as expiries differ: by the fraction at 30 days, by more of it before and less after.</summary>
    /// <param name="change">A fraction, −0.3 for 30 % lower; no volatility falls below zero.</param>
    public MarginAccount AfterByTerm(double move, double change, double days)
    {
        var rule = ByTerm with { Up = Math.Max(0, change), Down = Math.Max(0, -change) };
        var state = change < 0 ? VolatilityState.Down : VolatilityState.Up;
        return After(move, leg => rule.At(state, leg.Volatility, leg.Years), days);
    }

    /// <summary>The same with every volatility changed by as much, near and far expiries alike.</summary>
    /// <param name="shift">A fraction per √year, 0.05 for five points; no volatility falls below zero.</param>
    public MarginAccount AfterByPoints(double move, double shift, double days) => After(move, leg => Math.Max(0, leg.Volatility + shift), days);

    /// <summary>Short volatilities move more than long ones: the powers by which Deribit and Paradex say so.</summary>
    private static readonly VolatilityRule ByTerm = new(0, 0) { ShortPower = 0.3, LongPower = 0.13 };

    private MarginAccount After(double move, Func<Leg, double> volatility, double days) => this with { Parts = [.. Parts.Select(p => p with { Account = Moved(p.Account, move, volatility, days) })] };

    private static CrossAccount Moved(CrossAccount account, double move, Func<Leg, double> volatility, double days) => account with
    {
        Index = account.Index * (1 + move), Legs = [.. account.Legs.Select(l => Moved(l, move, volatility(l.Leg), days))],
    };

    private static AccountLeg Moved(AccountLeg leg, double move, double volatility, double days)
    {
        var years = Math.Max(0, leg.Leg.Years - days / 365);
        return new(CrossAccount.After(leg.Leg, move) with { Volatility = volatility, Years = years }, leg.Accrued + leg.Leg.Gain(move, volatility, years));
    }
}

/// <summary>Makes accounts of books, or says why that cannot be.</summary>
public static class MarginAccounts
{
    private static readonly ImmutableArray<string> Currencies = ["USD", "USDC", "USDT"];

    /// <returns>The account, or all reasons why there is none.</returns>
    public static (MarginAccount? Account, ImmutableArray<MarginRefusal> Refusals) Of(MarginPreset preset, PositionBook book, Chain chain)
    {
        var priced = PositionPricer.Price(book, chain);
        ImmutableArray<MarginRefusal> refusals = [.. priced.OfType<PricedPosition.Unknown>().Select(u => new MarginRefusal(u.Code, u.Position.Contract.Symbol, Figures.Exact(u.Position.Quantity), u.Reason)), .. Refusals(preset, book, chain), .. Untiered(preset, book)];
        if (!refusals.IsEmpty) return (null, refusals);
        PricedPosition.Known[] known = [.. priced.Cast<PricedPosition.Known>()];
        return (Account(preset, book, chain, known), []);
    }

    /// <summary>What is needed before the first leg and after each of them, traded at their marks in this order, over the equity, which that does not change.</summary>
    /// <param name="before">The account of the book.</param>
    public static ImmutableArray<MarginPair> Along(MarginAccount before, PositionBook book, IReadOnlyList<PricedPosition.Known> legs, Chain chain) =>
        [.. Enumerable.Range(0, legs.Count + 1).Select(done => MarginFigures.Decide(done == 0 ? before : After(before, book, [.. legs.Take(done)], chain))).Select(pair => 1 / before.Equity * pair)];

    private static MarginAccount After(MarginAccount before, PositionBook book, ImmutableArray<PricedPosition.Known> legs, Chain chain) =>
        Of(before.Preset, Traded(book, legs, chain), chain) is { Account: { } account } ? account.Holding(before.Equity) : before with { Parts = [.. before.Parts.Select(Empty)] };

    /// <summary>The last leg closed the last contract: what is left needs no margin.</summary>
    private static RiskUnit Empty(RiskUnit part) => part with { Positions = [], Account = part.Account with { Legs = [] } };

    /// <summary>The book after legs were traded at their marks: what they cost or realise is in the balances of their settlement currency, so that equity stays.</summary>
    public static PositionBook Traded(PositionBook book, ImmutableArray<PricedPosition.Known> legs, Chain chain) => legs.Aggregate(book, (sum, leg) =>
    {
        var account = sum.Positions.FirstOrDefault(p => p.Contract.Symbol == leg.Contract.Symbol)?.Account ?? leg.Position.Account;
        var after = sum.Add(leg.Contract, leg.Position.Quantity, leg.Mark, account);
        var cash = new Amount(Value(sum, leg, chain) - Value(after, leg, chain), leg.Contract.Settlement);
        return cash.Value == 0 ? after : after with { Balances = after.Balances.Add(new(cash, account)) };
    });

    private static decimal Value(PositionBook book, PricedPosition.Known leg, Chain chain) => book.Positions.Where(p => p.Contract.Symbol == leg.Contract.Symbol)
        .Sum(p => PositionPricer.Price(p, chain) is PricedPosition.Known known ? known.Value : 0);

    private static IEnumerable<MarginRefusal> Refusals(MarginPreset preset, PositionBook book, Chain chain)
    {
        if (book.Positions.IsEmpty) yield return new("NO_POSITIONS", "book", "", "the book has no contracts, and coins alone need no margin");
        if (!Cross(preset) && book.Settlements.Length > 1)
            yield return new("MIXED_SETTLEMENT", "book", string.Join(", ", book.Settlements), $"{preset.Name} margins each settlement currency by itself, and the book has contracts settled in {string.Join(" and ", book.Settlements)}; give a book for each, or a cross-margin preset");
        foreach (var underlying in book.Underlyings.Where(u => chain.Index(u) is null))
            yield return new("INDEX_MISSING", underlying.Code, "", $"the chain has no index of {underlying}");
        foreach (var other in book.Underlyings.Where(u => preset.Underlying is { } only && u != only))
            yield return new("PRESET_UNDERLYING", "preset", preset.Name, $"{preset.Name} is for {preset.Underlying}, and the book has {other}");
    }

    private static IEnumerable<MarginRefusal> Untiered(MarginPreset preset, PositionBook book) => preset.Rules is not MarginRules.Tiered tiers ? [] : book.Positions.Where(p => tiers.Of(p.Contract) is null)
        .Select(p => new MarginRefusal("TIERS_MISSING", p.Contract.Symbol, Figures.Exact(p.Quantity), $"no table of tiers is for {p.Contract}: --tiers gives a CSV with symbols such as BTCUSDT, of futures settled in money"));

    private static bool Cross(MarginPreset preset) => preset.Rules is MarginRules.Scenarios { Cross: true };

    private static MarginAccount Account(MarginPreset preset, PositionBook book, Chain chain, PricedPosition.Known[] known)
    {
        var inCoin = !Cross(preset) && known.All(p => p.Contract.Inverse);
        var unit = inCoin ? book.Settlements[0] : book.Settlements is [var one] && !known[0].Contract.Inverse ? one : new Asset("USD");
        Asset[] held = [.. book.Balances.Select(b => b.Amount.Asset).Where(a => !inCoin && chain.Index(a) is not null)];
        Asset[] underlyings = [.. book.Underlyings.Concat(held).Distinct().Order()];
        var money = inCoin ? 0 : book.Balances.Where(b => !underlyings.Contains(b.Amount.Asset) && Currencies.Contains(b.Amount.Asset.Code)).Sum(b => (double)b.Amount.Value);
        return new(preset, chain.At, unit, money, [.. underlyings.Select(u => Part(u, inCoin ? CountedIn.Coin : CountedIn.Money, book, chain, known))], [.. Notes(book, known, underlyings, inCoin)]);
    }

    private static RiskUnit Part(Asset underlying, CountedIn unit, PositionBook book, Chain chain, PricedPosition.Known[] known)
    {
        PricedPosition.Known[] positions = [.. known.Where(p => p.Contract.Base == underlying)];
        var coins = book.Balances.Where(b => b.Amount.Asset == underlying).Sum(b => (double)b.Amount.Value);
        return new(underlying, AtTheMoney(underlying, chain), [.. positions],
            new(unit, (double)chain.Index(underlying)!.Value, [.. positions.Select(p => new AccountLeg(p.Leg, (double)p.Value))], coins == 0 ? [] : [new(coins, IsCoin: true)]));
    }

    private static double? AtTheMoney(Asset underlying, Chain chain) => chain.Quotes
        .Where(q => q.Contract is Instrument.Option && q.Contract.Base == underlying && q.Volatility > 0 && q.Underlying is not null && q.Contract.Expires > chain.At)
        .OrderBy(q => Math.Abs((q.Contract.Expires!.Value - chain.At).TotalDays - 30)).ThenBy(q => Math.Abs(((Instrument.Option)q.Contract).Strike - q.Underlying!.Value)).FirstOrDefault()?.Volatility;

    private static IEnumerable<string> Notes(PositionBook book, PricedPosition.Known[] known, Asset[] underlyings, bool inCoin)
    {
        foreach (var note in known.Select(p => p.Note).OfType<string>().Distinct()) yield return note;
        foreach (var balance in book.Balances.Where(b => !underlyings.Contains(b.Amount.Asset)))
            if (inCoin || !Currencies.Contains(balance.Amount.Asset.Code)) yield return $"{balance.Amount} is left out: it does not secure this account";
            else if (balance.Amount.Asset.Code != "USD") yield return $"{balance.Amount} counts as so many dollars";
    }
}
