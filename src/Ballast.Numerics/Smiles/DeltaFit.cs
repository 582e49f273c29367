using Ballast.Numerics.Allocation;
using Ballast.Numerics.Options;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Smiles;

/// <summary>The smile over deltas of some quotes: read at the forward and at the 25-, 10-, 3- and 1-delta puts and calls, then freed of butterflies at the strikes.</summary>
/// <remarks>With the 10-delta options outermost, as foreign exchange has it, a coin's wings come out 5 to 20 points too low.</remarks>
internal static class DeltaFit
{
    private const double PriceSlack = 1e-9, OneShift = 5e-3;
    private const int MostShifts = 60;

    public static Answer<SmileFit> Of(double forward, double years, SmileQuote[] sorted, string why)
    {
        DeltaNode[] all = [.. sorted.Select(q => q.Volatility * q.Volatility * years is var w ? new DeltaNode(Normal.Cdf((w / 2 - q.LogMoneyness) / Math.Sqrt(w)), w) : default).OrderBy(n => n.CallDelta)];
        for (var i = 1; i < all.Length; i++)
            if (!(all[i].CallDelta > all[i - 1].CallDelta + 1e-12)) return new Answer<SmileFit>.Refused("ArbitrageRemains", "the quotes' deltas do not fall with the strike");
        var nodes = Nodes(new DeltaSmile(forward, years, all));
        var repaired = false;
        for (var i = 0; i < MostShifts; i++)
        {
            var smile = new DeltaSmile(forward, years, nodes);
            if (!smile.IsSingleValued) break;
            if (Offender(smile, sorted) is not { } k) return SmileFit.Judged(smile, SmileMethod.Delta, sorted, repaired, why);
            Lower(nodes, smile.CallDelta(k));
            repaired = true;
        }
        return new Answer<SmileFit>.Refused("ArbitrageRemains", why + ", and no curve over deltas is free of arbitrage");
    }

    /// <summary>From the 1-delta put to the 1-delta call, as far as the quotes go.</summary>
    private static DeltaNode[] Nodes(DeltaSmile quotes)
    {
        var (least, most) = (quotes.Nodes[0].CallDelta, quotes.Nodes[^1].CallDelta);
        var middle = quotes.CallDelta(0);
        return [.. ((double[])[0.01, 0.03, 0.1, 0.25, middle, 0.75, 0.9, 0.97, 0.99]).Select(d => Math.Clamp(d, least, most)).Distinct().Order()
            .Select(d => new DeltaNode(d, quotes.Variance(quotes.Moneyness(d)).Value))];
    }

    /// <summary>The listed strike whose call is dearest against the straight line between its neighbours; null where all are convex.</summary>
    private static double? Offender(DeltaSmile smile, SmileQuote[] sorted)
    {
        double[] strike = [.. sorted.Select(q => Math.Exp(q.LogMoneyness))];
        double[] call = [.. sorted.Select((q, i) => BlackScholes.OnForward(OptionKind.Call, 1, strike[i], smile.Years, 0, smile.Volatility(q.LogMoneyness)).Price)];
        var (worst, at) = (PriceSlack, (double?)null);
        for (var i = 1; i < call.Length - 1; i++)
        {
            var share = (strike[i] - strike[i - 1]) / (strike[i + 1] - strike[i - 1]);
            var above = call[i] - (1 - share) * call[i - 1] - share * call[i + 1];
            if (above > worst) (worst, at) = (above, sorted[i].LogMoneyness);
        }
        return at;
    }

    /// <summary>Takes half a per cent off the variance of the node nearest in delta.</summary>
    private static void Lower(DeltaNode[] nodes, double delta)
    {
        var at = 0;
        for (var i = 1; i < nodes.Length; i++)
            if (Math.Abs(nodes[i].CallDelta - delta) < Math.Abs(nodes[at].CallDelta - delta)) at = i;
        nodes[at] = nodes[at] with { Variance = nodes[at].Variance * (1 - OneShift) };
    }
}
