using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Derivatives;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.App.Commands;

/// <summary>The page of pictures that <c>margin --out</c> writes.</summary>
internal static class BookPage
{
    private const int Steps = 120;

    private static readonly double[] Moves = [-0.3, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.3], Volatilities = [-0.3, -0.15, 0, 0.15, 0.3];

    public static void Write(string folder, MarginAnswer answer)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(System.IO.Path.Combine(folder, "report.html"), ReportPage.Render(Data(answer)));
    }

    private static BookData Data(MarginAnswer answer)
    {
        var (account, figures) = (answer.After.Account, answer.After);
        var part = account.Parts.First(p => p.Positions.Length > 0);
        var x = new Exposure(part.Underlying, (decimal)part.Account.Index, part.Positions, 0, 0);
        var cells = Volatilities.Select(v => Moves.Select(m => WhatIfCell.Of(account, m, v, 0)).ToArray()).ToArray();
        var most = cells.SelectMany(r => r).Max(c => Math.Abs(c.Gain));
        return new()
        {
            Name = $"{part.Underlying} book with margin by {account.Preset.Name}", Flags = account.Preset.Stale(account.At) ? ["stale preset"] : [],
            Verdict = [$"Initial margin is *{MarginText.Share(figures.Use)} of equity*, {MarginText.Amount(figures.Decisive.Initial, account)} of {MarginText.Amount(account.Equity, account)}."],
            Notes = [.. account.Notes, .. account.Preset.Notes], Period = $"{Words.Time(account.At)}, index {Figures.Number(part.Account.Index)}",
            Computed = [new("Margin", MarginText.Preset(account)), new("Gains", "full revaluation; options by Black on the forward of their expiry, coins held left out of the payoff"), new("Quantities", answer.Question.Desk.Units)],
            Index = part.Account.Index, Payoffs = Payoffs(x),
            Strikes = [.. Ladder.ByStrike(x).Select(r => Rung(Figures.Exact(r.Strike!.Value), r))],
            Expiries = [.. Ladder.ByExpiry(x).Select(r => Rung(r.Expiry is { } expiry ? Words.Date(expiry) : "none", r))],
            Maps =
            [
                Map("Gain over price and volatility", $"{account.Unit}, now", cells, c => new(Figures.Signed(c.Gain, MarginText.InCoin(account) ? 2 : 0), c.Gain / Math.Max(most, 1e-12))),
                Map("Margin over price and volatility", "initial margin as a share of the equity then", cells, c => new(c.Liquidated ? "liquidated" : MarginText.Share(c.Use), -Math.Min(1, double.IsFinite(c.Use) ? c.Use : 1))),
            ],
            Liquidation = new(answer.Liquidation.Price.Below, answer.Liquidation.Price.Above, answer.Liquidation.Sigma),
            Path = PathOf(answer.Route), Limit = answer.Route?.Limit,
        };
    }

    /// <summary>Now, in a week, and at the first and the last expiry.</summary>
    private static IReadOnlyList<PayoffCurve> Payoffs(Exposure x)
    {
        double[] expiries = [.. x.Positions.Where(p => p.Leg.IsOption).Select(p => 365 * p.Leg.Years).Distinct().Order()];
        (string Name, double Days)[] times = [("now", 0), ("in 7 days", 7), .. expiries.Take(1).Select(d => ("at the first expiry", d)), .. expiries.Skip(1).TakeLast(1).Select(d => ("at the last expiry", d))];
        return [.. times.Select(t => new PayoffCurve(t.Name, [.. Enumerable.Range(0, Steps + 1).Select(i => -0.5 + (double)i / Steps).Select(move => new PayoffPoint((double)x.Index * (1 + move), Revaluation.Gain(x, move, 0, t.Days)))]))];
    }

    private static LadderRung Rung(string name, Rung r) => new(name, r.Greeks.Delta, r.Greeks.GammaCoins, r.Greeks.VegaPoint);

    private static HeatMap Map(string title, string unit, WhatIfCell[][] cells, Func<WhatIfCell, HeatCell> cell) => new(title, unit, [.. Moves.Select(MarginText.Percent)], [.. Volatilities.Select(MarginText.Percent)], [.. cells.Select(r => r.Select(cell).ToArray())]);

    private static IReadOnlyList<PathStep> PathOf(LegRoute? route)
    {
        if (route is null) return [];
        var path = route.Best is Answer<LegPath>.Found { Value: var best } ? best : route.Given;
        return [new("before", path.Start, path.Start, 0), .. path.Steps.Select(s => new PathStep(route.Legs[s.Leg].Contract.Symbol, s.Margin, s.Worst, s.Delta))];
    }
}
