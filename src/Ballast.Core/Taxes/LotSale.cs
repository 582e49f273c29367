namespace Ballast.Taxes;

/// <summary>A part of a lot that is sold: what it cost, what it brings, and how the gain is taxed.</summary>
/// <param name="Index">Which row of the holdings it is, from 0, so that it can be taken out of the book.</param>
/// <param name="Gain">Proceeds less cost, in base; negative for a loss.</param>
/// <param name="Tax">Estimated tax on the gain at the file's rates; negative where a loss is worth its rate.</param>
public sealed record LotSale(int Index, decimal Quantity, decimal UnitCost, Instant Acquired, decimal Gain, HoldingPeriod Period, decimal Tax);

/// <summary>Which rate a gain falls under, by how long the lot was held.</summary>
public enum HoldingPeriod { Short, Long, Exempt }
