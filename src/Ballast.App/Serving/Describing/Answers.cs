namespace Ballast.App.Serving.Describing;

/// <summary>What each route answers, by the name of the type in the page's <c>types.ts</c> and <c>served.ts</c>, and what it may be asked with.</summary>
internal static class Answers
{
    private const string Portfolio = "/api/v1/portfolios/{id}";

    public static readonly ImmutableDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["GET /health"] = "Health", ["GET /api/v1/session"] = "Session", ["DELETE /api/v1/session"] = "Left", ["POST /api/v1/session/second-factor"] = "Raised", ["POST /api/v1/invites"] = "Invited",
        ["GET /api/v1/overview"] = "Overview", ["GET /api/v1/portfolios"] = "Portfolios", [$"GET {Portfolio}"] = "Status", [$"GET {Portfolio}/rules"] = "Checked", [$"GET {Portfolio}/history"] = "History", [$"GET {Portfolio}/value"] = "ValueHistory", [$"GET {Portfolio}/file"] = "PolicyText", [$"PUT {Portfolio}/file"] = "PolicyText", [$"POST {Portfolio}/file/check"] = "Checked",
        [$"GET {Portfolio}/plan"] = "Plan", [$"POST {Portfolio}/file/plan"] = "Plan", [$"POST {Portfolio}/plan"] = "Plan", [$"GET {Portfolio}/loop"] = "Running",
        [$"POST {Portfolio}/plans/{{plan}}/approve"] = "Told", [$"POST {Portfolio}/plans/{{plan}}/decline"] = "Told", [$"POST {Portfolio}/stop"] = "Told", [$"POST {Portfolio}/accounts/{{account}}/accept"] = "Told",
        [$"GET {Portfolio}/journal"] = "JournalPage", [$"GET {Portfolio}/journal/verify"] = "Verified",
        [$"GET {Portfolio}/book"] = "BookNow", [$"POST {Portfolio}/book/whatif"] = "BookFigures", [$"GET {Portfolio}/book/grid"] = "BookGrid", [$"GET {Portfolio}/book/payoff"] = "Payoff",
        [$"GET {Portfolio}/book/plan"] = "BookPlan", [$"GET {Portfolio}/book/hedge"] = "BookHedge", [$"GET {Portfolio}/book/contracts"] = "Contracts",
        ["GET /api/v1/runs"] = "Runs", ["POST /api/v1/runs"] = "RunSummary", ["POST /api/v1/runs/estimate"] = "RunEstimate", ["GET /api/v1/runs/{run}"] = "RunWhole", ["DELETE /api/v1/runs/{run}"] = "RunSummary",
        ["GET /api/v1/runs/{run}/curves"] = "RunCurves",
        ["GET /api/v1/safety"] = "Safety", ["POST /api/v1/safety/stop"] = "Safety", ["POST /api/v1/safety/resume"] = "Safety",
        [$"POST {Portfolio}/paper"] = "Begun", [$"DELETE {Portfolio}/paper"] = "Ended", ["POST /api/v1/example"] = "Written", ["POST /api/v1/import"] = "Written", ["POST /api/v1/import/preview"] = "Previewed", ["POST /api/v1/import/guess"] = "Guessed",
    }.ToImmutableDictionary();

    /// <summary>Bodies as one would send them.</summary>
    public static readonly ImmutableDictionary<string, string> Bodies = new Dictionary<string, string>
    {
        ["POST /api/v1/session/second-factor"] = """{"code":"287082"}""",
        ["POST /api/v1/invites"] = """{"name":"otto","role":"operator"}""",
        [$"POST {Portfolio}/plan"] = """{"cash":"1000","edits":{"1":"0.05"}}""",
        [$"POST {Portfolio}/file/check"] = """{"text":"version: 1\nname: core\n"}""",
        [$"POST {Portfolio}/file/plan"] = """{"text":"version: 1\nname: core\n"}""",
        [$"PUT {Portfolio}/file"] = """{"text":"version: 1\nname: core\n","version":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","note":"wider band"}""",
        [$"POST {Portfolio}/plans/{{plan}}/approve"] = """{"digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","note":"fee fine"}""",
        [$"POST {Portfolio}/plans/{{plan}}/decline"] = """{"note":"not before the news"}""",
        [$"POST {Portfolio}/paper"] = """{"venue":"binance"}""",
        [$"POST {Portfolio}/stop"] = """{"note":"looked wrong"}""",
        [$"POST {Portfolio}/accounts/{{account}}/accept"] = """{"note":"moved to cold storage"}""",
        [$"POST {Portfolio}/book/whatif"] = """{"quantities":{"BTC-PERPETUAL":"-170000","BTC-25DEC26-80000-P":"15"}}""",
        ["POST /api/v1/runs"] = """{"kind":"sweep","portfolio":"core","vary":{"drift":"1%..16%:1%"}}""", ["POST /api/v1/runs/estimate"] = """{"kind":"backtest","portfolio":"core","fee":"10 bps"}""",
        ["POST /api/v1/safety/stop"] = """{"scope":"binance","reason":"looks wrong"}""",
        ["POST /api/v1/safety/resume"] = """{"reason":"books compared"}""",
        ["POST /api/v1/import/guess"] = """{"base":"USDT","text":"Coin;Total;Price\nBitcoin (BTC);0,5;96000\n"}""",
        ["POST /api/v1/import"] = """{"name":"own","base":"USDT","targets":"now","holdings":"asset,quantity\nBTC,1\n","prices":"timestamp,BTC\n2026-01-01,30000\n"}""",
    }.ToImmutableDictionary();
}
