using System.Text;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Numerics.Optimisation;

namespace Ballast.App.Commands;

/// <summary>Chosen weights for people: what changes, asset by asset.</summary>
internal static class OptimizeText
{
    /// <summary>More assets than these are listed only where they weigh something.</summary>
    private const int ListedAll = 40;

    public static string Of(Optimised found, string? folder)
    {
        var text = new StringBuilder();
        foreach (var sentence in Verdict(found)) text.AppendLine(sentence);
        foreach (var note in found.Chosen.Notes) text.AppendLine(Words.Sentence(note));
        text.AppendLine().Append(Weights(found));
        var (formula, value) = found.Objective;
        if (value is { } v) text.AppendLine($"Objective {v:G10} ({formula}); {found.Chosen.Portfolio.Iterations} iterations, residual {found.Chosen.Portfolio.Residual:0.0e+0}.");
        text.AppendLine($"Estimated from {found.Input.Source}.");
        if (folder is not null) text.AppendLine($"Report: {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }

    /// <summary>The answer in sentences; a passage between asterisks is strong where it can be.</summary>
    public static IEnumerable<string> Verdict(Optimised found, string strong = "")
    {
        string Said(double x) => $"{strong}{Figures.Percent(x, 1)}{strong}";
        var (after, shares) = (found.Volatility(found.Weights), found.RiskShares(found.Weights));
        var largest = shares is null ? "" : $"; {found.Names[Array.IndexOf(shares, shares.Max())]} carries the largest share of it, {Said(shares.Max())}";
        yield return found.Now is not { } now
            ? $"By {found.Chosen.Method.Name()} the volatility is {Said(after)} a year{largest}."
            : $"By {found.Chosen.Method.Name()} the volatility goes from {Said(found.Volatility(now))} to {Said(after)} a year{largest}.";
        if (found.Turnover is { } turnover)
            yield return $"Getting there trades {Said(turnover)} of value, purchases and sales together{(found.CostRate > 0 ? $", and costs {Figures.Number(found.Cost!.Value * 1e4, 1)} bps" : "")}.";
    }

    private static Table Weights(Optimised found)
    {
        var now = found.Now;
        var shares = found.RiskShares(found.Weights);
        var table = now is null ? new Table("asset", ">weight", ">risk share") : new Table("asset", ">now", ">weight", ">change", ">risk share");
        var listed = Enumerable.Range(0, found.Names.Count).Where(i => found.Names.Count <= ListedAll || Math.Abs(found.Weights[i]) > 5e-5 || now is not null && now[i] > 5e-5);
        foreach (var i in listed.OrderByDescending(i => found.Weights[i]).ThenBy(i => found.Names[i], StringComparer.Ordinal))
        {
            var share = shares is null ? "–" : Figures.Number(shares[i] * 100, 1);
            if (now is null) table.Row(found.Names[i], Figures.Points(found.Weights[i]), share);
            else table.Row(found.Names[i], Figures.Points(now[i]), Figures.Points(found.Weights[i]), Figures.Signed((found.Weights[i] - now[i]) * 100), share);
        }
        return table;
    }
}
