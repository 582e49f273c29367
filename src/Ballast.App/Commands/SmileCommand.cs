using System.CommandLine;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Instruments;
using NodaTime.Text;

namespace Ballast.App.Commands;

/// <summary><c>ballast smile</c>: the volatilities of each expiry as one curve, and whether its options could be arbitraged.</summary>
internal static class SmileCommand
{
    public static Command Create()
    {
        var desk = new Desk.Asked();
        var underlying = new Option<string?>("--underlying") { Description = "only this coin", HelpName = "COIN" };
        var expiry = new Option<string?>("--expiry") { Description = "only this expiry: 2026-12-25 or 25DEC26", HelpName = "DAY" };
        var outFolder = new Option<string?>("--out") { Description = "write smile.csv and report.html into this folder", HelpName = "DIR" };
        var command = new Command("smile",
            """
            Fits a smile to each expiry of a chain of options and says how far it can be
            trusted: its error, whether any butterfly or calendar spread would have a
            negative price, and what traders read off it.

            The curve is a raw SVI slice, held free of butterfly arbitrage; where that
            fails or fits worse, a monotone curve over deltas, and the reason. It is
            fitted to the venue's mark volatilities, of the option out of the money.

            Examples:
              ballast smile --chain chain.csv
              ballast smile --chain chain.csv --expiry 25DEC26 --json
            """);
        desk.AddMarketTo(command);
        foreach (Option option in (Option[])[underlying, expiry, outFolder]) command.Add(option);
        command.SetAction(parsed =>
        {
            var day = Day(parsed.GetValue(expiry));
            var chain = desk.ReadChain(parsed);
            var report = SmileReport.Of(chain, parsed.GetRequiredValue(desk.Chain), parsed.GetValue(underlying), day);
            if (parsed.GetValue(outFolder) is { } folder) SmileFiles.Write(folder, report);
            Console.Write(parsed.GetValue(desk.AsJson) ? Json.Text(SmileJson.Of(report)) + Environment.NewLine : SmileText.Of(report, parsed.GetValue(outFolder)));
            return report.Smiles.Any(s => s.Found is not null) ? Outcome.Done : Outcome.Refused;
        });
        return command;
    }

    /// <summary>A day as people write it, or as venues do.</summary>
    private static LocalDate? Day(string? text) =>
        text is null ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value
        : ContractName.Parse($"BTC-{text.ToUpperInvariant()}")?.Expiry is { } expiry ? expiry.InUtc().Date
        : throw new InvalidInputException($"--expiry: `{text}` is no day; expected 2026-12-25 or 25DEC26");
}

/// <summary>The smiles that were asked for, with each one's place over the one before it.</summary>
/// <param name="All">Those of the whole chain.</param>
internal sealed record SmileReport(Chain Chain, string Path, ImmutableArray<ChainSmile> All, ImmutableArray<ChainSmile> Smiles, double RunMs)
{
    /// <summary>The smile before this one on the same underlying, asked for or not.</summary>
    public ChainSmile? Before(ChainSmile smile) =>
        All.LastOrDefault(s => s.Underlying == smile.Underlying && s.Settlement == smile.Settlement && s.Expiry < smile.Expiry && s.Found is not null);

    public static SmileReport Of(Chain chain, string path, string? underlying, LocalDate? day)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var all = ChainSmile.Of(chain);
        var runMs = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (all.Length == 0) throw new InvalidInputException($"{path}: no option of this snapshot expires after {Words.Time(chain.At)}");
        ImmutableArray<ChainSmile> asked = [.. all.Where(s => (underlying is null || s.Underlying.Code.Equals(underlying, StringComparison.OrdinalIgnoreCase)) && (day is null || s.Expiry.InUtc().Date == day))];
        if (asked.Length == 0) throw new InvalidInputException($"{path}: no such expiry; there are {Listed(all)}");
        return new(chain, path, all, asked, runMs);
    }

    private static string Listed(ImmutableArray<ChainSmile> all) =>
        string.Join("; ", all.GroupBy(s => s.Underlying).Select(g => $"{g.Key} {string.Join(", ", g.Select(s => s.Expiry.InUtc().Date.ToString("uuuu-MM-dd", null)).Distinct())}"));
}
