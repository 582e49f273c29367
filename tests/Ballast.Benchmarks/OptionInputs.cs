using Ballast.Numerics.Linear;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks;

/// <summary>The rows of options, from the tables they are about.</summary>
internal static class OptionInputs
{
    private const double Rate = 0.03, Yield = 0.01, Spot = 60_000;
    private const int Times = 10;

    /// <summary>Prices of a million options, which are the hundred thousand of the table ten times over, and the volatilities of those that have one to say.</summary>
    public static IEnumerable<OptionRow> Of(Matrix table)
    {
        var (spot, strike, years, vol, sign) = (Column(table, 0), Column(table, 1), Column(table, 2), Column(table, 3), Column(table, 4));
        yield return Prices("P1", 5, 14, spot, strike, years, vol, sign);
        yield return Prices("P1g", 13, 25, spot, strike, years, vol, sign);
        foreach (var row in Volatilities(table)) yield return row;
    }

    /// <summary>A thousand positions at 17 prices and three volatilities; the third is ours to choose, since the worst case is at the first.</summary>
    public static OptionRow Grid(Matrix table)
    {
        const double Worst = -4123689.99944658;
        var (strike, years, vol, sign, quantity) = (Column(table, 0), Column(table, 1), Column(table, 2), Column(table, 3), Column(table, 4));
        double[] spot = [.. strike.Select(_ => Spot)], moves = [.. Enumerable.Range(-8, 17).Select(i => 0.05 * i)];
        double[] volatilities = [.. new[] { 0.75, 1, 1.5 }.SelectMany(factor => vol.Select(v => factor * v))], gains = new double[51];
        double Value(int i, double price, double volatility) => BlackScholes.OnForward(Kind(sign[i]), price, strike[i], years[i], 0, volatility).Price;
        double Gain(int s, int i) => quantity[i] * (Value(i, Spot * (1 + moves[s % 17]), volatilities[s / 17 * strike.Length + i]) - Value(i, Spot, vol[i]));
        var gross = Enumerable.Range(0, strike.Length).Sum(i => Math.Abs(quantity[i]) * Value(i, Spot, vol[i]));
        var furthest = () => Math.Max(
            Enumerable.Range(0, 51).Max(s => Math.Abs(Enumerable.Range(0, strike.Length).Sum(i => Gain(s, i)) - gains[s])) / (1e-12 * gross),
            Math.Abs(gains.Min() / Worst - 1) / 1e-14);
        return new("P3", "P3", 51 * strike.Length, 0.45e6 / 51_000, [strike, years, vol, sign, quantity],
            () => OptionGrid.Gains(new(sign, spot, strike, years, vol), quantity, moves, volatilities, false, gains), () => gains, furthest, _ => 1e-10 * gross);
    }

    private static OptionRow Prices(string name, int outputs, double goal, double[] spot, double[] strike, double[] years, double[] vol, double[] sign)
    {
        double[] Many(double[] column) => [.. Enumerable.Repeat(column, Times).SelectMany(x => x)];
        var (s, k, t, v, w, n) = (Many(spot), Many(strike), Many(years), Many(vol), Many(sign), Times * spot.Length);
        var values = new double[outputs * n];
        void Act()
        {
            if (outputs == 5) OptionBatch.OnSpot(new(w, s, k, t, v), Rate, Yield, values);
            else OptionBatch.AllGreeksOnSpot(new(w, s, k, t, v), Rate, Yield, values);
        }
        double Furthest() => Enumerable.Range(0, spot.Length).Max(i =>
        {
            var x = BlackScholes.OnSpot(Kind(sign[i]), spot[i], strike[i], years[i], Rate, Yield, vol[i]);
            double[] one = [x.Price, x.Delta, x.Gamma, x.Vega, x.Theta, x.Rho, x.Phi, x.Vanna, x.Volga, x.Charm, x.Speed, x.Color, x.Zomma];
            return Enumerable.Range(0, outputs).Max(k => Math.Abs(values[i + k * n] - one[k]) / (1e-13 * Math.Max(Math.Abs(one[k]), Scale(k, spot[i], years[i]))));
        });
        return new(name, name, n, goal, [spot, strike, years, vol, sign], Act, () => values, Furthest, i => 1e-9 * Math.Max(Math.Abs(values[i]), Scale(i / n, s[i % n], t[i % n])));
    }

    /// <summary>The size of an output at the money: of those by the spot, and of those by time for an option that is nearly over.</summary>
    private static double Scale(int output, double spot, double years) => output switch { 1 or 7 => 1, 9 => 1 + 1 / years, 2 or 10 or 12 => 1 / spot, 11 => (1 + 1 / years) / spot, _ => spot };

    private static IEnumerable<OptionRow> Volatilities(Matrix table)
    {
        var quotes = Enumerable.Range(0, table.Rows).Select(i =>
        {
            var forward = table[i, 0] * Math.Exp((Rate - Yield) * table[i, 2]);
            var value = BlackScholes.OnForward(Kind(table[i, 4]), forward, table[i, 1], table[i, 2], 0, table[i, 3]);
            return (Forward: forward, Strike: table[i, 1], Years: table[i, 2], Vol: table[i, 3], Sign: table[i, 4], value.Price, Condition: value.Price / (table[i, 3] * value.Vega));
        }).Where(q => q.Price > 1e-290 && q.Condition < 1e10).ToArray();
        double[] forward = [.. quotes.Select(q => q.Forward)], strike = [.. quotes.Select(q => q.Strike)], years = [.. quotes.Select(q => q.Years)];
        double[] price = [.. quotes.Select(q => q.Price)], sign = [.. quotes.Select(q => q.Sign)], found = new double[quotes.Length];
        var verdicts = new VolatilityVerdict[quotes.Length];
        double Off(int i) => Math.Abs(found[i] / quotes[i].Vol - 1) / (64 * Math.Pow(2, -53) * Math.Max(1, quotes[i].Condition));
        double Furthest() => Enumerable.Range(0, quotes.Length).Max(Off);
        // QuantLib stops at 1e-12 of the deviation. Further out than four of them its own prices lose their digits, and it is off by up to 0.23: there is nothing to compare.
        double Trust(int i) => Math.Abs(Math.Log(forward[i] / strike[i])) < 4 * quotes[i].Vol * Math.Sqrt(years[i]) ? 2e-11 : double.PositiveInfinity;
        void Each()
        {
            for (var i = 0; i < found.Length; i++) found[i] = ImpliedVolatility.Of(Kind(sign[i]), forward[i], strike[i], years[i], price[i]).Volatility ?? double.NaN;
        }
        double[][] columns = [forward, strike, years, price, sign];
        yield return new("P2", "P2", found.Length, 90, columns, Each, () => found, Furthest, Trust);
        yield return new("P2v", "P2", found.Length, 90, columns, () => ImpliedVolatilityBatch.Of(new(sign, forward, strike, years, price), found, verdicts), () => found, Furthest, Trust);
    }

    private static double[] Column(Matrix table, int at) => table.Column(at).ToArray();

    private static OptionKind Kind(double sign) => sign > 0 ? OptionKind.Call : OptionKind.Put;
}
