using System.Text.Json.Nodes;
using Ballast.Adapters.Journal;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.App.Serving.Describing;

namespace Ballast.App.Serving;

/// <summary>Everything that can be asked of the desk, in one table.</summary>
internal sealed class Routes(Desk desk)
{
    private static readonly ImmutableArray<Field> Pages = [new("limit", "integer", "how many; all when left out"), new("after", "string", "`next` of the page before")];

    private static readonly Field Note = new("note", "string", "why; kept in the journal"), Which = new("journal", "string", "live, paper or replay; without it the one of the running loop");

    public ImmutableArray<Route> All =>
    [
        new("GET", "/health", null, "Whether things are as they should be: ok, late, blind or stopped. 503 unless ok.", call => Health.Of(desk.Portfolios, desk.Loops, call.Now, desk.Started, desk.Listening.IsPublic && call.Session is null)),
        new("GET", "/api/v1/openapi.json", null, "This description.", _ => Answer.Ok(OpenApi.Of(All))),
        new("GET", "/openapi/v1.json", null, "This description, where others look for it.", _ => Answer.Ok(OpenApi.Of(All))),
        new("GET", "/api/v1/session", Role.Viewer, "Who you are, and the token that every act carries as X-CSRF-Token.", Who),
        new("DELETE", "/api/v1/session", Role.Viewer, "Signs out; the cookie is worth nothing from then on.", Leave) { Acts = true },
        new("POST", "/api/v1/session/second-factor", Role.Viewer, "Gives the second factor again: one grave act (approving a live plan, resuming) within two minutes.", Again) { Acts = true, Body = [new("code", "string", "six digits of the authenticator", true)] },
        new("POST", "/api/v1/invites", Role.Admin, "A link that lets one more browser in, once.", Invite)
            { Acts = true, Body = [new("name", "string", "who", true), new("role", "string", "viewer, operator or admin", true)] },

        new("GET", "/api/v1/overview", Role.Viewer, "A line a portfolio: state, value, largest drift, nearest rule, and what needs a person.", call => Answer.Ok(desk.Overview.Of(call))) { Query = Overview.Query },
        new("GET", "/api/v1/portfolios", Role.Viewer, "The portfolios.", call => Answer.Ok(Paged(desk.Portfolios.All().Select(s => new JsonObject { ["id"] = s.Place.Id, ["name"] = s.Name, ["file"] = s.Place.File }), call))) { Query = Pages },
        new("GET", "/api/v1/portfolios/{id}", Role.Viewer, "Weights, drift, bands, risk shares and rules with their distance: `ballast status --json`, and the loop.", call => Answer.Ok(PortfolioJson.Of(Find(call), Loop(call), call.Now))),
        new("GET", "/api/v1/portfolios/{id}/rules", Role.Viewer, "The rules of the file in words: `ballast check --json`.", Rules),
        new("GET", "/api/v1/portfolios/{id}/file", Role.Viewer, "The portfolio file as it is, its version, and what `ballast check` says of it.", call => FileDesk.Read(desk.Portfolios.Shelf.Find(call.Path("id")))),
        new("POST", "/api/v1/portfolios/{id}/file/check", Role.Viewer, "What `ballast check` would say of a text. It writes nothing.", call => FileDesk.Check(desk.Portfolios.Shelf.Find(call.Path("id")), call.Text("text")!))
            { Body = [FileDesk.Fields[0]] },
        new("POST", "/api/v1/portfolios/{id}/file/plan", Role.Viewer, "What a text would trade if it were saved now: `ballast plan --json` with it. It writes nothing.", call => Answer.Ok(PlanJson.Of(Planned.Of(desk.Portfolios.With(desk.Portfolios.Shelf.Find(call.Path("id")), call.Text("text")!).Whole, anyway: false))))
            { Body = [FileDesk.Fields[0]] },
        new("PUT", "/api/v1/portfolios/{id}/file", Role.Admin, "Writes the file where it is valid and nobody wrote another meanwhile. A loop that runs takes its limits now, and the rest at its next look.", call => FileDesk.Write(desk.Portfolios.Shelf.Find(call.Path("id")), call.Text("text")!, call.Text("version")!))
            { Acts = true, Keyed = true, Body = FileDesk.Fields },
        new("GET", "/api/v1/portfolios/{id}/history", Role.Viewer, "Drift of what is held now over the last bars.", call => Answer.Ok(PortfolioJson.History(Find(call), call.Count("points", 120, 1200))))
            { Query = [new("points", "integer", "how many bars, at most 1200")] },
        new("GET", "/api/v1/portfolios/{id}/value", Role.Viewer, "What it was worth at each look that its journal tells of, and what was bought and sold.", call => Answer.Ok(ValueHistory.Of(desk.Journals.Read(JournalOf(call)), call.Count("points", 240, 2000), call.Count("trades", 200, 2000))))
            { Query = [new("points", "integer", "how many values, at most 2000"), new("trades", "integer", "how many of the latest trades, at most 2000"), Which] },
        new("GET", "/api/v1/portfolios/{id}/plan", Role.Viewer, "What the rules would trade now, with the reason of every trade and of every trade not made: `ballast plan --json`.", call => Answer.Ok(PlanJson.Of(Planned.Of(Find(call).Whole, anyway: false)))),
        new("POST", "/api/v1/portfolios/{id}/plan", Role.Viewer, "What would be, with other quantities, other cash, or now anyway. It changes nothing.", call => Answer.Ok(WhatIf.Of(Find(call), call.Body))) { Body = WhatIf.Fields },
        new("GET", "/api/v1/portfolios/{id}/loop", Role.Viewer, "What the running loop says, and the plan that waits.", Running),
        new("POST", "/api/v1/portfolios/{id}/paper", Role.Operator, "Begins a loop on paper, at the public prices of its venues; it ends with the desk. Live ones are begun on the command line only.", call => desk.Paper.Begin(Find(call), call.Text("venue"), call))
            { Acts = true, Keyed = true, Body = [new("venue", "string", "whose prices, for a file that names no accounts")] },
        new("DELETE", "/api/v1/portfolios/{id}/paper", Role.Operator, "Ends the loop on paper that was begun here.", call => desk.Paper.End(Find(call))) { Acts = true },
        new("POST", "/api/v1/portfolios/{id}/plans/{plan}/approve", Role.Operator, "Approves the plan that waits.", call => desk.Acts.Say(Find(call), call.Path("plan"), true, call.Text("digest"), call))
            { Acts = true, Keyed = true, Grave = IsLive, Body = [new("digest", "string", "of the plan that was read", true), Note] },
        new("POST", "/api/v1/portfolios/{id}/plans/{plan}/decline", Role.Operator, "Declines the plan that waits.", call => desk.Acts.Say(Find(call), call.Path("plan"), false, null, call))
            { Acts = true, Keyed = true, Body = [Note] },
        new("POST", "/api/v1/portfolios/{id}/stop", Role.Operator, "Ends the plan at hand; the loop goes on looking.", call => desk.Acts.Stop(Find(call), call)) { Acts = true, Keyed = true, Body = [Note] },
        new("POST", "/api/v1/portfolios/{id}/accounts/{account}/accept", Role.Operator, "Lets a venue's figures stand where they differ from the books.", call => desk.Acts.Accept(Find(call), call.Path("account"), call))
            { Acts = true, Keyed = true, Body = [Note with { Required = true }] },

        new("GET", "/api/v1/portfolios/{id}/book", Role.Viewer, "Its derivatives: exposures, margin and hedge as the verbs print them, and the ladder of Greeks.", desk.Book.Now) { Query = [BookView.Numeraire] },
        new("POST", "/api/v1/portfolios/{id}/book/whatif", Role.Viewer, "The exposures and the margin with other quantities. It changes nothing.", desk.Book.WhatIf)
            { Body = [new("quantities", "object", "what would be held, exact, by instrument; what is not named stays", true), new("far", "boolean", "also where it would be liquidated, which takes a second or more in a book of hundreds")] },
        new("GET", "/api/v1/portfolios/{id}/book/grid", Role.Viewer, "Gain and margin over 21 moves of price and 9 changes of volatility: `ballast whatif --json`.", desk.Book.Grid)
            { Query = [new("kind", "string", "pnl or margin; both when left out"), new("days", "integer", "from now"), new("vol", "string", "percent: volatilities change by a part of themselves; points: by as much for all, 0.05 for five"), BookView.With] },
        new("GET", "/api/v1/portfolios/{id}/book/payoff", Role.Viewer, "What the account gains by price: now, in some days, at expiry.", desk.Book.Payoff) { Query = [new("days", "integer", "of the second curve; 7 when left out"), BookView.With] },
        new("GET", "/api/v1/portfolios/{id}/book/plan", Role.Viewer, "The legs that lead there, in the order that needs the least margin, with the margin at every step.", desk.Book.Plan) { Query = [BookView.With, BookPath.Asked] },
        new("GET", "/api/v1/portfolios/{id}/book/hedge", Role.Viewer, "The hedge that the policy would make: its legs, the margin along any order of them, and delta and band by price. It sends nothing.", desk.Book.Hedge) { Query = [BookView.Numeraire, BookHedge.Anyway, BookPath.Asked] },
        new("GET", "/api/v1/portfolios/{id}/book/contracts", Role.Viewer, "What could be traded, and its market.", desk.Book.Contracts),

        new("GET", "/api/v1/portfolios/{id}/journal", Role.Viewer, "What was decided and done, the newest first.", Journal)
            { Query = [new("limit", "integer", "1 to 500"), new("after", "string", "`next` of the page before"), new("plan", "string", "only of a plan"), new("type", "string", "only of a type"), new("find", "string", "only with these words"), Which] },
        new("GET", "/api/v1/portfolios/{id}/journal/verify", Role.Viewer, "Proves the journal whole: `ballast journal verify --json`.", Verify) { Query = [Which] },
        new("GET", "/api/v1/portfolios/{id}/journal/export", Role.Viewer, "The journal for others, as a file: `ballast journal export`.", Export)
            { Query = [new("to", "string", string.Join(", ", JournalExport.Forms)), new("lots", "string", "which lots a sale uses: fifo, lifo or hifo"), Which] },

        new("GET", "/api/v1/runs", Role.Viewer, "Back-tests and sweeps, the newest first, and what can be chosen for one.", desk.Lab.List),
        new("POST", "/api/v1/runs", Role.Operator, "Runs a back-test or a sweep in the background; `run` events say how far it is.", desk.Lab.Start) { Acts = true, Keyed = true, Body = LabRequest.Fields },
        new("POST", "/api/v1/runs/estimate", Role.Viewer, "How many policies that would be, and about how long it takes. It runs a few of them, and keeps nothing.", desk.Lab.Estimate) { Body = LabRequest.Fields },
        new("GET", "/api/v1/runs/{run}", Role.Viewer, "One run with what it came to: `ballast sweep --json` or `ballast backtest --json`, and of a sweep every row.", desk.Lab.One),
        new("DELETE", "/api/v1/runs/{run}", Role.Operator, "Cancels it; what is done by then stays.", desk.Lab.Cancel) { Acts = true },
        new("GET", "/api/v1/runs/{run}/curves", Role.Viewer, "What 100 became under some of its policies and by holding, and the fall below the last high.", desk.Lab.Curves) { Query = [new("places", "string", "`place` of up to 8 rows, with commas between; the first when left out")] },
        new("GET", "/api/v1/runs/{run}/report", Role.Viewer, "Its report, a page to keep.", desk.Lab.Report),

        new("GET", "/api/v1/safety", Role.Viewer, "The kill switch, and every loop with its accounts.", call => Answer.Ok(desk.Acts.Safety(call.Now))),
        new("POST", "/api/v1/safety/stop", Role.Operator, "Stops trading, everything or one account, at once. It needs no key: stopping twice is stopping.", call => desk.Acts.Kill(call.Note("scope"), call.Note("reason"), call))
            { Acts = true, Body = [new("scope", "string", "one account; everything when left out"), new("reason", "string", "why")] },
        new("POST", "/api/v1/safety/resume", Role.Admin, "Lets trading go on, after the books are compared.", call => desk.Acts.Resume(call.Note("scope"), call))
            { Acts = true, Keyed = true, Grave = MayTrade, Body = [new("scope", "string", "one account"), new("reason", "string", "why", true)] },

        new("POST", "/api/v1/example", Role.Admin, "Writes the example of `ballast init` into the desk's folder.", call => desk.Starting.Example()) { Acts = true, Keyed = true },
        new("POST", "/api/v1/import/guess", Role.Viewer, "Reads a list of holdings of any venue or tracker: guesses its columns, and says what it took and what it left out. It writes nothing.", Guessing.Of)
            { Body = Guessing.Fields, MostBytes = Route.Large },
        new("POST", "/api/v1/import/preview", Role.Viewer, "Reads holdings and prices, and says what they would be; writes nothing.", call => desk.Starting.Import(call, write: false)) { Body = Starting.Fields, MostBytes = Route.Large },
        new("POST", "/api/v1/import", Role.Admin, "Writes a portfolio of holdings and prices into the desk's folder.", call => desk.Starting.Import(call, write: true)) { Acts = true, Keyed = true, Body = Starting.Fields, MostBytes = Route.Large },
    ];

