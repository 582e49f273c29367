using System.Globalization;

namespace Ballast.App.Reports;

/// <summary>A small picture an expiry, drawn without script: dots are the venue's marks, the line is the fit.</summary>
internal static class SmilePictures
{
    private const double Width = 240, Height = 140, Left = 34, Bottom = 18, Top = 6;

    public static void Write(Markup html, IGrouping<string, SmileCurve> smiles)
    {
        html.Line(
            $"""
            <section class="panel"><header><div class="title"><h2>{smiles.Key}</h2>
            <p class="unit">points of volatility a year over k = ln(strike/forward); dots: the venue's marks, line: the fit</p></div></header><div class="multiples">
            """);
        foreach (var smile in smiles) One(html, smile);
        html.Line($"</div></section>");
    }

    private static void One(Markup html, SmileCurve smile)
    {
        var all = smile.Marks.Concat(smile.Fitted).ToArray();
        var (from, to) = (all.Min(p => p.K), all.Max(p => p.K));
        var (low, high) = (all.Min(p => p.Volatility), all.Max(p => p.Volatility));
        string X(double k) => Ink(Left + (k - from) / (to - from) * (Width - Left - 6));
        string Y(double vol) => Ink(Top + (high - vol) / Math.Max(high - low, 1e-9) * (Height - Top - Bottom));
        html.Line($"<figure><figcaption>{smile.Name} <span class=\"dim\">{smile.Cells[1]}</span></figcaption><div class=\"frame\">");
        html.Line($"<svg viewBox=\"0 0 {Ink(Width)} {Ink(Height)}\" role=\"img\" aria-label=\"Smile of {smile.Name}: {Points(low)} to {Points(high)} points\" class=\"series-1\">");
        html.Line($"<line class=\"grid\" x1=\"{X(0)}\" x2=\"{X(0)}\" y1=\"{Ink(Top)}\" y2=\"{Ink(Height - Bottom)}\"/>");
        foreach (var vol in (double[])[low, high]) html.Line($"<text class=\"end\" x=\"{Ink(Left - 5)}\" y=\"{Y(vol)}\" dy=\"4\">{Points(vol)}</text>");
        html.Line($"<text x=\"{X(from)}\" y=\"{Ink(Height - 4)}\">{K(from)}</text><text class=\"end\" x=\"{X(to)}\" y=\"{Ink(Height - 4)}\">{K(to)}</text>");
        html.Line($"<polyline class=\"line\" points=\"{string.Join(' ', smile.Fitted.Select(p => $"{X(p.K)},{Y(p.Volatility)}"))}\"/>");
        foreach (var p in smile.Marks) html.Line($"<circle class=\"mark\" cx=\"{X(p.K)}\" cy=\"{Y(p.Volatility)}\" r=\"2.5\"/>");
        html.Line($"</svg></div></figure>");
    }

    /// <summary>The figures of every expiry, a row each.</summary>
    public static void Table(Markup html, SmileData data)
    {
        html.Line($"<section class=\"panel\"><header><div class=\"title\"><h2>All expiries</h2><p class=\"unit\">points of volatility a year</p></div></header>");
        html.Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All expiries, table\"><table><thead><tr>");
        foreach (var head in SmileCurve.Heads.Prepend("Coin")) html.Text($"<th scope=\"col\" class=\"{Tone(head)}\">{head}</th>");
        html.Line($"</tr></thead><tbody>");
        foreach (var smile in data.Smiles)
        {
            html.Text($"<tr><th scope=\"row\">{smile.Underlying}</th>");
            foreach (var (cell, head) in smile.Cells.Zip(SmileCurve.Heads)) html.Text($"<td class=\"{Tone(head)}\">{cell}</td>");
            html.Line($"</tr>");
        }
        html.Line($"</tbody></table></div></section>");
    }

    private static string Tone(string head) => head is "Coin" or "Expiry" or "Fit" ? "" : "number";

    private static string Points(double volatility) => (100 * volatility).ToString("0.#", CultureInfo.InvariantCulture);

    private static string K(double k) => k.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Ink(double x) => x.ToString("0.##", CultureInfo.InvariantCulture);
}
