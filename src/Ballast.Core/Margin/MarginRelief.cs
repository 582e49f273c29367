using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Margin;

namespace Ballast.Margin;

/// <summary>One trade that frees margin, with what the account needs after it and all before it.</summary>
/// <param name="Quantity">In the venue's own unit, signed: a short is bought back.</param>
/// <param name="Cost">Half the spread, in the account's unit.</param>
/// <param name="Released">Initial margin freed, in the account's unit.</param>
/// <param name="Use">Initial margin over equity afterwards, costs not taken off.</param>
/// <param name="Delta">Net delta afterwards, in coins.</param>
public sealed record ReliefStep(Instrument.Derivative Contract, decimal Quantity, double Cost, double Released, double Use, double Delta);

/// <summary>What to close, in order, when margin is short: the most margin freed for each unit of cost first.</summary>
public static class MarginRelief
{
    /// <param name="use">Initial margin over equity to come to.</param>
    /// <param name="deltaTo">How far the net delta, in coins, may stand from where it is.</param>
    /// <returns>The steps, fewer than asked for where nothing more can be closed; refused for accounts that no one scenario engine margins.</returns>
    public static Answer<ImmutableArray<ReliefStep>> Ladder(MarginFigures figures, Chain chain, double use, double deltaTo = double.PositiveInfinity)
    {
        var account = figures.Account;
        if (account.Preset.Rules is not MarginRules.Scenarios { Cross: false } rules || account.Parts is not [var part])
            return new Answer<ImmutableArray<ReliefStep>>.Refused("LadderUnsupported", $"{account.Preset.Name} does not margin the whole account by one set of scenarios, so that closing one position frees what it needs by itself");
        var reading = figures.Other is { } other && other.Initial > figures.Margin.Initial ? rules.Otherwise : rules.Rules;
        var steps = Unwinding.Ladder(MarginFigures.Book(part.Account, rules, reading), [.. part.Positions.Select(p => Exit(p, chain, part.Account.Unit))], use * account.Equity, deltaTo);
        return steps.Select(step =>
        {
            var (position, held) = (part.Positions[step.Leg], part.Account.Legs[step.Leg].Leg.Quantity);
            var quantity = Steps(position.Position.Quantity * (decimal)(step.Coins / held), position.Contract.Rules.Lot);
            return new ReliefStep(position.Contract, quantity, step.Cost, step.Released, step.Margin.Initial / account.Equity, step.Delta);
        }).ToImmutableArray();
    }

    private static decimal Steps(decimal quantity, decimal lot) => lot > 0 ? decimal.Round(quantity / lot) * lot : quantity;

    /// <summary>Half the spread per coin; a position without two sides in the market cannot be closed.</summary>
    private static Exit Exit(PricedPosition.Known position, Chain chain, CountedIn unit)
    {
        var contract = position.Contract;
        if (chain.Find(contract)?.HalfSpread is not { } half) return new(double.PositiveInfinity);
        var perCoin = unit == CountedIn.Coin && contract is not Instrument.Option ? half / position.Mark : half;
        return new((double)perCoin, (double)Math.Abs(contract.Coins(contract.Rules.Lot, position.Mark)));
    }
}
