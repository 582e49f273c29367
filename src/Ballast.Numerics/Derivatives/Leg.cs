using Ballast.Numerics.Options;

namespace Ballast.Numerics.Derivatives;

/// <summary>How a holding pays: in money or in the coin itself, and as a future, an option or the thing itself.</summary>
public enum LegKind
{
    /// <summary>A perpetual or dated future that is settled in money: gains quantity times the move.</summary>
    LinearFuture,

    /// <summary>A perpetual or dated future on so much money that is settled in coin.</summary>
    InverseFuture,

    /// <summary>An option that is paid for and settled in money.</summary>
    LinearOption,

    /// <summary>An option that is paid for and settled in coin.</summary>
    InverseOption,

    /// <summary>The coin itself: collateral or spot.</summary>
    Coin,
}

/// <summary>One holding on one underlying, as arithmetic sees it; immutable, in doubles, without a name.</summary>
/// <param name="Quantity">Signed, in coins of the underlying: contracts times multiplier; an inverse future on N of money is N/<paramref name="Price"/>.</param>
/// <param name="Price">The price it is valued on: the future's mark, the option's forward, the coin's index; above zero.</param>
/// <param name="Years">To expiry, in years of 365 days; 0 for what does not expire.</param>
public readonly record struct Leg(LegKind Kind, double Quantity, double Price, double Years = 0)
{
    /// <summary>Options only: call or put.</summary>
    public OptionKind Right { get; init; }

    /// <summary>Options only: the strike, above zero.</summary>
    public double Strike { get; init; }

    /// <summary>Options only: a fraction per √year.</summary>
    public double Volatility { get; init; }

    public bool IsOption => Kind is LegKind.LinearOption or LegKind.InverseOption;

    /// <summary>Whether gains and losses are in the coin.</summary>
    public bool InCoin => Kind is LegKind.InverseFuture or LegKind.InverseOption or LegKind.Coin;

    /// <summary>What an option of one coin is worth, in its settlement unit (Black 1976 without interest, over the forward where in coin); 0 for all others.</summary>
    public double UnitValue => IsOption ? UnitAt(Price, Volatility, Years) : 0;

    /// <summary>The gain in its settlement unit when its price moves by the fraction <paramref name="move"/> and an option's volatility and time become these; the coin itself gains no coins.</summary>
    /// <param name="move">Above −1.</param>
    /// <remarks>A coin gain is in coins of the moved price: an inverse future gains q k/(1 + k).</remarks>
    public double Gain(double move, double volatility, double years) => Kind switch
    {
        LegKind.LinearFuture => Quantity * Price * move,
        LegKind.InverseFuture => Quantity * move / (1 + move),
        LegKind.Coin => 0,
        _ => Quantity * (UnitAt(Price * (1 + move), volatility, years) - UnitValue),
    };

    /// <summary>The gain of a move alone.</summary>
    public double Gain(double move) => Gain(move, Volatility, Years);

    private double UnitAt(double price, double volatility, double years)
    {
        var value = BlackScholes.OnForward(Right, price, Strike, years, 0, volatility).Price;
        return InCoin ? value / price : value;
    }
}
