using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>Buys once and lets the weights drift; equal weights at first unless others are given.</summary>
public sealed class BuyAndHold : OnlinePortfolio
{
    public BuyAndHold(int assets) : base(assets) { }

    public BuyAndHold(double[] weights) : base(weights.Length) => Weights = weights;

    public override void Learn(Matrix relatives, int day)
    {
        var x = relatives.Row(day);
        var factor = Algebra.Dot(Weights, x);
        var drifted = new double[x.Length];
        for (var i = 0; i < x.Length; i++) drifted[i] = Weights[i] * x[i] / factor;
        Weights = drifted;
    }
}

/// <summary>Comes back to the same weights every day: equal ones unless others are given.</summary>
public sealed class ConstantlyRebalanced : OnlinePortfolio
{
    public ConstantlyRebalanced(int assets) : base(assets) { }

    public ConstantlyRebalanced(double[] weights) : base(weights.Length) => Weights = weights;

    public override void Learn(Matrix relatives, int day) { }
}
