namespace Ballast.Planning;

/// <summary>How far to go once a rule has fired.</summary>
public abstract record Destination
{
    private Destination() { }

    /// <summary>All the way to the targets.</summary>
    public sealed record Target : Destination;

    /// <summary>A fraction of the way from the weights of now; <c>halfway</c> is 1/2.</summary>
    public sealed record PartWay(double Fraction) : Destination;

    /// <summary>The nearest edge of the band; with <paramref name="Inner"/>, half-way between edge and target.</summary>
    public sealed record BandEdge(bool Inner) : Destination;

    /// <summary>As near as is worth its cost (the cube-root rule), for a relative risk aversion.</summary>
    public sealed record LeastCost(double RiskAversion) : Destination;
}

/// <summary>Which trades are allowed today.</summary>
public enum Mode { Full, BuyOnly, SellOnly, CashFlow, ReduceOnly }
