using System.Text.Json.Nodes;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using NodaTime.Text;

namespace Ballast.Engine.Venues;

/// <summary>A contract that a paper account holds.</summary>
/// <param name="Quantity">Signed, in the venue's own unit.</param>
/// <param name="Entry">The average price it was entered at.</param>
/// <param name="Accrued">Funding of a perpetual that has not been paid yet, exact, in its settlement asset.</param>
/// <param name="FundedTo">Up to when funding is counted.</param>
public sealed record PaperPosition(decimal Quantity, decimal Entry, decimal Accrued, Instant FundedTo)
{
    public Position Of(Instrument.Derivative contract) => new(contract, Quantity, Entry, "");

    internal JsonObject ToJson() => new() { ["quantity"] = Figures.Exact(Quantity), ["entry"] = Figures.Exact(Entry), ["accrued"] = Figures.Exact(Accrued), ["fundedTo"] = InstantPattern.ExtendedIso.Format(FundedTo) };

    internal static PaperPosition Read(JsonNode p) => new(
        decimal.Parse((string)p["quantity"]!), decimal.Parse((string)p["entry"]!), decimal.Parse((string)p["accrued"]!), InstantPattern.ExtendedIso.Parse((string)p["fundedTo"]!).Value);
}