    /// <summary>A page of a list, behind the one whose id is <c>after</c>; everything where no page is asked for.</summary>
    private static JsonObject Paged(IEnumerable<JsonObject> rows, Call call)
    {
        var (all, after) = (rows.ToArray(), call.Query("after"));
        var from = after is null ? 0 : Array.FindIndex(all, r => (string?)r["id"] == after) is >= 0 and var at ? at + 1 : throw Problem.Bad("after: expected `next` of the page before.");
        var limit = call.Count("limit", int.MaxValue, int.MaxValue);
        var page = all.Skip(from).Take(limit).ToArray();
        return new() { ["items"] = Json.Array(page), ["next"] = from + page.Length < all.Length ? (string?)page[^1]["id"] : null };
    }

    private Seen Find(Call call) => desk.Portfolios.Find(call.Path("id"));

    private JsonObject? Loop(Call call) => desk.Loops.Of(Find(call).Name, call.Now);

    private Answer Who(Call call) => Answer.Ok(new JsonObject { ["name"] = call.Who, ["role"] = call.Session!.Role.ToString().ToLowerInvariant(), ["csrf"] = call.Session.Csrf, ["secondFactor"] = desk.Users.Find(call.Who) is not null, ["since"] = Json.Time(call.Session.Since), ["audit"] = desk.Audit.Path });

