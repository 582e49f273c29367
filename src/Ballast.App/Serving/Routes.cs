using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Adapters.Journal;
using Ballast.App.Commands;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>Everything that can be asked of the desk, in one table.</summary>
internal sealed class Routes(Desk desk)
{
    private static readonly Field Note = new("note", "string", "why; kept in the journal"), Which = new("journal", "string", "live, paper or replay; without it the one of the running loop");

    public ImmutableArray<Route> All =>
    [
        new("GET", "/health", null, "Whether things are as they should be: ok, late, blind or stopped. 503 unless ok.", call => Health.Of(desk.Portfolios, desk.Loops, call.Now, desk.Started)),
        new("GET", "/api/v1/openapi.json", null, "This description.", _ => Answer.Ok(OpenApi.Of(All))),
        new("GET", "/openapi/v1.json", null, "This description, where others look for it.", _ => Answer.Ok(OpenApi.Of(All))),
        new("GET", "/api/v1/session", Role.Viewer, "Who you are, and the token that every act carries as X-CSRF-Token.", Who),
        new("DELETE", "/api/v1/session", Role.Viewer, "Signs out; the cookie is worth nothing from then on.", Leave) { Acts = true },
        new("POST", "/api/v1/invites", Role.Admin, "A link that lets one more browser in, once.", Invite)
            { Acts = true, Body = [new("name", "string", "who", true), new("role", "string", "viewer, operator or admin", true)] },

        new("GET", "/api/v1/overview", Role.Viewer, "A line a portfolio: state, value, largest drift, nearest rule, and what needs a person.", Overview),
        new("GET", "/api/v1/portfolios", Role.Viewer, "The portfolios.", _ => Answer.Ok(new JsonObject { ["items"] = Json.Array(desk.Portfolios.All().Select(s => new JsonObject { ["id"] = s.Place.Id, ["name"] = s.Name, ["file"] = s.Place.File })), ["next"] = null })),
        new("GET", "/api/v1/portfolios/{id}", Role.Viewer, "Weights, drift, bands, risk shares and rules with their distance: `ballast status --json`, and the loop.", call => Answer.Ok(PortfolioJson.Of(Find(call), Loop(call), call.Now))),
        new("GET", "/api/v1/portfolios/{id}/rules", Role.Viewer, "The rules of the file in words: `ballast check --json`.", Rules),
        new("GET", "/api/v1/portfolios/{id}/history", Role.Viewer, "Drift of what is held now over the last bars.", call => Answer.Ok(PortfolioJson.History(Find(call), call.Count("points", 120, 1200))))
            { Query = [new("points", "integer", "how many bars, at most 1200")] },
        new("GET", "/api/v1/portfolios/{id}/plan", Role.Viewer, "What the rules would trade now, with the reason of every trade and of every trade not made: `ballast plan --json`.", call => Answer.Ok(PlanJson.Of(Planned.Of(Find(call).Whole, anyway: false)))),
        new("POST", "/api/v1/portfolios/{id}/plan", Role.Viewer, "What would be, with other quantities, other cash, or now anyway. It changes nothing.", WhatIf)
            { Body = [new("cash", "string", "money to put to work (or, negative, to raise), exact"), new("anyway", "boolean", "plan to the targets though no rule fires"), new("edits", "object", "quantities by number of a trade, exact; 0 takes it out")] },
        new("GET", "/api/v1/portfolios/{id}/loop", Role.Viewer, "What the running loop says, and the plan that waits.", Running),
        new("POST", "/api/v1/portfolios/{id}/plans/{plan}/approve", Role.Operator, "Approves the plan that waits.", call => desk.Acts.Say(Find(call), call.Path("plan"), true, call.Text("digest"), call))
            { Acts = true, Keyed = true, Body = [new("digest", "string", "of the plan that was read", true), Note] },
        new("POST", "/api/v1/portfolios/{id}/plans/{plan}/decline", Role.Operator, "Declines the plan that waits.", call => desk.Acts.Say(Find(call), call.Path("plan"), false, null, call))
            { Acts = true, Keyed = true, Body = [Note] },
        new("POST", "/api/v1/portfolios/{id}/stop", Role.Operator, "Ends the plan at hand; the loop goes on looking.", call => desk.Acts.Stop(Find(call), call)) { Acts = true, Keyed = true, Body = [Note] },
        new("POST", "/api/v1/portfolios/{id}/accounts/{account}/accept", Role.Operator, "Lets a venue's figures stand where they differ from the books.", call => desk.Acts.Accept(Find(call), call.Path("account"), call))
            { Acts = true, Keyed = true, Body = [Note with { Required = true }] },

        new("GET", "/api/v1/portfolios/{id}/book", Role.Viewer, "Its derivatives: exposures, margin and hedge as the verbs print them, and the ladder of Greeks.", desk.Book.Now) { Query = [BookView.Numeraire] },
        new("POST", "/api/v1/portfolios/{id}/book/whatif", Role.Viewer, "The exposures and the margin with other quantities. It changes nothing.", desk.Book.WhatIf)
            { Body = [new("quantities", "object", "what would be held, exact, by instrument; what is not named stays", true)] },
        new("GET", "/api/v1/portfolios/{id}/book/grid", Role.Viewer, "Gain and margin over 21 moves of price and 9 changes of volatility: `ballast whatif --json`.", desk.Book.Grid)
            { Query = [new("kind", "string", "pnl or margin; both when left out"), new("days", "integer", "from now"), BookView.With] },
        new("GET", "/api/v1/portfolios/{id}/book/payoff", Role.Viewer, "What the account gains by price: now, in some days, at expiry.", desk.Book.Payoff) { Query = [new("days", "integer", "of the second curve; 7 when left out"), BookView.With] },
        new("GET", "/api/v1/portfolios/{id}/book/plan", Role.Viewer, "The legs that lead there, in the order that needs the least margin, with the margin at every step.", desk.Book.Plan) { Query = [BookView.With] },
        new("GET", "/api/v1/portfolios/{id}/book/contracts", Role.Viewer, "What could be traded, and its market.", desk.Book.Contracts),

        new("GET", "/api/v1/portfolios/{id}/journal", Role.Viewer, "What was decided and done, the newest first.", Journal)
            { Query = [new("limit", "integer", "1 to 500"), new("after", "string", "`next` of the page before"), new("plan", "string", "only of a plan"), new("type", "string", "only of a type"), new("find", "string", "only with these words"), Which] },
        new("GET", "/api/v1/portfolios/{id}/journal/verify", Role.Viewer, "Proves the journal whole: `ballast journal verify --json`.", Verify) { Query = [Which] },

        new("GET", "/api/v1/runs", Role.Viewer, "Back-tests and sweeps, the newest first, and what can be chosen for one.", desk.Lab.List),
        new("POST", "/api/v1/runs", Role.Operator, "Runs a back-test or a sweep in the background; `run` events say how far it is.", desk.Lab.Start) { Acts = true, Keyed = true, Body = LabRequest.Fields },
        new("POST", "/api/v1/runs/estimate", Role.Viewer, "How many policies that would be, and about how long it takes. It runs a few of them, and keeps nothing.", desk.Lab.Estimate) { Body = LabRequest.Fields },
        new("GET", "/api/v1/runs/{run}", Role.Viewer, "One run with what it came to: `ballast sweep --json` or `ballast backtest --json`, and of a sweep every row.", desk.Lab.One),
        new("DELETE", "/api/v1/runs/{run}", Role.Operator, "Cancels it; what is done by then stays.", desk.Lab.Cancel) { Acts = true },
        new("GET", "/api/v1/runs/{run}/report", Role.Viewer, "Its report, a page to keep.", desk.Lab.Report),

        new("GET", "/api/v1/safety", Role.Viewer, "The kill switch, and every loop with its accounts.", call => Answer.Ok(desk.Acts.Safety(call.Now))),
        new("POST", "/api/v1/safety/stop", Role.Operator, "Stops trading, everything or one account, at once. It needs no key: stopping twice is stopping.", call => desk.Acts.Kill(call.Note("scope"), call.Note("reason"), call))
            { Acts = true, Body = [new("scope", "string", "one account; everything when left out"), new("reason", "string", "why")] },
        new("POST", "/api/v1/safety/resume", Role.Admin, "Lets trading go on, after the books are compared.", call => desk.Acts.Resume(call.Note("scope"), call))
            { Acts = true, Keyed = true, Body = [new("scope", "string", "one account"), new("reason", "string", "why", true)] },

        new("POST", "/api/v1/example", Role.Admin, "Writes the example of `ballast init` into the desk's folder.", call => desk.Starting.Example()) { Acts = true, Keyed = true },
        new("POST", "/api/v1/import/preview", Role.Viewer, "Reads holdings and prices, and says what they would be; writes nothing.", call => desk.Starting.Import(call, write: false)) { Body = Starting.Fields },
        new("POST", "/api/v1/import", Role.Admin, "Writes a portfolio of holdings and prices into the desk's folder.", call => desk.Starting.Import(call, write: true)) { Acts = true, Keyed = true, Body = Starting.Fields },
    ];

