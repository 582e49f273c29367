namespace Ballast.Money;

/// <summary>How much of the quote asset one unit of the base asset costs.</summary>
public readonly record struct Price(decimal Value, Asset Base, Asset Quote);