    private Answer Leave(Call call)
    {
        desk.Entrance.Leave(call.Http);
        return Answer.Ok(new JsonObject { ["left"] = true });
    }

    private Answer Again(Call call)
    {
        var cookie = desk.Entrance.Cookie(call.Http) ?? throw new Problem(403, "NO_SESSION", "A token has no second factor.");
        desk.SignIn.Again(call.Who, call.Text("code")!, call.Now);
        desk.Sessions.Raise(cookie, call.Now);
        return Answer.Ok(new JsonObject { ["until"] = Json.Time(call.Now + Sessions.RaisedFor) });
    }

    private bool IsLive(Call call) => (string?)Loop(call)?["mode"] == "live";

    /// <summary>Whether going on may reach a venue; and whoever has a second factor gives it.</summary>
    private bool MayTrade(Call call) => desk.Listening.IsPublic || desk.Users.Find(call.Who) is not null || desk.Loops.All(call.Now).Any(l => (string?)l["mode"] == "live");

    private Answer Invite(Call call)
    {
        if (desk.Listening.IsPublic) throw new Problem(409, "NO_LINKS", "A link is one factor only; this desk is reached by others, so people are enrolled: `ballast serve users add NAME --role ROLE`.");
        var name = call.Note("name") is { Length: <= 60 } said ? said : throw Problem.Bad("name: one of 1 to 60 characters.");
        var role = Roles.Find(call.Text("role")) ?? throw Problem.Bad("role: expected viewer, operator or admin.");
        return Answer.Ok(new JsonObject { ["link"] = desk.LinkFor(name, role), ["until"] = Json.Time(call.Now + Sessions.LinkHolds) });
    }