    private Seen Find(Call call) => desk.Portfolios.Find(call.Path("id"));

    private JsonObject? Loop(Call call) => desk.Loops.Of(Find(call).Name, call.Now);

    private Answer Who(Call call) => Answer.Ok(new JsonObject { ["name"] = call.Who, ["role"] = call.Session!.Role.ToString().ToLowerInvariant(), ["csrf"] = call.Session.Csrf, ["since"] = Json.Time(call.Session.Since), ["audit"] = desk.Audit.Path });

    private Answer Leave(Call call)
    {
        desk.Sessions.Leave(call.Http.Request.Cookies[Guard.CookieName(desk.Port)]!);
        call.Http.Response.Cookies.Delete(Guard.CookieName(desk.Port));
        return Answer.Ok(new JsonObject { ["left"] = true });
    }

    private Answer Invite(Call call)
    {
        var name = call.Note("name") is { Length: <= 60 } said ? said : throw Problem.Bad("name: one of 1 to 60 characters.");
        var role = Enum.TryParse<Role>(call.Text("role"), ignoreCase: true, out var asked) && Enum.IsDefined(asked) && !char.IsDigit(call.Text("role")![0]) ? asked : throw Problem.Bad("role: expected viewer, operator or admin.");
        return Answer.Ok(new JsonObject { ["link"] = desk.LinkFor(name, role), ["until"] = Json.Time(call.Now + Sessions.LinkHolds) });
    }

