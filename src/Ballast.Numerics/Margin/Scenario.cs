namespace Ballast.Numerics.Margin;

/// <summary>What a scenario does to implied volatilities.</summary>
public enum VolatilityState
{
    Down,
    Same,
    Up,
}

/// <summary>One market that a risk engine imagines.</summary>
/// <param name="Move">Of the price: a fraction, or money where <see cref="ScenarioRules.MovesInMoney"/>; a fraction is above −1.</param>
/// <param name="Weight">The part of the gain or loss that counts.</param>
/// <param name="Far">Whether it belongs to the extended table: its gains count nothing, and the dampener softens its losses.</param>
public readonly record struct Scenario(double Move, VolatilityState Volatility, double Weight = 1, bool Far = false);

/// <summary>What account gains are counted in: the coin itself, or money.</summary>
public enum CountedIn
{
    Coin,
    Money,
}
