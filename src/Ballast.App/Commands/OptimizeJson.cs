using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Optimisation;

namespace Ballast.App.Commands;

/// <summary>Chosen weights as the JSON of the contract.</summary>
internal static class OptimizeJson
{
    public static JsonObject Of(Optimised found, double loadMs)
    {
        var (formula, objective) = found.Objective;
        var notes = new JsonObject();
        if (objective is null) notes["objective"] = $"{found.Chosen.Method.Name()} is a rule without an objective";
        if (found.Return(found.Weights) is null) notes["return"] = "no expected returns are given or asked for";
        if (found.Now is null) notes["turnover"] = "the weights now are not given";
        var shares = found.RiskShares(found.Weights);
        if (shares is null) notes["riskShares"] = "the portfolio has no risk";
        return new()
        {
            ["method"] = found.Chosen.Method.Name(),
            ["status"] = "optimal",
            ["weights"] = ByName(found.Names, found.Weights),
            ["objective"] = Json.Estimate(objective),
            ["objectiveIs"] = formula,
            ["volatility"] = Json.Estimate(found.Volatility(found.Weights)),
            ["return"] = Json.Estimate(found.Return(found.Weights)),
            ["riskShares"] = shares is null ? null : ByName(found.Names, shares),
            ["iterations"] = found.Chosen.Portfolio.Iterations,
            ["residuals"] = Json.Estimate(found.Chosen.Portfolio.Residual),
            ["turnover"] = Json.Estimate(found.Turnover),
            ["cost"] = Json.Estimate(found.Cost),
            ["current"] = found.Now is { } now ? ByName(found.Names, now) : null,
            ["periodsAYear"] = found.Input.Estimates.PeriodsAYear,
            ["estimates"] = found.Input.Source,
            ["said"] = Json.Texts(found.Chosen.Notes),
            ["notes"] = notes,
            ["timing"] = new JsonObject { ["loadMs"] = loadMs, ["runMs"] = found.Milliseconds },
        };
    }

    /// <summary>A refusal: nothing is weighed.</summary>
    public static JsonObject Of(Answer<Optimised>.Refused refused, Method method) => new()
    {
        ["method"] = method.Name(),
        ["status"] = refused.Code == "Infeasible" ? "infeasible" : refused.Code == "Unbounded" ? "unbounded" : "refused",
        ["code"] = Words.Code(refused.Code),
        ["reason"] = refused.Reason,
        ["weights"] = null,
    };

    public static JsonObject ByName(IReadOnlyList<string> names, double[] values)
    {
        var json = new JsonObject();
        for (var i = 0; i < values.Length; i++) json[names[i]] = Json.Estimate(values[i]);
        return json;
    }
}
