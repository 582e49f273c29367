namespace Ballast.Numerics.Smiles;

/// <summary>The smiles of several expiries, and of every time between them: total variance at one log-moneyness is linear in time and never falls.</summary>
/// <remarks>
/// Where the smile of an expiry has less variance than an earlier one, the earlier one's stands in for it: <see cref="At"/> has no calendar
/// arbitrage whatever the slices have. Before the first and after the last expiry volatilities are those of that expiry.
/// </remarks>
public sealed class SmileSurface
{
    private readonly Smile[] slices;

    public SmileSurface(IEnumerable<Smile> smiles)
    {
        slices = [.. smiles.OrderBy(s => s.Years)];
        if (slices.Length == 0) throw new ArgumentException("a surface has at least one smile");
        for (var i = 1; i < slices.Length; i++)
            if (slices[i].Years == slices[i - 1].Years) throw new ArgumentException($"two smiles are {slices[i].Years:R} years ahead");
        for (var i = 1; i < slices.Length; i++)
            if (!CalendarCheck.Of(slices[i - 1], slices[i]).Holds) slices[i] = new HigherSmile(slices[i - 1], slices[i]);
    }

    /// <summary>The smile of a time ahead and its forward.</summary>
    public Smile At(double years, double forward)
    {
        if (!(years > 0 && double.IsFinite(years))) throw new ArgumentOutOfRangeException(nameof(years), years, "a smile is of a time ahead");
        var next = Array.FindIndex(slices, s => s.Years >= years);
        if (next == 0 || next < 0)
        {
            var only = slices[next == 0 ? 0 : ^1];
            return new BlendedSmile(forward, years, only, years / only.Years, only, 0);
        }
        var (before, after) = (slices[next - 1], slices[next]);
        var share = (years - before.Years) / (after.Years - before.Years);
        return new BlendedSmile(forward, years, before, 1 - share, after, share);
    }

    /// <summary>So much of one smile's total variance and so much of another's.</summary>
    private sealed record BlendedSmile(double Forward, double Years, Smile Near, double NearShare, Smile Far, double FarShare) : Smile(Forward, Years)
    {
        public override VariancePoint Variance(double k) => NearShare * Near.Variance(k) + FarShare * Far.Variance(k);
    }

    /// <summary>At each strike whichever has more total variance.</summary>
    private sealed record HigherSmile(Smile Near, Smile Own) : Smile(Own.Forward, Own.Years)
    {
        public override VariancePoint Variance(double k)
        {
            var (near, own) = (Near.Variance(k), Own.Variance(k));
            return near.Value > own.Value ? near : own;
        }
    }
}
