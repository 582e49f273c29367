using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.MarketMaking;

/// <summary>Quotes that stood at one distance from the mid price: how long, and how often they were filled.</summary>
/// <param name="Time">In the unit of time that the rates shall have; above zero.</param>
public readonly record struct QuoteRecord(double Distance, double Fills, double Time);

/// <summary>How often quotes at a distance are filled, estimated from what happened: the rate A e^(−kδ).</summary>
/// <param name="Arrivals">A, a unit of time.</param>
/// <param name="Decay">k.</param>
/// <param name="ArrivalsError">One standard error of ln A.</param>
/// <param name="DecayError">One standard error of k.</param>
public sealed record FillModel(double Arrivals, double Decay, double ArrivalsError, double DecayError)
{
    public const int LeastDistances = 5, LeastFills = 200;
    private const int MostSteps = 100;

    /// <summary>The regression of the log of the rate on the distance, as counts ask for it: the likeliest Poisson rates, by Newton, so that distances without a fill count too.</summary>
    /// <returns><c>TooFewDistances</c>, <c>TooFewFills</c>, or <c>NoDecay</c> where fills do not become rarer with distance.</returns>
    public static Answer<FillModel> Fit(IReadOnlyCollection<QuoteRecord> records)
    {
        if (records.Any(r => !double.IsFinite(r.Distance) || !(r.Fills >= 0) || !(r.Time > 0))) throw new ArgumentException("a distance is no number, fills are below zero or no time has passed", nameof(records));
        if (records.Select(r => r.Distance).Distinct().Count() is < LeastDistances and var few) return Refused("TooFewDistances", $"quotes at {few} distances where {LeastDistances} are needed");
        if (records.Sum(r => r.Fills) is < LeastFills and var fills) return Refused("TooFewFills", $"{fills} fills where {LeastFills} are needed");
        var (log, k) = (Math.Log(records.Sum(r => r.Fills) / records.Sum(r => r.Time)), 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var (dLog, dK, errors) = Newton(records, log, k);
            (log, k) = (log + dLog, k + dK);
            if (Math.Abs(dLog) + Math.Abs(dK) > 1e-12 * (1 + Math.Abs(log) + Math.Abs(k))) continue;
            return k > 0 && double.IsFinite(log) ? new FillModel(Math.Exp(log), k, errors.Log, errors.K) : Refused("NoDecay", $"fills do not become rarer with distance: k is {k:G4}");
        }
        return Refused("NoDecay", $"no rates fit the fills: k is {k:G4} after {MostSteps} steps");
    }

    /// <summary>σ of a mid price that was seen at even times: the root of the mean square of its changes over a horizon, per √time.</summary>
    /// <param name="spacing">Time between two mids.</param>
    /// <param name="horizon">How many spacings a quote stands.</param>
    public static double Volatility(double[] mids, double spacing, int horizon)
    {
        if (horizon < 1 || mids.Length <= horizon) throw new ArgumentOutOfRangeException(nameof(horizon), horizon, $"at least 1 and fewer than {mids.Length} mids");
        if (!(spacing > 0)) throw new ArgumentOutOfRangeException(nameof(spacing), spacing, "above zero");
        var sum = 0.0;
        for (var t = horizon; t < mids.Length; t++) sum += (mids[t] - mids[t - horizon]) * (mids[t] - mids[t - horizon]);
        return Math.Sqrt(sum / (mids.Length - horizon) / (horizon * spacing));
    }

    /// <summary>One step up the likelihood Σ n ln λ − λT with λ = e^(log − kδ), halved where it would overshoot far.</summary>
    private static (double Log, double K, (double Log, double K) Errors) Newton(IReadOnlyCollection<QuoteRecord> records, double log, double k)
    {
        var (g0, g1, h00, h01, h11) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var r in records)
        {
            var expected = r.Time * Math.Exp(log - k * r.Distance);
            g0 += r.Fills - expected;
            g1 -= (r.Fills - expected) * r.Distance;
            h00 += expected;
            h01 -= expected * r.Distance;
            h11 += expected * r.Distance * r.Distance;
        }
        var size = h00 * h11 - h01 * h01;
        var (dLog, dK) = ((h11 * g0 - h01 * g1) / size, (h00 * g1 - h01 * g0) / size);
        var far = records.Max(r => Math.Abs(dLog - dK * r.Distance));
        var scale = far > 2 ? 2 / far : 1;
        return (scale * dLog, scale * dK, (Math.Sqrt(h11 / size), Math.Sqrt(h00 / size)));
    }

    private static Answer<FillModel> Refused(string code, string reason) => new Answer<FillModel>.Refused(code, reason);
}
