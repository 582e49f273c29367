namespace Ballast.Engine.Hedges;

/// <summary>What a hedge is made with and what it is judged by.</summary>
/// <param name="Cost">One way, a fraction of the traded value: fee and half of the spread.</param>
/// <param name="Aversion">Absolute risk aversion per unit of money, above zero.</param>
public sealed record HedgeSettings(double Cost, double Aversion)
{
    /// <summary>Whether wealth is counted in coin; else in money. It decides which delta is neutral.</summary>
    public bool InCoin { get; init; }

    /// <summary>Whether the perpetual is settled in coin.</summary>
    public bool Inverse { get; init; }

    /// <summary>What a long perpetual pays a year, as a fraction of its value.</summary>
    public double Funding { get; init; }

    /// <summary>Coins that trades are multiples of; 0 for any.</summary>
    public double Lot { get; init; }

    /// <summary>Delta that is wanted, in coins.</summary>
    public double Target { get; init; }

    /// <summary>After how many looks an old move counts half in the running forecast.</summary>
    public double Memory { get; init; } = 120;
}
