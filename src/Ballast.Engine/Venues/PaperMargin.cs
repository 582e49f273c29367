using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Engine.Venues;

/// <summary>
/// What a paper account must keep for its contracts, by the preset of the policy: as the venue would ask for it. Where the policy says nothing of margin, no asset may
/// fall below zero, what its contracts have gained and lost included; what pays for an option has to be there.
/// </summary>
/// <param name="Preset">How margin is asked on an underlying (null: several); null where the policy says nothing of margin.</param>
public sealed record PaperMargin(string Account, Func<string, Instrument.Derivative?> Find, Func<Asset?, MarginPreset?> Preset)
{
    /// <summary>Why the account could not bear an order if it and all that rests were filled; null where it could.</summary>
    public (string Code, string Reason)? Refuses(PaperBooks books, OrderRequest order, PaperTerms terms, Chain chain, Instant now)
    {
        if (terms.Find(order.Tradable.Symbol) is not { } contract) return null;
        var before = books;
        foreach (var o in books.Orders.Values)
            if (o is { State: VenueState.Open, IsContract: true } && terms.Find(o.Symbol) is { } resting) before = Filled(before, resting, o.Side, o.Left, o.Price);
        return Refuses(before, Filled(before, contract, order.Side, order.Quantity, order.Price), chain);

        // At its limit, but never at a price that would be a gain.
        PaperBooks Filled(PaperBooks sum, Instrument.Derivative of, Side side, decimal quantity, decimal limit)
        {
            var mark = chain.Find(of)?.Mark ?? limit;
            var (signed, price) = side == Side.Buy ? (quantity, Math.Max(limit, mark)) : (-quantity, Math.Min(limit, mark));
            return PaperContracts.Trade(sum, of, signed, price, now).Add(of.Settlement, -terms.Fee(of, quantity, price, maker: false));
        }
    }

    /// <summary>Why the account may not have those contracts; null where it may. What lowers the margin is never refused for it.</summary>
    public (string Code, string Reason)? Refuses(PaperBooks before, PaperBooks after, Chain chain)
    {
        var (now, unknown) = Of(after, chain);
        if (unknown is not null) return ("MARGIN_UNKNOWN", unknown);
        if (now is null) return Short(after, chain, bought: false) is { } lacking && !(Short(before, chain, bought: false)?.Value <= lacking.Value)
            ? ("INSUFFICIENT_FUNDS", $"the account would have {Said(lacking)} without the options that it has bought") : null;
        if (now.Use <= 1 || Of(before, chain).Figures is { } earlier && now.Decisive.Initial <= earlier.Decisive.Initial) return null;
        return ("INSUFFICIENT_MARGIN", $"it would need {Said(now.Decisive.Initial)} {now.Account.Unit} of initial margin, and the account is worth {Said(now.Account.Equity)}");
    }

    /// <summary>What the venue would say of the account's margin; null where it has no contracts, or where they cannot be priced.</summary>
    public MarginReport? Report(PaperBooks books, Chain chain) => Of(books, chain).Figures is not { } figures ? null
        : new(figures.Account.Unit, Rounded(figures.Account.Equity), Rounded(figures.Decisive.Initial), Rounded(figures.Decisive.Maintenance));

    /// <summary>Why a venue would take the account over now; null where it would not, or where that cannot be told.</summary>
    public string? Endangered(PaperBooks books, Chain chain) => Of(books, chain) switch
    {
        ({ } figures, _) => figures.Decisive.Maintenance > figures.Account.Equity
            ? $"it needs {Said(figures.Decisive.Maintenance)} {figures.Account.Unit} of maintenance margin and is worth {Said(figures.Account.Equity)}; a venue would liquidate it now" : null,
        (_, { }) => null,
        _ => Short(books, chain, bought: true) is { } lacking ? $"it is worth {Said(lacking)}; a venue would have closed it before" : null,
    };

    private (MarginFigures? Figures, string? Unknown) Of(PaperBooks books, Chain chain)
    {
        var book = BookOf(books);
        if (book.Positions.IsEmpty || Preset(book.Underlyings is [var only] ? only : null) is not { } preset) return (null, null);
        var (account, refusals) = MarginAccounts.Of(preset, book, chain);
        return account is null ? (null, refusals[0].Reason) : (MarginFigures.Of(account), null);
    }

    /// <summary>The first asset of which the account is worth less than nothing; null where there is none, or where a contract has no price.</summary>
    /// <param name="bought">Whether options that were bought count.</param>
    private Amount? Short(PaperBooks books, Chain chain, bool bought)
    {
        var book = BookOf(books);
        var priced = PositionPricer.Price(book, chain);
        if (priced.Any(p => p is PricedPosition.Unknown)) return null;
        var counted = priced.Cast<PricedPosition.Known>().Where(p => bought || p is not { Contract: Instrument.Option, Value: > 0 });
        foreach (var asset in book.Balances.Select(b => b.Amount).Concat(counted.Select(p => new Amount(p.Value, p.Contract.Settlement))).GroupBy(a => a.Asset, a => a.Value).OrderBy(a => a.Key))
            if (asset.Sum() is < 0 and var sum) return new Amount(sum, asset.Key);
        return null;
    }

    /// <summary>As margin sees it: funding that is owed and not paid yet counts.</summary>
    private PositionBook BookOf(PaperBooks books)
    {
        (Instrument.Derivative? Contract, PaperPosition Held)[] positions = [.. books.Positions.Select(p => (Find(p.Key), p.Value)).Where(p => p.Item1 is not null)];
        return new PositionBook([.. positions.Select(p => p.Held.Of(p.Contract!) with { Account = Account })],
            [.. books.Balances.Select(b => new Balance(new Amount(b.Value, b.Key), Account)), .. positions.Where(p => p.Held.Accrued != 0).Select(p => new Balance(new Amount(p.Held.Accrued, p.Contract!.Settlement), Account))]);
    }

    private static decimal Rounded(double figure) => Math.Round((decimal)figure, 8);

    private static string Said(Amount amount) => $"{Figures.Exact(Math.Round(amount.Value, 8))} {amount.Asset}";

    private static string Said(double figure) => Figures.Exact(Math.Round((decimal)figure, 6));
}
