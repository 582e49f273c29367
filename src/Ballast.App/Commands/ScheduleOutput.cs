using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Numerics.Execution;

namespace Ballast.App.Commands;

/// <summary>A schedule for people and for programs.</summary>
internal static class ScheduleOutput
{
    private const int MostRows = 50;

    public static string ToText(ScheduleRequest asked, OrderSchedule found)
    {
        var text = new StringBuilder(Heading(asked, found));
        if (found is { Cost: { } cost, Even: { } even } && asked.Method != "twap" && found.Left == 0) text.AppendLine(Against(cost, even));
        if (found.Left != 0) text.AppendLine($"{Units(found.Left)} would be left: there is not volume enough for it.");
        text.AppendLine().Append(Rows(asked, found));
        if (found.Trades.Length > MostRows) text.AppendLine($"  ... and {found.Trades.Length - MostRows} more; --json has all.");
        foreach (var line in Assumptions(asked, found)) text.AppendLine(line);
        return text.AppendLine("Nothing was sent.").ToString();
    }

    public static JsonObject ToJson(ScheduleRequest asked, OrderSchedule found) => new()
    {
        ["method"] = asked.Method,
        ["side"] = Side(asked),
        ["quantity"] = Json.Money(Math.Abs(asked.Quantity)),
        ["left"] = Json.Money(Math.Abs(found.Left)),
        ["steps"] = Json.Array(Steps(asked, found)),
        ["cost"] = CostOf(asked, found.Cost),
        ["even"] = CostOf(asked, found.Even),
        ["kappaPerDay"] = Json.Estimate(found.Kappa),
        ["otherRiskAversions"] = Json.Array(found.Others.Select(o => CostOf(asked, o.Cost) is { } cost ? new JsonObject([new("riskAversion", o.Aversion), .. cost.Select(p => new KeyValuePair<string, JsonNode?>(p.Key, p.Value?.DeepClone()))]) : null)),
        ["notes"] = Json.Texts(Assumptions(asked, found)),
    };

    private static IEnumerable<JsonObject> Steps(ScheduleRequest asked, OrderSchedule found)
    {
        var (left, until) = (asked.Quantity, asked.Duration.TotalSeconds / asked.Steps);
        for (var k = 0; k < found.Trades.Length; k++)
        {
            left -= found.Trades[k];
            if (Math.Abs(left) < 1e-12 * Math.Abs(asked.Quantity)) left = 0;
            yield return new() { ["step"] = k + 1, ["untilSeconds"] = Json.Estimate((k + 1) * until), ["quantity"] = Json.Money(Tidy(Math.Abs(found.Trades[k]))), ["left"] = Json.Money(Tidy(Math.Abs(left))) };
        }
    }

    private static JsonObject? CostOf(ScheduleRequest asked, ExecutionCost? cost) => cost is { } c ? new()
    {
        ["expected"] = Json.Estimate(c.Expected), ["standardDeviation"] = Json.Estimate(c.StandardDeviation), ["expectedBps"] = Json.Estimate(Bps(asked, c.Expected)),
    } : null;

    private static string Heading(ScheduleRequest asked, OrderSchedule found)
    {
        var what = $"{Words.Sentence(Side(asked))[..^1]} {Units(asked.Quantity)} in {Figures.Count(asked.Steps, "step")} over {Spans.Words(asked.Duration)}";
        return found.Cost is { } cost
            ? $"{what}: expected cost {Money(cost.Expected)}, {Figures.Number(Bps(asked, cost.Expected), 1)} bps of {Money(Math.Abs(asked.Quantity) * asked.Market!.Price)}; give or take {Money(cost.StandardDeviation)}.{Environment.NewLine}"
            : $"{what}.{Environment.NewLine}";
    }

    private static string Against(ExecutionCost cost, ExecutionCost even)
    {
        var (dearer, surer) = (cost.Expected - even.Expected, even.StandardDeviation - cost.StandardDeviation);
        return $"Trading evenly would cost {Money(even.Expected)}, give or take {Money(even.StandardDeviation)}: this is {Money(Math.Abs(dearer))} {(dearer >= 0 ? "dearer" : "cheaper")} and {Money(Math.Abs(surer))} {(surer >= 0 ? "surer" : "less sure")}.";
    }

    private static string Rows(ScheduleRequest asked, OrderSchedule found)
    {
        var (table, left) = (new Table(">step", ">until", ">" + Side(asked), ">left", ">share"), asked.Quantity);
        foreach (var (n, k) in found.Trades.Take(MostRows).Select((n, k) => (n, k)))
        {
            left -= n;
            table.Row($"{k + 1}", Spans.Words(asked.Duration * ((k + 1.0) / asked.Steps) + Duration.FromMilliseconds(1)), Units(n), Units(Math.Abs(left) < 1e-12 * Math.Abs(asked.Quantity) ? 0 : left), Figures.Percent(n / asked.Quantity, 1));
        }
        return table.ToString();
    }

    private static IEnumerable<string> Assumptions(ScheduleRequest asked, OrderSchedule found)
    {
        if (found.Others is [var less, var more]) yield return $"Risk aversion {Short(asked.RiskAversion)}; a tenth of it would cost {Money(less.Cost.Expected)}, give or take {Money(less.Cost.StandardDeviation)}; ten times it {Money(more.Cost.Expected)}, give or take {Money(more.Cost.StandardDeviation)}.";
        if (found.Kappa is > 0 and var kappa) yield return $"Given all the time there is, what is left would fall to a third (1/e) every {Spans.Words(Duration.FromDays(Math.Min(1 / kappa, 1e6)))}.";
        if (asked.Market is { Impact: var i }) yield return $"Impact taken: {Short(i.Fixed)} a unit, {Short(i.Temporary)} a unit for each unit a day while it lasts, {Short(i.Permanent)} a unit for each unit for good.";
        else yield return "No cost is said: it needs --price, --volatility and --daily-volume.";
        if (asked is { Method: "twap", Jitter: > 0 }) yield return $"Sizes are moved by up to {Figures.Percent(asked.Jitter)}, seed {asked.Seed}.";
    }

    private static double Bps(ScheduleRequest asked, double money) => money / (Math.Abs(asked.Quantity) * asked.Market!.Price) * 1e4;

    private static string Side(ScheduleRequest asked) => asked.Quantity > 0 ? "buy" : "sell";

    private static string Money(double value) => Figures.Number(value, Math.Abs(value) >= 1000 ? 0 : 2);

    /// <summary>Without the last digits, which are rounding.</summary>
    private static double Tidy(double value) => double.Parse(value.ToString("G14", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Units(double value) => Math.Abs(value).ToString("0.########", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
