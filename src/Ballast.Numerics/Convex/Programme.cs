namespace Ballast.Numerics.Convex;

/// <summary>A convex programme as the interior point method sees it: min f(x), Ex = e, Gx + s = h, s ≥ 0, and a way to solve its Newton equations.</summary>
/// <remarks>What is particular to a kind of programme is how <see cref="Factor"/> eliminates its variables; the method is the same for all.</remarks>
internal abstract class Programme
{
    public abstract int Variables { get; }
    public abstract int Equalities { get; }
    public abstract int Rows { get; }

    /// <summary>Whether f is linear, so that primal and dual may step by different lengths.</summary>
    public virtual bool Linear => false;

    /// <summary>How far rows may give way: Gx + s − δz = h, a quadratic price on their violation. Only border rows of a search for feasibility give way.</summary>
    public virtual double Softness(int row) => 0;

    public virtual double EqualitySoftness => 0;

    /// <summary>A first point; the closer to the middle of the limits the better.</summary>
    public abstract void Start(Span<double> x);

    /// <summary>g = ∇f(x).</summary>
    public abstract void Gradient(ReadOnlySpan<double> x, Span<double> g);

    /// <summary>result = ∇²f(x) v.</summary>
    public abstract void Bend(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result);

    /// <summary>values = Gx − h.</summary>
    public abstract void Excess(ReadOnlySpan<double> x, Span<double> values);

    /// <summary>values = Gx, for a direction.</summary>
    public abstract void Slopes(ReadOnlySpan<double> x, Span<double> values);

    /// <summary>g += G'z.</summary>
    public abstract void AddRows(ReadOnlySpan<double> z, Span<double> g);

    /// <summary>values = Ex − e.</summary>
    public abstract void Miss(ReadOnlySpan<double> x, Span<double> values);

    /// <summary>values = Ex, for a direction.</summary>
    public abstract void EqualitySlopes(ReadOnlySpan<double> x, Span<double> values);

    /// <summary>g += E'y.</summary>
    public abstract void AddEqualities(ReadOnlySpan<double> y, Span<double> g);

    /// <summary>Factors ∇²f(x) + G' diag(d) G, bordered by E; false where rounding has made it singular.</summary>
    public abstract bool Factor(ReadOnlySpan<double> x, ReadOnlySpan<double> d);

    /// <summary>Solves the factored equations: [K E'; E 0] (dx, dy) = (dx, dy) on entry.</summary>
    public abstract void Solve(Span<double> dx, Span<double> dy);

    /// <summary>A chance to end early, exactly or with a proof that there is nothing to find: true stops the method.</summary>
    public virtual bool Ends(Iterate at) => false;
}

/// <summary>Where the interior point method stands.</summary>
internal sealed class Iterate(Programme programme)
{
    public double[] X { get; } = new double[programme.Variables];
    public double[] Y { get; } = new double[programme.Equalities];
    public double[] Z { get; } = new double[programme.Rows];
    public double[] S { get; } = new double[programme.Rows];
    public double[] DualResidual { get; } = new double[programme.Variables];
    public double[] EqualityResidual { get; } = new double[programme.Equalities];
    public double[] RowResidual { get; } = new double[programme.Rows];
    public int Iterations { get; set; }

    /// <summary>s'z: the distance from the optimum, once the residuals are nothing.</summary>
    public double Gap => Vectors.Dot(S, Z);

    public double Primal => Math.Max(Vectors.MaxAbs(EqualityResidual), Vectors.MaxAbs(RowResidual));
    public double Dual => Vectors.MaxAbs(DualResidual);
}
