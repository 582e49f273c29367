using Ballast.Numerics.Margin;

namespace Ballast.Margin;

/// <summary>Where an account is liquidated when all its prices move together, volatilities staying, and by which smallest shock of both.</summary>
/// <param name="Sigma">A day's standard deviation of the logarithm of the price, by implied volatility; null where the chain has none.</param>
/// <param name="Joint">The nearest point in price and volatility, both in daily standard deviations; null where none is near, or where nothing says how far is far.</param>
public sealed record MarginLiquidation(Liquidation Price, double? Sigma, Shock? Joint)
{
    /// <summary>A day's standard deviation of the logarithm of implied volatility, where the user gives no other: 5 %.</summary>
    public const double VolatilityOfVolatility = 0.05;

    /// <summary>How many daily standard deviations of both are looked at.</summary>
    private const double Reach = 20;

    /// <param name="volatilitySigma">A day's standard deviation of the logarithm of implied volatility.</param>
    public static MarginLiquidation Of(MarginAccount account, double volatilitySigma = VolatilityOfVolatility)
    {
        var price = LiquidationSearch.Of((moves, headroom) => Headroom(account, moves, headroom, 1));
        var sigma = account.Parts.OrderByDescending(p => p.Positions.Length).First().Volatility / Math.Sqrt(365);
        var joint = sigma is { } σ ? Together(account, price, σ, volatilitySigma) : null;
        return new(price, sigma, joint);
    }

    /// <summary>No further than the nearest price alone, which is a point of the same boundary.</summary>
    private static Shock? Together(MarginAccount account, Liquidation price, double sigma, double volatilitySigma)
    {
        Shock? alone = price.Nearest is { } x ? new(x, 1, Math.Abs(Math.Log(1 + x)) / sigma) : null;
        var most = Math.Min(Reach, alone?.Distance ?? Reach);
        return most == 0 ? alone : Resilience.Nearest((move, volatility) => One(account, move, volatility), sigma, volatilitySigma, most) ?? alone;
    }

    private static double One(MarginAccount account, double move, double volatility)
    {
        Span<double> value = [0];
        Headroom(account, [move], value, volatility);
        return value[0];
    }

    /// <summary>Equity less maintenance margin, by the reading that asks for more.</summary>
    private static void Headroom(MarginAccount account, ReadOnlySpan<double> moves, Span<double> headroom, double volatility)
    {
        headroom.Fill(account.Money);
        var one = new double[moves.Length];
        foreach (var part in account.Parts)
        {
            part.Account.Equities(moves, one, volatility);
            for (var i = 0; i < moves.Length; i++) headroom[i] += one[i];
        }
        for (var i = 0; i < moves.Length; i++) headroom[i] -= MarginFigures.Decide(account.After(moves[i], volatility, 0)).Maintenance;
    }
}
