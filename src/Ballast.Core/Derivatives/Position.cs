using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Derivatives;

/// <summary>A derivatives account's holdings: contracts, and the coins and money that secure them.</summary>
public sealed record PositionBook(ImmutableArray<Position> Positions, ImmutableArray<Balance> Balances)
{
    public static PositionBook Empty { get; } = new([], []);

    /// <summary>What the book's contracts are on, by code.</summary>
    public ImmutableArray<Asset> Underlyings => [.. Positions.Select(p => p.Contract.Base).Distinct().Order()];

    /// <summary>What the book's contracts are settled in, by code.</summary>
    public ImmutableArray<Asset> Settlements => [.. Positions.Select(p => p.Contract.Settlement).Distinct().Order()];

    /// <summary>The book after so much of a contract was bought (sold, when negative) at a price, in the venue's quantity; what comes to nothing is gone.</summary>
    public PositionBook Add(Instrument.Derivative contract, decimal quantity, decimal price, string account)
    {
        var at = Positions.IndexOf(Positions.FirstOrDefault(p => p.Contract.Symbol == contract.Symbol && p.Account == account)!);
        if (at < 0) return this with { Positions = Positions.Add(new(contract, quantity, price, account)) };
        var after = Positions[at].After(quantity, price);
        return this with { Positions = after.Quantity == 0 ? Positions.RemoveAt(at) : Positions.SetItem(at, after) };
    }
}

/// <summary>So much of a contract, in the venue's own quantity: money of an inverse future, coins of most others.</summary>
/// <param name="Quantity">Signed; above zero is long.</param>
/// <param name="Entry">The average price it was entered at; null where what it gained is already in the balances.</param>
public sealed record Position(Instrument.Derivative Contract, decimal Quantity, decimal? Entry, string Account)
{
    /// <summary>What a fill settles, in the settlement unit: the gain since the entry of the part of a future that it closes. Options are paid for in full, and settle nothing.</summary>
    public decimal Settles(decimal quantity, decimal price)
    {
        if (Contract is Instrument.Option || Entry is not { } entry || Math.Sign(quantity) != -Math.Sign(Quantity)) return 0;
        var closed = Math.Sign(Quantity) * Math.Min(Math.Abs(quantity), Math.Abs(Quantity)) * Contract.Multiplier;
        return Contract.Inverse ? closed * (1 / entry - 1 / price) : closed * (price - entry);
    }

    /// <summary>The position after a fill. Entries average by coins for linear contracts and, harmonically, by money for inverse futures; closing does not move them.</summary>
    public Position After(decimal quantity, decimal price)
    {
        var sum = Quantity + quantity;
        if (Entry is not { } entry || sum == 0) return this with { Quantity = sum };
        if (Math.Sign(Quantity) != Math.Sign(quantity)) return this with { Quantity = sum, Entry = Math.Sign(sum) == Math.Sign(Quantity) ? entry : price };
        return this with { Quantity = sum, Entry = Contract.AmountIn == AmountIn.Money ? sum / (Quantity / entry + quantity / price) : (Quantity * entry + quantity * price) / sum };
    }
}

/// <summary>A coin or money held beside the contracts.</summary>
public sealed record Balance(Amount Amount, string Account);
