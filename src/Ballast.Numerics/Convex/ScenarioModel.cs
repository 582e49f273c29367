using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>What a scenario programme is about: costs of the scenarios' own variables and of the tail (the weights, and perhaps a threshold), the rows, the bounds.</summary>
internal sealed class ScenarioModel
{
    public required double[] HeadCosts { get; init; }

    /// <summary>The same quadratic cost ½ c h² of every scenario variable.</summary>
    public double HeadCurvature { get; init; }

    public required double[] TailCosts { get; init; }
    public required ScenarioRow[] Rows { get; init; }

    /// <summary>Rows of coefficients of the tail.</summary>
    public required Matrix Table { get; init; }

    public required double[] Lower { get; init; }
    public required double[] Upper { get; init; }

    /// <summary>How many of the tail are weights; they come first and sum to the total.</summary>
    public required int Assets { get; init; }

    public required double Total { get; init; }

    /// <summary>Sets the scenario variables so that every row has room, once the tail is set.</summary>
    public required Action<double[], double[]> Heads { get; init; }

    public void Start(Span<double> heads, Span<double> tail)
    {
        var share = Total / Assets;
        for (var i = 0; i < Assets; i++)
        {
            var (low, high) = (Lower[i], Upper[i]);
            tail[i] = double.IsFinite(low) && double.IsFinite(high) ? Math.Clamp(share, low + 0.1 * (high - low), high - 0.1 * (high - low)) : Math.Clamp(share, low + share, high);
        }
        var (set, from) = (heads.ToArray(), tail.ToArray());
        Heads(set, from);
        set.CopyTo(heads);
        from.CopyTo(tail);
    }
}
