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
        text.AppendLine("skew: the 25-delta call less the put. fly: their mean less the middle. rms: error as");
        text.AppendLine("weighted by vega; worst: at any strike. g: below 0 a butterfly costs less than nothing.");
        if (folder is not null) text.AppendLine($"Report: {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }

    private static void One(StringBuilder text, SmileReport report, ChainSmile[] smiles)
    {
        var found = smiles.Where(s => s.Found is not null).ToArray();
        text.AppendLine($"\n{smiles[0].Underlying}{(smiles[0].Settlement == smiles[0].Underlying ? "" : $", settled in {smiles[0].Settlement}")}: {Verdict(smiles.Length, found)}");
        if (found.Length > 0) text.Append(Rows(found));
        foreach (var s in smiles) Remark(text, s, report.Before(s));
    }

    private static string Verdict(int all, ChainSmile[] found)
    {
        var free = found.Count(s => s.Found!.Butterfly.Holds);
        return $"{Figures.Count(all, "expiry").Replace("expirys", "expiries")}, {(free == all ? all == 1 ? "free" : "all free" : $"{free} free")} of butterfly arbitrage";
    }

    private static Table Rows(ChainSmile[] found)
    {
        var table = new Table(">expiry", ">days", ">middle", ">skew", ">fly", ">rms", ">worst", ">least g", ">strikes", "fit");
        foreach (var s in found)
        {
            var (fit, smile) = (s.Found!, s.Found!.Smile);
            table.Row(Words.Date(s.Expiry), Figures.Number(s.Years * 365, 1), Points(smile.Volatility(0)), Signed(smile.RiskReversal()), Signed(smile.Butterfly()),
                Points(fit.Rms), Points(fit.Worst), Figures.Number(fit.Butterfly.Least, 2), s.Strikes.Length.ToString(), Method(fit));
        }
        return table;
    }

    private static void Remark(StringBuilder text, ChainSmile s, ChainSmile? before)
    {
        var name = Words.Date(s.Expiry);
        if (s.Fit is Answer<SmileFit>.Refused refused) text.AppendLine($"  {name}: no smile, {refused.Reason} ({Words.Code(refused.Code)})");
        if (s.Found?.Note is { } note) text.AppendLine($"  {name}: {note}");
        if (s.LeftOut > 0) text.AppendLine($"  {name}: {Figures.Count(s.LeftOut, "strike")} left out, without a volatility or crossed");
        if (before is not null && s.After(before) is { Holds: false } breach)
            text.AppendLine($"  {name}: less total variance than {Words.Date(before.Expiry)} at k = {Figures.Number(breach.At)}, a calendar breach");
    }

    private static string Method(SmileFit fit) => (fit.Method == SmileMethod.Svi ? "SVI" : "deltas") + (fit.Repaired ? ", repaired" : "");

    private static string Points(double volatility) => Figures.Points(volatility, 1);

    private static string Signed(double volatility) => Figures.Signed(volatility * 100, 1);
}
