using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Holdings;

/// <summary>A place that holds assets: where it is and what Ballast may do there.</summary>
/// <param name="Assets">What may be bought there; empty for anything.</param>
public sealed record Account(string Name, VenueId Venue, Permissions May, TaxTreatment Tax, ImmutableArray<Asset> Assets)
{
    /// <summary>The one account of a portfolio file that names none.</summary>
    public static Account Paper { get; } = new("paper", new VenueId("paper"), Permissions.Buy | Permissions.Sell, TaxTreatment.Taxable, []);

    public bool Takes(Asset asset) => Assets.IsEmpty || Assets.Contains(asset);
}

/// <summary>What may be done in an account; none means that it is only watched.</summary>
[Flags]
public enum Permissions { None = 0, Buy = 1, Sell = 2, Move = 4 }

/// <summary>Whether a sale in the account is taxed.</summary>
public enum TaxTreatment { Taxable, Deferred, Exempt }
