using Ballast.Numerics.Options;

namespace Ballast.Numerics.Hedging;

/// <summary>An option while the average that it is settled on is being taken: part of it is fixed already.</summary>
public static class SettlementWindow
{
    /// <summary>The delta to hedge: u times that of an option on what is still to come, whose strike is (K − (1 − u)A)/u; one that is not above zero makes a call a forward.</summary>
    /// <param name="left">u: the share of the average's samples still to come, above 0 and at most 1.</param>
    /// <param name="average">A: of the samples so far; not looked at before the first.</param>
    /// <param name="years">That are left for the rest of the average, not negative.</param>
    public static double Delta(double left, double average, OptionKind kind, double spot, double strike, double years, double volatility)
    {
        if (!(left is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(left), left, "a share left is above 0 and at most 1");
        var rest = left == 1 ? strike : (strike - (1 - left) * average) / left;
        if (rest <= 0) return kind == OptionKind.Call ? left : 0;
        return left * BlackScholes.OnForward(kind, spot, rest, years, 0, volatility).Delta;
    }

    /// <summary>What a venue shows that scales delta and mark alike as the window passes: u(Δ − c), in coins; to reconcile with, not to hedge by.</summary>
    public static double Displayed(double left, double delta, double markCoin) => left * (delta - markCoin);
}
