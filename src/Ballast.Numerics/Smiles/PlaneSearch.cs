namespace Ballast.Numerics.Smiles;

/// <summary>Nelder and Mead's search for a minimum over two unknowns.</summary>
/// <remarks>Nelder and Mead (1965), with the usual coefficients 1, 2, ½ and ½.</remarks>
internal static class PlaneSearch
{
    private readonly record struct Corner(double X, double Y, double Value);

    public static (double X, double Y, double Value) Minimise(Func<double, double, double> f, double x, double y, double stepX, double stepY, int evaluations, double tolerance)
    {
        Corner[] simplex = [Look(x, y), Look(x + stepX, y), Look(x, y + stepY)];
        for (var left = evaluations - 3; left > 0;)
        {
            Array.Sort(simplex, (a, b) => a.Value.CompareTo(b.Value));
            if (simplex[2].Value - simplex[0].Value <= tolerance * Math.Abs(simplex[0].Value)) break;
            left -= Step(simplex);
        }
        return simplex.MinBy(c => c.Value) is var best ? (best.X, best.Y, best.Value) : default;

        Corner Look(double x, double y) => new(x, y, f(x, y) is var value && double.IsNaN(value) ? double.PositiveInfinity : value);

        int Step(Corner[] at)
        {
            var (middleX, middleY, worst) = ((at[0].X + at[1].X) / 2, (at[0].Y + at[1].Y) / 2, at[2]);
            var reflected = Away(1);
            if (reflected.Value < at[0].Value) return Keep(Away(2), reflected);
            if (reflected.Value < at[1].Value) return Keep(reflected, reflected) - 1;
            var inside = reflected.Value < worst.Value ? Away(0.5) : Away(-0.5);
            if (inside.Value < Math.Min(reflected.Value, worst.Value)) return Keep(inside, inside);
            for (var i = 1; i < 3; i++) at[i] = Look((at[0].X + at[i].X) / 2, (at[0].Y + at[i].Y) / 2);
            return 4;

            Corner Away(double far) => Look(middleX + far * (middleX - worst.X), middleY + far * (middleY - worst.Y));

            int Keep(Corner a, Corner b)
            {
                at[2] = a.Value < b.Value ? a : b;
                return 2;
            }
        }
    }
}
