using System.Globalization;
using Ballast.Money;

namespace Ballast.App.Reports;

/// <summary>The pictures of a derivatives book, drawn without script: each says in words what it shows.</summary>
internal static class BookPictures
{
    private const double Width = 1100, Height = 300, Left = 84, Right = 12, Top = 10, Bottom = 24;

    public static void Write(Markup html, BookData data)
    {
        Payoff(html, data);
        foreach (var map in data.Maps) Map(html, map);
        if (data.Path.Count > 0) Path(html, data);
        Gauge(html, data);
        Bars(html, "Vega by expiry", "money per point of volatility", [.. data.Expiries.Where(r => r.Vega != 0).Select(r => (r.Name, r.Vega))], 0);
        Bars(html, "Delta by strike", "coins, the premium left out", [.. data.Strikes.Select(r => (r.Name, r.Delta))], 2);
        Bars(html, "Gamma by strike", "coins per 1 % of price", [.. data.Strikes.Select(r => (r.Name, r.Gamma))], 3);
        Bars(html, "Vega by strike", "money per point of volatility", [.. data.Strikes.Select(r => (r.Name, r.Vega))], 0);
    }

    private static void Payoff(Markup html, BookData data)
    {
        var all = data.Payoffs.SelectMany(c => c.Points).ToArray();
        var (from, to) = (all.Min(p => p.Price), all.Max(p => p.Price));
        var (low, high) = (Math.Min(0, all.Min(p => p.Gain)), Math.Max(0, all.Max(p => p.Gain)));
        double X(double price) => Left + (price - from) / (to - from) * (Width - Left - Right);
        double Y(double gain) => Top + (high - gain) / Math.Max(high - low, 1e-9) * (Height - Top - Bottom);
        Open(html, "Payoff", "gain in money over the price; the upright line is now", $"Gain from {Money(low)} to {Money(high)} over prices from {Money(from)} to {Money(to)}");
        html.Line($"<line class=\"zero\" x1=\"{Ink(Left)}\" x2=\"{Ink(Width - Right)}\" y1=\"{Ink(Y(0))}\" y2=\"{Ink(Y(0))}\"/><line class=\"grid\" x1=\"{Ink(X(data.Index))}\" x2=\"{Ink(X(data.Index))}\" y1=\"{Ink(Top)}\" y2=\"{Ink(Height - Bottom)}\"/>");
        foreach (var gain in new[] { low, 0, high }.Distinct()) html.Line($"<text class=\"end\" x=\"{Ink(Left - 6)}\" y=\"{Ink(Y(gain))}\" dy=\"4\">{Money(gain)}</text>");
        foreach (var price in new[] { from, data.Index, to }) html.Line($"<text class=\"{(price == from ? "" : price == to ? "end" : "middle")}\" x=\"{Ink(X(price))}\" y=\"{Ink(Height - 6)}\">{Money(price)}</text>");
        for (var i = 0; i < data.Payoffs.Count; i++)
            html.Line($"<g class=\"series-{i + 1}\"><polyline class=\"line\" points=\"{string.Join(' ', data.Payoffs[i].Points.Select(p => $"{Ink(X(p.Price))},{Ink(Y(p.Gain))}"))}\"/></g>");
        html.Line($"</svg></div>");
        html.Line($"<p class=\"note\">");
        for (var i = 0; i < data.Payoffs.Count; i++) html.Line($"<span class=\"series-{i + 1}\">▬</span> {data.Payoffs[i].Name}&#160;&#160; ");
        html.Line($"</p></section>");
    }

