using Ballast.Instruments;
using Ballast.Numerics.Options;

namespace Ballast.Derivatives;

/// <summary>What a venue would say of the contracts of a book at other prices.</summary>
public static class ChainMoved
{
    /// <summary>The contracts of a book after every price moved by the same fraction, volatilities and the time staying. Marks keep their distance to what the volatility says.</summary>
    /// <param name="move">A fraction above −1.</param>
    public static Chain At(Chain chain, ImmutableArray<PricedPosition.Known> positions, double move) => new(chain.At, positions.Select(p => Moved(chain, p, move)));

    private static ChainQuote Moved(Chain chain, PricedPosition.Known p, double move)
    {
        var index = chain.Index(p.Contract.Base) is { } now ? Times(now, move) : (decimal?)null;
        return p.Contract is Instrument.Option ? new(p.Contract, chain.At, OptionMark(p, move), p.Leg.Volatility, null, null, (decimal)(p.Leg.Price * (1 + move)), index)
            : new(p.Contract, chain.At, Times(p.Mark, move), null, null, null, null, index);
    }

    private static decimal OptionMark(PricedPosition.Known p, double move)
    {
        var (leg, forward) = (p.Leg, p.Leg.Price * (1 + move));
        var price = BlackScholes.OnForward(leg.Right, forward, leg.Strike, leg.Years, 0, leg.Volatility).Price;
        return p.Mark + (decimal)(p.Contract.Inverse ? price / forward - p.Greeks.Price / leg.Price : price - p.Greeks.Price);
    }

    private static decimal Times(decimal price, double move) => price * (decimal)(1 + move);
}
