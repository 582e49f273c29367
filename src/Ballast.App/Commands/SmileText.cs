using System.Text;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Smiles;

namespace Ballast.App.Commands;

/// <summary>Smiles for people: what traders read off each, how near it is, and what is wrong with it.</summary>
internal static class SmileText
{
    public static string Of(SmileReport report, string? folder)
    {
        var text = new StringBuilder($"Smiles at {Words.Time(report.Chain.At)}, in points of volatility a year\n");
        foreach (var group in report.Smiles.GroupBy(s => (s.Underlying, s.Settlement))) One(text, report, [.. group]);
        text.AppendLine("\nmiddle: at the forward. skew: 25-delta call less put. fly: their mean less the");
        text.AppendLine("middle. rms: error, weighted by vega. worst: at any strike. g: below 0 somebody");
        text.AppendLine("could be paid to hold a butterfly. n: strikes.");
        if (folder is not null) text.AppendLine($"Report: {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }

    private static void One(StringBuilder text, SmileReport report, ChainSmile[] smiles)
    {
        text.AppendLine($"\n{Name(smiles)}: {Verdict(smiles)}");
        var table = new Table(">expiry", ">days", ">middle", ">skew", ">fly", ">rms", ">worst", ">g", ">n", "fit");
        foreach (var s in smiles.Where(s => s.Found is not null)) table.Row(Cells(s));
        if (smiles.Any(s => s.Found is not null)) text.Append(table);
        foreach (var remark in smiles.SelectMany(s => Remarks(s, report.Before(s)))) text.AppendLine($"  {remark}");
    }

    /// <summary>The coin, and what its options are settled in where that is not itself.</summary>
    public static string Name(ChainSmile[] smiles) =>
        $"{smiles[0].Underlying}{(smiles[0].Settlement == smiles[0].Underlying ? "" : $", settled in {smiles[0].Settlement}")}";

    public static string Verdict(ChainSmile[] smiles)
    {
        var (all, free) = (smiles.Length, smiles.Count(s => s.Found?.Butterfly.Holds == true));
        return $"{(all == 1 ? "1 expiry" : $"{all} expiries")}, {(free < all ? $"{free} free" : all == 1 ? "free" : "all free")} of butterfly arbitrage";
    }

    /// <summary>The row of an expiry that has a smile.</summary>
    public static string[] Cells(ChainSmile s)
    {
        var (fit, smile) = (s.Found!, s.Found!.Smile);
        return
        [
            Words.Date(s.Expiry), Figures.Number(s.Years * 365, 1), Points(smile.Volatility(0)), Signed(smile.RiskReversal()), Signed(smile.Butterfly()),
            Points(fit.Rms), Points(fit.Worst), Figures.Number(fit.Butterfly.Least, 2), s.Strikes.Length.ToString(), Method(fit),
        ];
    }

    /// <summary>What is to be said of an expiry beside its figures.</summary>
    public static IEnumerable<string> Remarks(ChainSmile s, ChainSmile? before)
    {
        var name = Words.Date(s.Expiry);
        if (s.Fit is Answer<SmileFit>.Refused refused) yield return $"{name}: no smile, {refused.Reason} ({Words.Code(refused.Code)})";
        if (s.Found?.Note is { } note) yield return $"{name}: {note}";
        if (s.LeftOut > 0) yield return $"{name}: {Figures.Count(s.LeftOut, "strike")} left out, without a volatility or crossed";
        if (before is not null && s.After(before) is { Holds: false } breach)
            yield return $"{name}: calendar breach, less variance than {Words.Date(before.Expiry)} at k = {Figures.Number(breach.At)}";
    }

    private static string Method(SmileFit fit) => (fit.Method == SmileMethod.Svi ? "SVI" : "deltas") + (fit.Repaired ? ", repaired" : "");

    private static string Points(double volatility) => Figures.Points(volatility, 1);

    private static string Signed(double volatility) => Figures.Signed(volatility * 100, 1);
}
