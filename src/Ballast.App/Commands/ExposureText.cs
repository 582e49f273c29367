using System.Text;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>Exposures for people: the deltas first, with what each is for, then the other Greeks and where they sit.</summary>
internal static class ExposureText
{
    public static string Of(Desk desk, ExposureReport report, Explained? explained)
    {
        var text = new StringBuilder();
        foreach (var exposure in report.Underlyings) One(text, report, exposure);
        if (!report.Complete)
        {
            text.AppendLine($"INCOMPLETE: {Figures.Count(report.Missing.Length, "position")} without a price; the figures above leave them out, and no trade may follow from them");
            foreach (var missing in report.Missing) text.AppendLine($"  {missing.Reason} ({missing.Code})");
        }
        if (explained is not null) Profit(text, explained);
        foreach (var note in report.Notes) text.AppendLine(Words.Sentence(note));
        return text.AppendLine(desk.Units).ToString();
    }

    private static void One(StringBuilder text, ExposureReport report, Exposure x)
    {
        var (coin, greeks) = (x.Underlying, x.Greeks);
        text.AppendLine($"{coin} book at {Words.Time(report.At)}, index {Words.Price(x.Index)}, equity {Figures.Number(x.Equity, 4)} {coin}");
        var table = new Table("", ">", "", "");
        table.Row("delta counted in coin", Figures.Signed(x.DeltaCoin, 4), coin.Code, $"futures {Figures.Signed(x.Futures, 4)}, options {Figures.Signed(x.OptionsNet, 4)} net of premium{Held(x)}");
        table.Row("delta counted in money", Figures.Signed(x.DeltaMoney, 4), coin.Code, "the line above plus equity");
        table.Row("Black-Scholes delta", Figures.Signed(x.DeltaBlack, 4), coin.Code, "the premium left out");
        text.Append(table);
        text.AppendLine($"Gamma {Figures.Signed(greeks.GammaCoins, 4)} {coin} per 1 %.  Vega {Figures.Signed(greeks.VegaPoint, 0)} USD per point.  Theta {Figures.Signed(greeks.ThetaDay, 0)} USD a day.");
        text.AppendLine($"Vanna {Figures.Signed(greeks.VannaPoint, 0)} USD per 1 % and point.  Volga {Figures.Signed(greeks.VolgaPoint, 1)} USD per point².  Charm {Figures.Signed(greeks.CharmDay, 4)} {coin} a day.");
        var bend = Revaluation.Convexity(x, 0.1);
        text.AppendLine($"A move of 10 % either way {(bend.Symmetric < 0 ? "costs" : "brings")} {Figures.Number(Math.Abs(bend.Symmetric), 0)} USD on average, revalued in full (gamma alone says {Figures.Signed(0.5 * greeks.GammaMoney, 0)}).");
        text.AppendLine();
        Rungs(text, "expiry", Ladder.ByExpiry(x), r => r.Expiry is { } expiry ? Words.Date(expiry) : "none");
        Rungs(text, "strike", Ladder.ByStrike(x), r => Figures.Exact(r.Strike!.Value));
    }

    private static string Held(Exposure x) => x.EquityMoney == 0 ? "" : $", money {Figures.Signed(-(double)(x.EquityMoney / x.Index), 4)}";

    private static void Rungs(StringBuilder text, string by, ImmutableArray<Rung> rungs, Func<Rung, string> name)
    {
        if (rungs.Length == 0) return;
        var table = new Table(">" + by, ">positions", ">delta", ">gamma per 1 %", ">vega", ">theta a day");
        foreach (var r in rungs)
            table.Row(name(r), r.Positions.ToString(), Figures.Signed(r.Greeks.Delta, 4), Figures.Signed(r.Greeks.GammaCoins, 4), Figures.Signed(r.Greeks.VegaPoint, 0), Figures.Signed(r.Greeks.ThetaDay, 0));
        text.Append(table).AppendLine();
    }

    private static void Profit(StringBuilder text, Explained e)
    {
        var all = e.All;
        text.AppendLine($"Gained {Figures.Signed(all.Actual)} USD from {Words.Time(e.From)} to {Words.Time(e.To)}:");
        var table = new Table("", ">", "");
        foreach (var (name, value) in Parts(all)) table.Row(name, Figures.Signed(value), "USD");
        text.Append(table);
        if (all.Unreliable) text.AppendLine("More than a fifth is unexplained: the move was too large for Greeks, only full revaluation counts (TAYLOR_UNRELIABLE).");
        foreach (var reason in e.LeftOut) text.AppendLine($"  left out: {reason}");
        text.AppendLine();
    }

    internal static (string Name, double Value)[] Parts(ProfitExplained p) =>
        [("delta", p.Delta), ("gamma", p.Gamma), ("vega", p.Vega), ("theta", p.Theta), ("vanna", p.Vanna), ("volga", p.Volga), ("unexplained", p.Unexplained)];
}
