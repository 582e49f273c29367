namespace Ballast.Numerics.Backtest;

/// <summary>The edges of a policy's bands as the kernels compare with them: lo − ε and hi + ε, or edges that nothing leaves.</summary>
internal readonly struct Edges(FastPolicy policy)
{
    /// <summary>A holding without a lower edge, multiplied by this, is never too small.</summary>
    public const double NeverTooSmall = 1e300;

    private const double Slack = WeightBands.Tolerance;
    private readonly WeightBands? _bands = policy.Bands;
    private readonly bool _cash = policy.Bands is not null && policy.CashTarget is not null;

    /// <summary>Zero where cash has no lower edge: its amount, unlike a holding's, may be zero.</summary>
    public double OverCashLow => _cash && _bands!.CashLower > Slack ? 1 / (_bands.CashLower - Slack) : 0;

    public double OverCashHigh => _cash ? 1 / (_bands!.CashUpper + Slack) : 0;

    public double Low(int asset) => _bands is null ? -1 : _bands.Lower[asset] - Slack;

    public double High(int asset) => _bands is null ? double.PositiveInfinity : _bands.Upper[asset] + Slack;

    public double OverLow(int asset) => Low(asset) > 0 ? 1 / Low(asset) : NeverTooSmall;

    public double OverHigh(int asset) => 1 / High(asset);
}
