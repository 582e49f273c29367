using Ballast.Numerics.Backtest;

namespace Ballast.Tests.Numerics.Backtest;

/// <summary>The same meaning as the kernels, one bar and one asset at a time, by bisection where they solve: slow and obvious.</summary>
internal sealed class PlainBacktest(PriceMatrix prices, FastPolicy policy)
{
    private readonly int n = prices.Assets;
    private readonly double[] q = new double[prices.Assets];
    private double cash = policy.StartValue;

    public double[] Equity { get; } = new double[prices.Bars];
    public List<int> Bars { get; } = [];
    public List<double[]> Quantities { get; } = [];
    public double Turnover { get; private set; }
    public double Costs { get; private set; }
    public int Rebalances { get; private set; }
    public bool CashFellBelowZero { get; private set; }

    public PlainBacktest Run()
    {
        double[]? pending = null;
        for (var t = 0; t < prices.Bars; t++)
        {
            if (pending is not null)
            {
                Trade(t, pending, policy.Fill == Fill.NextOpen ? prices.Open : prices.Close, policy.CostRates.ToArray());
                pending = null;
            }
            if (t == 0 && policy.Initial != InitialPurchase.None) BuyFirst();
            else if (Decides(t))
            {
                var goal = Goal(t);
                if (policy.Fill == Fill.Close) Trade(t, goal, prices.Close, policy.CostRates.ToArray());
                else pending = goal;
            }
            Equity[t] = Value(t, prices.Close);
        }
        return this;
    }

    private void BuyFirst()
    {
        var free = policy.Initial == InitialPurchase.Free;
        Trade(0, policy.Weights.ToArray(), prices.Close, free ? new double[n] : policy.CostRates.ToArray());
        if (free) (Rebalances, Turnover) = (0, 0);
    }

    private bool Acts(int t) => policy.Act?.Contains(t) == true;

    private bool Decides(int t)
    {
        var last = t == prices.Bars - 1;
        if (last && !(policy.Fill == Fill.Close && policy.LastBarTrades)) return false;
        return Acts(t) || (policy.Look?.Contains(t) == true && Breached(t));
    }

    private bool Breached(int t)
    {
        bool Outside(double w, double low, double high) => w < low - 1e-12 || w > high + 1e-12;
        for (var i = 0; i < n; i++)
            if (Outside(Weight(i, t), policy.Bands!.Lower[i], policy.Bands.Upper[i])) return true;
        return policy.CashTarget is not null && Outside(cash / Value(t, prices.Close), policy.Bands!.CashLower, policy.Bands.CashUpper);
    }

    private double[] Goal(int t)
    {
        var now = Enumerable.Range(0, n).Select(i => Weight(i, t)).ToArray();
        return policy.Destination switch
        {
            Destination.Halfway => [.. now.Select((w, i) => w + (policy.Step * (policy.Weights[i] - w)))],
            Destination.BandEdge when !Acts(t) => Project(now, cash / Value(t, prices.Close)),
            _ => [.. policy.Weights],
        };
    }

    private double[] Project(double[] w, double cashWeight)
    {
        var bands = policy.Bands!;
        var (low, high) = policy.CashTarget is not null ? (bands.CashLower, bands.CashUpper) : (0, policy.Weights.Sum() < 1 - 1e-9 ? 1 : Math.Max(0, cashWeight));
        double Asset(int i, double m) => Math.Clamp(w[i] - m, Math.Max(0, bands.Lower[i]), bands.Upper[i]);
        var shift = Root(m => 1 - Math.Clamp(cashWeight - m, low, high) - Enumerable.Range(0, n).Sum(i => Asset(i, m)), -2, 2);
        return [.. Enumerable.Range(0, n).Select(i => Asset(i, shift))];
    }

    private void Trade(int t, double[] goal, Func<int, int, double> price, double[] rates)
    {
        var before = Value(t, price);
        double Fees(double value) => Enumerable.Range(0, n).Sum(i => rates[i] * Math.Abs((goal[i] * value) - (q[i] * price(t, i))));
        var sized = policy.Sizing == Sizing.BeforeCosts ? before : Root(v => v + Fees(v) - before, 0, before);
        var (fee, earlier) = (Fees(sized), Turnover);
        for (var i = 0; i < n; i++)
        {
            var trade = (goal[i] * sized) - (q[i] * price(t, i));
            Turnover += Math.Abs(trade) / before;
            cash -= trade;
            q[i] = goal[i] * sized / price(t, i);
        }
        cash -= fee;
        Costs += fee;
        CashFellBelowZero |= cash < -1e-9 * before;
        if (Turnover - earlier <= 1e-9) return;
        Rebalances++;
        Bars.Add(t);
        Quantities.Add([.. q]);
    }

    private double Value(int t, Func<int, int, double> price) => cash + Enumerable.Range(0, n).Sum(i => q[i] * price(t, i));

    private double Weight(int i, int t) => q[i] * prices.Close(t, i) / Value(t, prices.Close);

    /// <summary>Root of an increasing function by bisection until the bracket cannot shrink.</summary>
    private static double Root(Func<double, double> f, double low, double high)
    {
        if (f(high) <= 0) return high;
        for (var k = 0; k < 200; k++)
        {
            var middle = 0.5 * (low + high);
            if (f(middle) > 0) high = middle; else low = middle;
        }
        return 0.5 * (low + high);
    }
}
