using Ballast.Numerics.Linear;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks;

/// <summary>Rows P1 and P2: checked option by option against the scalar formulas, then timed, in nanoseconds an option on one core.</summary>
internal static class OptionRows
{
    private const double Rate = 0.03, Yield = 0.01;

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        var (prices, volatilities) = ("P1".Contains(wanted, StringComparison.OrdinalIgnoreCase), "P2".Contains(wanted, StringComparison.OrdinalIgnoreCase));
        if (!prices && !volatilities) return true;
        Machine.UseOneCore();
        if (MarketTables.Table("options100k.csv.gz", labelled: false) is not { } table)
        {
            Console.WriteLine("P1, P2: their input is not here: set BALLAST_BENCH");
            return true;
        }
        Console.WriteLine("row   options       result           ns an option   goal   furthest from the scalar formula");
        return (!prices || Price(table)) & (!volatilities || Imply(table));
    }

    /// <summary>A million options: the hundred thousand of the file ten times over.</summary>
    private static bool Price(Matrix table)
    {
        double[] Column(int at) => [.. Enumerable.Range(0, 10).SelectMany(_ => table.Column(at).ToArray())];
        var (spot, strike, years, vol, sign) = (Column(0), Column(1), Column(2), Column(3), Column(4));
        var values = new double[5 * spot.Length];
        void Act() => OptionBatch.OnSpot(new(sign, spot, strike, years, vol), Rate, Yield, values);
        Act();
        var furthest = Enumerable.Range(0, table.Rows).Max(i =>
        {
            var one = BlackScholes.OnSpot(sign[i] > 0 ? OptionKind.Call : OptionKind.Put, spot[i], strike[i], years[i], Rate, Yield, vol[i]);
            var (s, n) = (spot[i], spot.Length);
            return new[] { Off(values[i], one.Price, s), Off(values[i + n], one.Delta, 1), Off(values[i + 2 * n], one.Gamma, 1 / s), Off(values[i + 3 * n], one.Vega, s), Off(values[i + 4 * n], one.Theta, s) }.Max();
        });
        return Say("P1", spot.Length, values.AsSpan(0, table.Rows).ToArray().Sum(), furthest, 1e-13, 14, Act);
    }

    /// <summary>The volatility of each option that still has one to say, from its undiscounted price.</summary>
    private static bool Imply(Matrix table)
    {
        var quotes = Enumerable.Range(0, table.Rows).Select(i =>
        {
            var (kind, forward) = (table[i, 4] > 0 ? OptionKind.Call : OptionKind.Put, table[i, 0] * Math.Exp((Rate - Yield) * table[i, 2]));
            var value = BlackScholes.OnForward(kind, forward, table[i, 1], table[i, 2], 0, table[i, 3]);
            return (Kind: kind, Forward: forward, Strike: table[i, 1], Years: table[i, 2], Vol: table[i, 3], value.Price, Condition: value.Price / (table[i, 3] * value.Vega));
        }).Where(q => q.Price > 1e-290 && q.Condition < 1e10).ToArray();
        var furthest = quotes.Max(q => Math.Abs(ImpliedVolatility.Of(q.Kind, q.Forward, q.Strike, q.Years, q.Price).Volatility!.Value / q.Vol - 1) / Math.Max(1, q.Condition));
        var sum = 0.0;
        void Act()
        {
            sum = 0;
            foreach (var q in quotes) sum += ImpliedVolatility.Of(q.Kind, q.Forward, q.Strike, q.Years, q.Price).Volatility ?? 0;
        }
        Act();
        return Say("P2", quotes.Length, sum, furthest, 128 * Math.Pow(2, -53), 90, Act);
    }

    private static double Off(double found, double expected, double scale) => Math.Abs(found - expected) / Math.Max(Math.Abs(expected), scale);

    private static bool Say(string name, int count, double result, double furthest, double tolerance, double goal, Action act)
    {
        if (!(furthest <= tolerance))
        {
            Console.WriteLine($"{name}: off by {furthest:E1}, more than {tolerance:E1}");
            return false;
        }
        act();
        act();
        var time = Timing.Cpu(act, 7) * 1e6 / count;
        Console.WriteLine($"{name,-4}{count,9}  {result,20:G14} {time,14:F1} {goal,6}   {furthest:E1}");
        return true;
    }
}
