using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.App.Commands;

/// <summary>The order of legs, for people and as JSON: what each step needs, and which order needs least at its worst.</summary>
internal static class LegLines
{
    private const double SecondsEach = 30, Z = 0.4;

    public static void Text(StringBuilder text, LegRoute route, MarginAccount account)
    {
        var given = route.GivenBreaks is > 0 and var step
            ? $"step {step} would reach {MarginText.Share(route.Given.Steps[step - 1].Worst)}: refused (limit {MarginText.Share(route.Limit)})"
            : $"worst {MarginText.Share(route.Given.PeakMargin)} at step {route.Given.PeakStep}, also with partial fills";
        var table = new Table("", "").Row("in the order given", given);
        if (route.Best is Answer<LegPath>.Found { Value: var best })
        {
            table.Row("best order", $"{string.Join(", ", best.Order.Select(l => l + 1))}: worst {MarginText.Share(best.PeakMargin)} at step {best.PeakStep}, also with partial fills{(best.Proved ? "" : " (too many legs to prove it)")}");
            table.Row("as one combination", $"no step in between; worth up to {Figures.Number(Risk(route, best, account))} USD more than the legs");
        }
        else table.Row("best order", "every order breaks the limit");
        text.Append(table);
        if (route.Best is Answer<LegPath>.Refused refused) MarginText.Say(text, Words.Sentence(refused.Reason.Replace("the margin", "margin over equity")));
        Steps(text, route, route.Best is Answer<LegPath>.Found found ? found.Value : route.Given);
        text.AppendLine();
    }

    private static void Steps(StringBuilder text, LegRoute route, LegPath path)
    {
        var table = new Table(">", ">leg", "", ">quantity", ">margin then", ">worst on the way", ">delta then");
        foreach (var (s, i) in path.Steps.Select((s, i) => (s, i + 1)))
            table.Row(i.ToString(), (s.Leg + 1).ToString(), route.Legs[s.Leg].Contract.Symbol, Figures.Exact(route.Legs[s.Leg].Position.Quantity), MarginText.Share(s.Margin), MarginText.Share(s.Worst), Figures.Signed(s.Delta));
        text.Append(table);
    }

    /// <summary>With a relative risk aversion of 3, half a minute a leg and the mean adverse move.</summary>
    private static double Risk(LegRoute route, LegPath best, MarginAccount account)
    {
        var part = account.Parts[0];
        var money = account.Equity * (MarginText.InCoin(account) ? part.Account.Index : 1);
        return LegRoute.LegRisk(best, part.Account.Index, part.Volatility ?? 0.6, SecondsEach, money > 0 ? 3 / money : 0, Z);
    }

    public static JsonObject Json(LegRoute route) => new()
    {
        ["limit"] = Output.Json.Estimate(route.Limit), ["givenBreaksAtStep"] = route.GivenBreaks == 0 ? null : route.GivenBreaks, ["given"] = Path(route, route.Given),
        ["best"] = route.Best is Answer<LegPath>.Found { Value: var best } ? Path(route, best) : null,
        ["refused"] = route.Best is Answer<LegPath>.Refused refused ? new JsonObject { ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason } : null,
    };

    private static JsonObject Path(LegRoute route, LegPath path) => new()
    {
        ["order"] = Output.Json.Array(path.Order.Select(l => (JsonNode?)JsonValue.Create(l + 1))), ["start"] = Output.Json.Estimate(path.Start), ["worst"] = Output.Json.Estimate(path.PeakMargin),
        ["worstStep"] = path.PeakStep, ["largestDelta"] = Output.Json.Estimate(path.PeakDelta), ["proved"] = path.Proved,
        ["steps"] = Output.Json.Array(path.Steps.Select(s => new JsonObject
        {
            ["leg"] = s.Leg + 1, ["instrument"] = route.Legs[s.Leg].Contract.Symbol, ["quantity"] = Output.Json.Exact(route.Legs[s.Leg].Position.Quantity),
            ["margin"] = Output.Json.Estimate(s.Margin), ["worst"] = Output.Json.Estimate(s.Worst), ["delta"] = Output.Json.Estimate(s.Delta),
        })),
    };
}
