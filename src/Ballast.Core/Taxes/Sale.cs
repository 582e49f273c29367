using Ballast.Money;

namespace Ballast.Taxes;

/// <summary>A sale whose lots are to be chosen.</summary>
/// <param name="UnitProceeds">What one unit brings in base, costs of the sale taken off.</param>
/// <param name="Zone">In which calendar days and years are counted.</param>
/// <param name="Taxed">Whether gains in the account are taxed at all.</param>
/// <param name="ExemptAfter">Lots held longer are not taxed; null where there is no such rule.</param>
public sealed record Sale(
    Asset Asset, string Account, decimal Quantity, decimal UnitProceeds, Instant At, DateTimeZone Zone, bool Taxed = true, Period? ExemptAfter = null);
