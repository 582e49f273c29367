using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>How far a passive-aggressive rule goes in one day.</summary>
public enum Aggressiveness
{
    /// <summary>As far as the loss asks: τ = ℓ/‖x − x̄‖².</summary>
    Full = 0,

    /// <summary>At most C.</summary>
    Capped = 1,

    /// <summary>Softened: τ = ℓ/(‖x − x̄‖² + 1/(2C)).</summary>
    Softened = 2,
}

/// <summary>Stays while the day's return is below ε, else sells what rose for what fell: PAMR (Li, Zhao, Hoi and Gopalkrishnan 2012).</summary>
/// <param name="epsilon">ε, the return that is tolerated.</param>
/// <param name="c">C.</param>
public sealed class PassiveAggressive(int assets, double epsilon = 0.5, Aggressiveness kind = Aggressiveness.Full, double c = 500) : OnlinePortfolio(assets)
{
    public override void Learn(Matrix relatives, int day)
    {
        var x = relatives.Row(day);
        var (apart, square) = Demeaned(x);
        var loss = Math.Max(0, Algebra.Dot(Weights, x) - epsilon);
        var step = kind switch
        {
            _ when square == 0 => 0,
            Aggressiveness.Full => loss / square,
            Aggressiveness.Capped => Math.Min(c, loss / square),
            Aggressiveness.Softened => loss / (square + 1 / (2 * c)),
            _ => throw new InvalidOperationException($"no aggressiveness {kind}"),
        };
        Weights = Moved(-step, apart);
    }
}
