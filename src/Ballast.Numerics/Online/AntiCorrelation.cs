using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>Moves weight from what rose to what tends to follow it: Anticor (Borodin, El-Yaniv and Gogan 2004), each window an expert with its own capital.</summary>
/// <remarks>As the toolbox has it, an expert moves the weights it last chose, not those that the day's prices made of them.</remarks>
/// <param name="window">The experts look at 2 to this many days.</param>
public sealed class AntiCorrelation(int assets, int window = 30) : OnlinePortfolio(assets)
{
    private readonly Expert[] experts = [.. Enumerable.Range(2, Math.Max(0, window - 1)).Select(days => new Expert(assets, days))];

    public override void Learn(Matrix relatives, int day)
    {
        foreach (var expert in experts) expert.Learn(relatives, day);
        var capital = experts.Sum(expert => expert.Capital);
        // Without an expert, or once money has left the range of a double, nothing is known.
        if (!(capital > 0 && double.IsFinite(capital))) return;
        var mean = new double[Weights.Length];
        foreach (var expert in experts) Algebra.Add(mean, expert.Capital / capital, expert.Weights);
        Weights = mean;
    }

    private sealed class Expert(int assets, int days)
    {
        public double[] Weights { get; private set; } = [.. Enumerable.Repeat(1.0 / assets, assets)];
        public double Capital { get; private set; } = 1;

        public void Learn(Matrix relatives, int day)
        {
            Capital *= Algebra.Dot(Weights, relatives.Row(day));
            if (day + 1 < 2 * days) return;
            var (earlier, later) = (Logs(relatives, day - (2 * days) + 1), Logs(relatives, day - days + 1));
            double[] growth = [.. later.Select(x => x.Average())];
            double[][] before = [.. earlier.Select(Standardised)], after = [.. later.Select(Standardised)];
            Weights = Moved(growth, (i, j) => Algebra.Dot(before[i], after[j]));
        }

        /// <summary>Each asset that grew no less than another, and whose earlier moves the other's later ones follow, gives to it in proportion to the claim.</summary>
        private double[] Moved(double[] growth, Func<int, int, double> correlation)
        {
            var moved = (double[])Weights.Clone();
            double[] own = [.. Enumerable.Range(0, assets).Select(i => correlation(i, i))];
            for (var i = 0; i < assets; i++)
            {
                var claims = new double[assets];
                for (var j = 0; j < assets; j++)
                    if (growth[i] >= growth[j] && correlation(i, j) is var follows and > 0) claims[j] = follows + Math.Max(0, -own[i]) + Math.Max(0, -own[j]);
                var total = claims.Sum();
                if (!(total > 0)) continue;
                moved[i] -= Weights[i];
                Algebra.Add(moved, Weights[i] / total, claims);
            }
            return moved;
        }

        /// <summary>One row an asset.</summary>
        private double[][] Logs(Matrix relatives, int from) =>
            [.. Enumerable.Range(0, assets).Select(i => (double[])[.. Enumerable.Range(from, days).Select(t => Math.Log(relatives[t, i]))])];

        /// <summary>Of mean zero and length one, so that a product is a correlation; zero where nothing moved.</summary>
        private static double[] Standardised(double[] x)
        {
            var (apart, square) = Demeaned(x);
            var length = Math.Sqrt(square);
            return [.. apart.Select(value => length > 0 ? value / length : 0)];
        }
    }
}
