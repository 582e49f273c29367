using System.Text.Json.Nodes;
using Ballast.Adapters.Journal;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Engine.Backtests;

namespace Ballast.App.Serving.Mcp;

/// <summary>One thing that an assistant may ask.</summary>
/// <param name="Fields">What it is asked with.</param>
internal sealed record Reading(string Name, string Title, string Says, ImmutableArray<Field> Fields, Func<JsonObject, JsonObject> Ask);

/// <summary>
/// Everything that an assistant may ask. It is made of what reads portfolios, journals and the words of loops: no inbox, no switch and no venue is within its
/// reach, so that nothing that an assistant is talked into can trade.
/// </summary>
internal sealed class Readings(Portfolios portfolios, JournalView journals, Func<Instant, IEnumerable<JsonObject>> loops, Func<string, string?, JsonObject?, string> journalOf)
{
    private static readonly Field Which = new("portfolio", "string", "its id, as `overview` lists them", true);

    public static Readings Of(Portfolios portfolios, JournalView journals, Loops running) =>
        new(portfolios, journals, running.All, (name, asked, loop) => JournalView.Folder(running.Data.Portfolio(name), asked, loop));

    public ImmutableArray<Reading> All =>
    [
        new("overview", "All portfolios", "A line a portfolio: state, value, largest drift, nearest rule, and what needs a person. Begin here.", [], Overview),
        new("status", "How a portfolio stands", "Weights against targets, bands, risk shares, every rule with its distance, and what its running loop says.", [Which], asked => PortfolioJson.Of(Find(asked), Loop(asked), Now)),
        new("rules", "The rules in words", "What the portfolio file says, each rule as a sentence, and its faults.", [Which], asked => Find(asked) is var seen ? CheckCommand.Report(seen.Place.File, Adapters.Files.PolicyFile.Load(seen.Place.File)) : []),
        new("plan", "What would be traded now", "The trades that the rules want now, in order, with cost and the reason of each, and of each that is not made. Nothing is sent.", [Which], asked => WhatIf.Of(Find(asked), [])),
        new("explain", "The plan as a story", "Why now, why these trades, why not others, in sentences.", [Which], asked => new() { ["story"] = Json.Texts(ExplainCommand.Story(Planned.Of(Find(asked).Whole, anyway: false))) }),
        new("whatif", "What would be", "The plan with other quantities, other cash, or now anyway. A question: nothing is changed and nothing is sent.", [Which, .. WhatIf.Fields], asked => WhatIf.Of(Find(asked), asked)),
        new("report", "What the rules would have done", "A back-test of the portfolio's own rules over its own prices, with its metrics, beside holding: CAGR, volatility, Sharpe, drawdown, turnover, costs.", [Which], Report),
        new("journal", "What was decided and done", "Records of the journal, the newest first; `find` searches their words.",
            [Which, new("find", "string", "only with these words"), new("plan", "string", "only of a plan"), new("type", "string", "only of a type"), new("limit", "integer", "1 to 200; 50 when left out"), new("after", "string", "`next` of the page before"), new("journal", "string", "live, paper or replay")], Journal),
        new("verify", "Whether the journal is whole", "Proves that nothing of the journal was changed.", [Which, new("journal", "string", "live, paper or replay")], Verify),
    ];

    private static Instant Now => SystemClock.Instance.GetCurrentInstant();

    private static string? Text(JsonObject asked, string name) => asked[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private Seen Find(JsonObject asked) => portfolios.Find(Text(asked, "portfolio") ?? "");

    private JsonObject? Loop(string name) => loops(Now).FirstOrDefault(l => (string?)l["name"] == name);

    private JsonObject? Loop(JsonObject asked) => Loop(Find(asked).Name);

    private JsonObject Overview(JsonObject asked) => new()
    {
        ["at"] = Json.Time(Now),
        ["items"] = Json.Array(portfolios.All().Select(s => Loop(s.Name) is var loop && Standing.Of(s, loop) is var (state, needs)
            ? new JsonObject { ["id"] = s.Place.Id, ["name"] = s.Name, ["state"] = state, ["needs"] = needs, ["value"] = s.Decision is { } d ? Json.Exact(d.Portfolio.Value) : null, ["base"] = s.Policy?.Base.Code, ["reason"] = s.Trouble ?? s.Decision?.Reason }
            : null)),
    };

    private JsonObject Report(JsonObject asked)
    {
        var now = Find(asked).Whole;
        var study = BacktestStudy.Of(now.Policy, now.History, new BacktestSettings { Instruments = now.Instruments }, EngineChoice.Either, 1, CancellationToken.None);
        return BacktestJson.Of(study, 0);
    }

    private string JournalOf(JsonObject asked) => journalOf(Find(asked).Name, Text(asked, "journal"), Loop(asked));

    private JsonObject Journal(JsonObject asked)
    {
        var (plan, type, find) = (Text(asked, "plan"), Text(asked, "type"), Text(asked, "find"));
        ulong? after = Text(asked, "after") is not { } text ? null : ulong.TryParse(text, out var sequence) ? sequence : throw Problem.Bad("after: expected `next` of the page before.");
        var limit = asked["limit"] is JsonValue value && value.TryGetValue<int>(out var l) ? Math.Clamp(l, 1, 200) : 50;
        return JournalView.Page(journals.Read(JournalOf(asked)), limit, after, JournalView.Wanted(plan, type, find));
    }

    private JsonObject Verify(JsonObject asked)
    {
        var folder = JournalOf(asked);
        return JournalVerify.Report(folder, JournalProof.Of(folder));
    }
}