    private Answer Rules(Call call)
    {
        var place = desk.Portfolios.Shelf.Find(call.Path("id"));
        return Answer.Ok(CheckCommand.Report(place.File, Adapters.Files.PolicyFile.Load(place.File)));
    }

    private Answer Running(Call call)
    {
        var (seen, loop) = (Find(call), Loop(call));
        var plan = (string?)loop?["plan"]?["id"];
        var journal = plan is null ? JournalSeen.Empty : desk.Journals.Read(JournalView.Folder(desk.Loops.Data.Portfolio(seen.Name), null, loop));
        return Answer.Ok(new JsonObject { ["loop"] = loop, ["ours"] = desk.Paper.Has(seen.Place.Id), ["venues"] = seen.Policy?.Accounts is [var only] && only == Holdings.Account.Paper ? Json.Texts(Adapters.Connectors.VenueSheets.All.OrderByDescending(s => s.Proven).Select(s => s.Venue.Value)) : null, ["plan"] = plan is not null && journal.Plans.TryGetValue(plan, out var kept) ? JournalView.Of(kept) : null });
    }

    private string JournalOf(Call call) => JournalView.Folder(desk.Loops.Data.Portfolio(Find(call).Name), call.Query("journal"), Loop(call));

    private Answer Journal(Call call)
    {
        ulong? after = call.Query("after") is not { } text ? null : ulong.TryParse(text, out var sequence) ? sequence : throw Problem.Bad("after: expected `next` of the page before.");
        var (plan, type, find) = (call.Query("plan"), call.Query("type"), call.Query("find"));
        return Answer.Ok(JournalView.Page(desk.Journals.Read(JournalOf(call)), call.Count("limit", 50, 500), after, JournalView.Wanted(plan, type, find)));
    }

