using System.Globalization;
using System.Text;
using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>A back-test as files: the report for people, the curve and the trades for programs.</summary>
internal static class BacktestFiles
{
    public static void Write(string folder, BacktestStudy study, string policyPath, string pricesPath)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "equity.csv"), Equity(study));
        File.WriteAllText(Path.Combine(folder, "returns.csv"), Returns(study));
        File.WriteAllText(Path.Combine(folder, "trades.csv"), Trades(study.Run));
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Render(BacktestReport.Of(study, policyPath, pricesPath)));
    }

    private static string Equity(BacktestStudy study)
    {
        var text = new StringBuilder("timestamp,value,hold,flow\n");
        for (var t = 0; t < study.Run.Equity.Length; t++)
            text.Append(CultureInfo.InvariantCulture, $"{Json.Iso(study.Run.Opens[t])},{study.Run.Equity[t]:R},{(study.HoldEquity is { } hold ? hold[t].ToString("R", CultureInfo.InvariantCulture) : "")},{study.Run.Flows[t]:R}\n");
        return text.ToString();
    }

    /// <summary>The returns of each bar, flows left out, as <c>metrics</c> reads them; a bar's time is that of its row.</summary>
    private static string Returns(BacktestStudy study)
    {
        var (policy, hold) = (study.Run.Returns(), study.HoldEquity is { } equity ? (study.Run with { Equity = equity }).Returns() : null);
        var text = new StringBuilder(hold is null ? "timestamp,policy\n" : "timestamp,policy,hold\n");
        for (var t = 0; t < policy.Length; t++)
            text.Append(CultureInfo.InvariantCulture, $"{Json.Iso(study.Run.Opens[t + 1])},{policy[t]:R}{(hold is null ? "" : $",{hold[t].ToString("R", CultureInfo.InvariantCulture)}")}\n");
        return text.ToString();
    }

    private static string Trades(BacktestResult run)
    {
        var text = new StringBuilder("timestamp,side,asset,quantity,price,value,cost,reason\n");
        foreach (var f in run.Fills)
            text.Append(string.Join(',', Json.Iso(f.At), f.Side == Side.Buy ? "buy" : "sell", f.Asset.Code, Figures.Exact(f.Quantity), Figures.Exact(f.Price),
                Figures.Exact(f.Value), Figures.Exact(f.Cost), $"\"{f.Reason.Replace("\"", "\"\"")}\"")).Append('\n');
        return text.ToString();
    }
}