    private static void Map(Markup html, HeatMap map)
    {
        html.Line($"<section class=\"panel\"><header><div class=\"title\"><h2>{map.Title}</h2><p class=\"unit\">{map.Unit}</p></div></header>");
        html.Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{map.Title}, table\"><table class=\"months\"><thead><tr><th scope=\"col\">volatility</th>");
        foreach (var column in map.Columns) html.Text($"<th scope=\"col\" class=\"number\">{column}</th>");
        html.Line($"</tr></thead><tbody>");
        for (var r = 0; r < map.Rows.Count; r++)
        {
            html.Text($"<tr><th scope=\"row\">{map.Rows[r]}</th>");
            foreach (var cell in map.Cells[r]) html.Text($"<td class=\"number {Shade(cell.Shade)}\">{cell.Text}</td>");
            html.Line($"</tr>");
        }
        html.Line($"</tbody></table></div></section>");
    }

    private static void Path(Markup html, BookData data)
    {
        var most = Math.Max(data.Path.Max(s => s.Worst), data.Limit ?? 0) * 1.08;
        var slot = (Width - Left - Right) / data.Path.Count;
        double Y(double share) => Top + (1 - share / most) * (Height - Top - Bottom);
        Open(html, "Margin over the legs", "initial margin as a share of equity; wide bars: after the leg, whiskers: worst while it fills", $"Margin from {Share(data.Path[0].Margin)} to {Share(data.Path[^1].Margin)}, at most {Share(data.Path.Max(s => s.Worst))}");
        for (var i = 0; i < data.Path.Count; i++)
        {
            var (step, x) = (data.Path[i], Left + i * slot);
            html.Line($"<g class=\"series-1\"><rect class=\"area\" x=\"{Ink(x + slot * 0.2)}\" width=\"{Ink(slot * 0.6)}\" y=\"{Ink(Y(step.Margin))}\" height=\"{Ink(Height - Bottom - Y(step.Margin))}\"/><line class=\"line\" x1=\"{Ink(x + slot * 0.2)}\" x2=\"{Ink(x + slot * 0.8)}\" y1=\"{Ink(Y(step.Worst))}\" y2=\"{Ink(Y(step.Worst))}\"/></g>");
            html.Line($"<text class=\"middle\" x=\"{Ink(x + slot / 2)}\" y=\"{Ink(Height - 8)}\">{step.Name}</text><text class=\"middle value\" x=\"{Ink(x + slot / 2)}\" y=\"{Ink(Y(step.Worst) - 4)}\">{Share(step.Worst)}</text>");
        }
        if (data.Limit is { } limit)
            html.Line($"<line class=\"cut\" x1=\"{Ink(Left)}\" x2=\"{Ink(Width - Right)}\" y1=\"{Ink(Y(limit))}\" y2=\"{Ink(Y(limit))}\"/><text class=\"end\" x=\"{Ink(Left - 6)}\" y=\"{Ink(Y(limit))}\" dy=\"4\">{Share(limit)}</text>");
        html.Line($"</svg></div></section>");
    }

    private static void Gauge(Markup html, BookData data)
    {
        var (below, above, sigma) = (data.Liquidation.Below, data.Liquidation.Above, data.Liquidation.Sigma);
        var said = below is null && above is null ? "No price from −99.5 % to +500 % liquidates it." : string.Join(" ", new[] { Said(below, "Down"), Said(above, "Up") }.OfType<string>());
        html.Line($"<section class=\"panel\"><header><div class=\"title\"><h2>Distance to liquidation</h2><p class=\"unit\">{said}</p></div></header><div class=\"frame\">");
        html.Line($"<svg viewBox=\"0 0 {Ink(Width)} 44\" role=\"img\" aria-label=\"{said}\">");
        double X(double move) => Left + Math.Clamp((move + 1) / 3, 0, 1) * (Width - Left - Right);
        html.Line($"<line class=\"zero\" x1=\"{Ink(X(-1))}\" x2=\"{Ink(X(2))}\" y1=\"18\" y2=\"18\"/><circle class=\"mark\" cx=\"{Ink(X(0))}\" cy=\"18\" r=\"5\"/><text class=\"middle\" x=\"{Ink(X(0))}\" y=\"38\">now</text>");
        foreach (var at in new[] { below, above }.OfType<double>())
            html.Line($"<line class=\"curve\" x1=\"{Ink(X(at))}\" x2=\"{Ink(X(at))}\" y1=\"8\" y2=\"28\"/><text class=\"middle\" x=\"{Ink(X(at))}\" y=\"40\">{Figures.Signed(100 * at, 0)} %</text>");
        html.Line($"</svg></div></section>");

        string? Said(double? move, string way) => move is not { } m ? null
            : $"{way} at {Money(data.Index * (1 + m))} ({Figures.Signed(100 * m, 1)} %{(sigma is { } σ ? $", {Figures.Number(Math.Abs(Math.Log(1 + m)) / σ, 1)} daily sigmas" : "")}).";
    }

    private static void Bars(Markup html, string title, string unit, IReadOnlyList<(string Name, double Value)> bars, int decimals)
    {
        if (bars.Count == 0) return;
        const double row = 22, name = 96;
        var most = bars.Max(b => Math.Abs(b.Value));
        double X(double value) => name + (Width - name - 90) / 2 * (1 + value / Math.Max(most, 1e-12)) + 10;
        html.Line($"<section class=\"panel\"><header><div class=\"title\"><h2>{title}</h2><p class=\"unit\">{unit}</p></div></header><div class=\"frame\">");
        html.Line($"<svg viewBox=\"0 0 {Ink(Width)} {Ink(bars.Count * row + 6)}\" role=\"img\" aria-label=\"{title}: {string.Join(", ", bars.Select(b => $"{b.Name} {Figures.Signed(b.Value, decimals)}"))}\" class=\"series-1\">");
        html.Line($"<line class=\"zero\" x1=\"{Ink(X(0))}\" x2=\"{Ink(X(0))}\" y1=\"0\" y2=\"{Ink(bars.Count * row)}\"/>");
        for (var i = 0; i < bars.Count; i++)
        {
            var (y, at) = (i * row, X(bars[i].Value));
            html.Line($"<text class=\"end\" x=\"{Ink(name)}\" y=\"{Ink(y + 15)}\">{bars[i].Name}</text><rect class=\"ribbon\" x=\"{Ink(Math.Min(at, X(0)))}\" y=\"{Ink(y + 4)}\" width=\"{Ink(Math.Abs(at - X(0)))}\" height=\"14\"/>");
            html.Line($"<text class=\"value end\" x=\"{Ink(Width - 4)}\" y=\"{Ink(y + 15)}\">{Figures.Signed(bars[i].Value, decimals)}</text>");
        }
        html.Line($"</svg></div></section>");
    }

    private static void Open(Markup html, string title, string unit, string alternative) => html.Line(
        $"""
        <section class="panel"><header><div class="title"><h2>{title}</h2><p class="unit">{unit}</p></div></header><div class="frame">
        <svg viewBox="0 0 {Ink(Width)} {Ink(Height)}" role="img" aria-label="{alternative}">
        """);

    private static string Shade(double shade) => shade switch { < -0.66 => "loss-3", < -0.33 => "loss-2", < -0.02 => "loss-1", > 0.66 => "gain-3", > 0.33 => "gain-2", > 0.02 => "gain-1", _ => "flat" };

    private static string Share(double share) => Figures.Number(100 * share, 1) + " %";

    private static string Money(double value) => Figures.Number(value, 0);

    private static string Ink(double x) => x.ToString("0.##", CultureInfo.InvariantCulture);
}
