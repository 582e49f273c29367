namespace Ballast.App.Reports;

/// <summary>Everything that the page of an efficient frontier says.</summary>
public sealed record FrontierData : PageData
{
    public required FrontierCurve Frontier { get; init; }
}
