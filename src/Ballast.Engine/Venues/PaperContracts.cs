using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Futures;
using Ballast.Numerics.Options;
using Ballast.Orders;

namespace Ballast.Engine.Venues;

/// <summary>
/// What becomes of the contracts of a paper account: pure. Options are paid for in full; a future settles the part that is closed, in its settlement asset; funding is
/// counted by the minute and paid by the hour; what expires is settled at the index. What is paid is rounded to eight places, as a venue's is, and told as a payment.
/// </summary>
public static class PaperContracts
{
    private const int Decimals = 8;

    private static readonly Duration Hour = Duration.FromHours(1), Minute = Duration.FromMinutes(1);

    /// <summary>The books after a fill; the fee apart. A premium is a part of the fill; what a future had gained is a payment.</summary>
    /// <param name="quantity">Signed; above zero buys.</param>
    /// <param name="price">In coin for coin-settled options, in money for all others.</param>
    public static PaperBooks Trade(PaperBooks books, Instrument.Derivative contract, decimal quantity, decimal price, Instant now)
    {
        var held = books.Positions.GetValueOrDefault(contract.Symbol) ?? new PaperPosition(0, price, 0, now);
        var before = held.Of(contract);
        var after = before.After(quantity, price);
        books = Hold(books, contract, held with { Quantity = after.Quantity, Entry = after.Entry!.Value }, now);
        return contract is Instrument.Option ? books.Add(contract.Settlement, -contract.Coins(quantity, 1m) * price)
            : Pay(books, contract, PaymentKind.Gain, before.Settles(quantity, price), 0, price, now);
    }

    /// <summary>The books after funding up to now, at the rate of now; an hour that nobody saw is not made up.</summary>
    /// <param name="rate">A fraction in eight hours; longs pay what is above zero.</param>
    public static PaperBooks Fund(PaperBooks books, Instrument.Perpetual contract, double rate, decimal index, Instant now)
    {
        if (!books.Positions.TryGetValue(contract.Symbol, out var held) || now - held.FundedTo < Minute || FundingRate.Of(rate, 8, confirmed: true) is not Answer<FundingRate>.Found { Value: var funding }) return books;
        var hours = Duration.Min(now - held.FundedTo, Hour).TotalHours;
        var gained = contract.Inverse ? funding.ToInverse((double)(held.Quantity * contract.Multiplier), (double)index, hours) : funding.ToLinear((double)contract.Coins(held.Quantity, index), (double)index, hours);
        var owed = held with { Accrued = held.Accrued + (decimal)gained, FundedTo = now };
        return InHours(now) == InHours(held.FundedTo) ? Hold(books, contract, owed, now) : Pay(Hold(books, contract, owed with { Accrued = 0 }, now), contract, PaymentKind.Funding, owed.Accrued, 0, index, now);
    }

    /// <summary>The books after a contract has expired: its value at the delivery price, and no position.</summary>
    public static PaperBooks Deliver(PaperBooks books, Instrument.Derivative contract, decimal delivery, Instant now)
    {
        if (!books.Positions.TryGetValue(contract.Symbol, out var held)) return books;
        var worth = contract is Instrument.Option option ? contract.Coins(held.Quantity, 1m) * Worth(option, delivery) : held.Of(contract).Settles(-held.Quantity, delivery);
        return Pay(Hold(books, contract, held with { Quantity = 0 }, now), contract, PaymentKind.Delivery, worth, -held.Quantity, delivery, now);
    }

    /// <summary>What an option is worth at its end: its intrinsic value, in coin where it is settled in coin.</summary>
    private static decimal Worth(Instrument.Option option, decimal delivery)
    {
        var money = Math.Max(0, option.Right == OptionKind.Call ? delivery - option.Strike : option.Strike - delivery);
        return option.Inverse ? money / delivery : money;
    }

    /// <summary>What is closed in full has its funding paid.</summary>
    private static PaperBooks Hold(PaperBooks books, Instrument.Derivative contract, PaperPosition position, Instant now) => position.Quantity == 0
        ? Pay(books with { Positions = books.Positions.Remove(contract.Symbol) }, contract, PaymentKind.Funding, position.Accrued, 0, position.Entry, now)
        : books with { Positions = books.Positions.SetItem(contract.Symbol, position) };

    private static PaperBooks Pay(PaperBooks books, Instrument.Derivative contract, PaymentKind kind, decimal amount, decimal contracts, decimal price, Instant now)
    {
        var (paid, number) = (Math.Round(amount, Decimals), books.Numbers + 1);
        if (paid == 0 && contracts == 0) return books;
        var payment = new PaymentReport($"p{number}-{now.ToUnixTimeMilliseconds()}", contract.Symbol, kind, new Amount(paid, contract.Settlement), contracts, price, now);
        return (books with { Numbers = number, Untold = books.Untold.Add(payment) }).Add(contract.Settlement, paid);
    }

    private static long InHours(Instant at) => at.ToUnixTimeSeconds() / 3600;
}
