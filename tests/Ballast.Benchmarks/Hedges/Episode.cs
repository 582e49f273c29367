using Ballast.Engine.Hedges;
using Ballast.Numerics.Derivatives;

namespace Ballast.Benchmarks.Hedges;

/// <summary>One position to hedge over one stretch of one price.</summary>
/// <param name="Start">When it was opened.</param>
/// <param name="Path">Of a position of one coin on a first price of 1, so that amounts are shares of the value that options are on.</param>
internal sealed record Episode(string Symbol, DateTime Start, DateTime End, bool Short, bool Straddle, bool InCoin, HedgePath Path)
{
    public string Group => $"{(Short ? "short" : "long")} {(Straddle ? "straddle" : "strangle")} {(InCoin ? "coin" : "money")}";

    public static LegKind Kind(bool inCoin) => inCoin ? LegKind.InverseOption : LegKind.LinearOption;
}