    private Answer Overview(Call call)
    {
        var rows = desk.Portfolios.All().Select(s => PortfolioJson.Row(s, desk.Loops.Of(s.Name, call.Now), desk.Book.Books)).ToArray();
        return Answer.Ok(new JsonObject
        {
            ["items"] = Json.Array(rows.OrderBy(r => r["needs"] is null).ThenByDescending(r => (double?)r["trigger"]?["distance"] ?? -1).ThenBy(r => (string)r["id"]!, StringComparer.Ordinal)),
            ["next"] = null, ["needs"] = rows.Count(r => r["needs"] is not null), ["folder"] = desk.Portfolios.Shelf.Folder, ["at"] = Json.Time(call.Now),
        });
    }

    private Answer Rules(Call call)
    {
        var place = desk.Portfolios.Shelf.Find(call.Path("id"));
        return Answer.Ok(CheckCommand.Report(place.File, Adapters.Files.PolicyFile.Load(place.File)));
    }

    private Answer WhatIf(Call call)
    {
        var cash = call.Body["cash"] is null ? 0m : Exact(call.Text("cash"), "cash");
        var planned = Planned.Of(Find(call).Whole.With(cash), call.Flag("anyway"));
        var edits = (call.Body["edits"] as JsonObject ?? []).ToDictionary(
            e => int.TryParse(e.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && e.Key[0] is not '0' ? number : throw Problem.Bad($"edits: `{e.Key}` is no number of a trade."),
            e => Exact(e.Value is JsonValue v && v.TryGetValue<string>(out var text) ? text : null, $"edits.{e.Key}"));
        return Answer.Ok(PlanJson.Of(edits.Count == 0 ? planned : planned.Edited(edits)));
    }

    internal static decimal Exact(string? text, string what) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < 1e18m ? amount
            : throw Problem.Bad($"{what}: expected an exact number as text, digits with a point, such as \"1000\" or \"-250.50\".");

    private Answer Running(Call call)
    {
        var (seen, loop) = (Find(call), Loop(call));
        var plan = (string?)loop?["plan"]?["id"];
        var journal = plan is null ? JournalSeen.Empty : desk.Journals.Read(JournalView.Folder(desk.Loops.Data.Portfolio(seen.Name), null, loop));
        return Answer.Ok(new JsonObject { ["loop"] = loop, ["plan"] = plan is not null && journal.Plans.TryGetValue(plan, out var kept) ? JournalView.Of(kept) : null });
    }

    private string JournalOf(Call call) => JournalView.Folder(desk.Loops.Data.Portfolio(Find(call).Name), call.Query("journal"), Loop(call));

    private Answer Journal(Call call)
    {
        ulong? after = call.Query("after") is not { } text ? null : ulong.TryParse(text, out var sequence) ? sequence : throw Problem.Bad("after: expected `next` of the page before.");
        var (plan, type, find) = (call.Query("plan"), call.Query("type"), call.Query("find"));
        return Answer.Ok(JournalView.Page(desk.Journals.Read(JournalOf(call)), call.Count("limit", 50, 500), after, e =>
            (plan is null || e.Plan == plan) && (type is null || Records.RecordCodec.NameOf(e.Frame.Type) == type) && (find is null || e.Text.Contains(find, StringComparison.OrdinalIgnoreCase))));
    }

    private Answer Verify(Call call)
    {
        var folder = JournalOf(call);
        var json = JournalVerify.Report(folder, JournalProof.Of(folder));
        json["at"] = Json.Time(call.Now);
        return Answer.Ok(json);
    }
}