    private Answer Export(Call call)
    {
        var (form, lots) = (call.Query("to") ?? "trades", call.Query("lots") ?? "fifo");
        if (!JournalExport.Forms.Contains(form)) throw Problem.Bad($"to: `{form}`; expected one of {string.Join(", ", JournalExport.Forms)}.");
        if (!JournalExport.Methods.TryGetValue(lots, out var method) || lots == "specific") throw Problem.Bad($"lots: `{lots}`; expected fifo, lifo or hifo. By tags: `ballast journal export --lots specific --holdings`.");
        var journal = desk.Journals.ReadWhole(JournalOf(call));
        if (journal.Fault is { Repairable: false } fault) throw new Problem(409, "JOURNAL_BROKEN", $"The journal is broken at {fault}; nothing was exported.");
        var ending = form switch { "ledger" => "ledger", "beancount" => "beancount", "json" => "jsonl", _ => "csv" };
        return new(200, null) { File = ($"{Find(call).Name}-{form}.{ending}", JournalExport.Text(form, journal.Entries.Select(e => e.Frame), method)) };
    }

    private Answer Verify(Call call)
    {
        var folder = JournalOf(call);
        var json = JournalVerify.Report(folder, JournalProof.Of(folder));
        json["at"] = Json.Time(call.Now);
        return Answer.Ok(json);
    }
}
