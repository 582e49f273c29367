using Ballast.Instruments;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Options;

namespace Ballast.Derivatives;

/// <summary>A position with its mark and its Greeks, or why it has none. Closed: nothing that cannot be priced counts as zero.</summary>
public abstract record PricedPosition(Position Position)
{
    /// <summary>A position that is priced.</summary>
    /// <param name="Leg">The position as arithmetic sees it.</param>
    /// <param name="Mark">In coin for coin-settled options, in money for all others.</param>
    /// <param name="Greeks">Of one coin of an option, in money, by its forward, without interest (Black 1976); nothing for a future but a delta of 1.</param>
    /// <param name="Note">What stood in for a price that the venue did not give; null where nothing did.</param>
    public sealed record Known(Position Position, Leg Leg, decimal Mark, OptionValue Greeks, string? Note) : PricedPosition(Position)
    {
        public Instrument.Derivative Contract => Position.Contract;

        /// <summary>Signed coins of the underlying.</summary>
        public double Coins => Leg.Quantity;

        /// <summary>What the position adds to equity, in its settlement unit: an option its value, a future what it has gained since its entry.</summary>
        public decimal Value => Contract is Instrument.Option ? Contract.Coins(Position.Quantity, 1m) * Mark
            : Position.Entry is not { } entry ? 0
            : Contract.Inverse ? Position.Quantity * Contract.Multiplier * (1 / entry - 1 / Mark)
            : Contract.Coins(Position.Quantity, Mark) * (Mark - entry);

        /// <summary>∂(value in money)/∂(price), in coins, the premium left out.</summary>
        public double BlackDelta => Coins * Greeks.Delta;

        /// <summary>The coins to sell so that the account counted in its settlement unit does not move: of coin-settled options the premium counts, D − c.</summary>
        public double NetDelta => Contract is Instrument.Option && Contract.Inverse ? Coins * (Greeks.Delta - (double)Mark) : BlackDelta;
    }

    /// <summary>A position without a usable price.</summary>
    /// <param name="Code">Stable, UPPER_SNAKE.</param>
    public sealed record Unknown(Position Position, string Code, string Reason) : PricedPosition(Position);
}

/// <summary>Prices positions from what a venue said.</summary>
public static class PositionPricer
{
    private const double DaysAYear = 365;

    /// <summary>All positions of a book, in its order.</summary>
    public static ImmutableArray<PricedPosition> Price(PositionBook book, Chain chain) => [.. book.Positions.Select(p => Price(p, chain))];

    public static PricedPosition Price(Position position, Chain chain) => position.Contract switch
    {
        { Expires: { } expiry } when expiry <= chain.At => new PricedPosition.Unknown(position, "EXPIRED", $"{position.Contract} expired at {expiry}, before the prices of {chain.At}; its settlement belongs into the balances"),
        Instrument.Option option => Option(position, option, chain),
        Instrument.Derivative future => Future(position, future, chain),
        _ => throw new InvalidOperationException($"{position.Contract} is no contract"),
    };

    /// <summary>Years of 365 days from an instant to an expiry.</summary>
    public static double Years(Instant from, Instant expiry) => (expiry - from).TotalDays / DaysAYear;

    private static PricedPosition Option(Position position, Instrument.Option option, Chain chain)
    {
        if (chain.Find(option) is not { } quote) return new PricedPosition.Unknown(position, "MARK_MISSING", $"the chain of {chain.At} has no row of {option}");
        if (quote.Crossed) return new PricedPosition.Unknown(position, "CROSSED_MARKET", $"{option}: the bid {quote.Bid} is above the ask {quote.Ask}");
        if (quote.Mark is not { } mark) return new PricedPosition.Unknown(position, "MARK_MISSING", $"the chain has no mark price of {option}");
        if (quote.Underlying is not { } forward) return new PricedPosition.Unknown(position, "UNDERLYING_MISSING", $"the chain has no underlying price of {option}");
        var years = Years(chain.At, option.Expiry);
        var (volatility, note) = quote.Volatility is { } given ? (given, null) : Implied(option, (double)mark, (double)forward, years);
        if (volatility is not { } σ) return new PricedPosition.Unknown(position, "VOLATILITY_MISSING", $"the chain has no volatility of {option}, and its mark {mark} implies none");
        var kind = option.Inverse ? LegKind.InverseOption : LegKind.LinearOption;
        var leg = new Leg(kind, (double)option.Coins(position.Quantity, forward), (double)forward, years) { Right = option.Right, Strike = (double)option.Strike, Volatility = σ };
        return new PricedPosition.Known(position, leg, mark, BlackScholes.OnForward(option.Right, (double)forward, (double)option.Strike, years, 0, σ), note);
    }

    private static (double?, string?) Implied(Instrument.Option option, double mark, double forward, double years) =>
        (ImpliedVolatility.Of(option.Right, forward, (double)option.Strike, years, option.Inverse ? mark * forward : mark).Volatility, $"the volatility of {option} is the one that its mark implies");

    private static PricedPosition Future(Position position, Instrument.Derivative future, Chain chain)
    {
        var quote = chain.Find(future);
        if (quote is { Crossed: true }) return new PricedPosition.Unknown(position, "CROSSED_MARKET", $"{future}: the bid {quote.Bid} is above the ask {quote.Ask}");
        var (mark, note) = quote?.Mark is { } own ? (own, null)
            : future.Expires is not null ? (chain.Forward(future), $"the price of {future} is the one that options of its expiry are marked on")
            : (chain.Index(future.Base), $"the index stands in for the price of {future}, which the chain does not have");
        if (mark is not { } price) return new PricedPosition.Unknown(position, "MARK_MISSING", $"the chain of {chain.At} has no price of {future}");
        var kind = future.Inverse ? LegKind.InverseFuture : LegKind.LinearFuture;
        var leg = new Leg(kind, (double)future.Coins(position.Quantity, price), (double)price, future.Expires is { } expiry ? Years(chain.At, expiry) : 0);
        return new PricedPosition.Known(position, leg, price, new() { Price = (double)price, Delta = 1 }, note);
    }
}
