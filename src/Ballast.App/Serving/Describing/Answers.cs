namespace Ballast.App.Serving.Describing;

/// <summary>What each route answers, by the name of the type in the page's <c>types.ts</c> and <c>served.ts</c>, and what it may be asked with.</summary>
internal static class Answers
{
    private const string Portfolio = "/api/v1/portfolios/{id}";

    public static readonly ImmutableDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["GET /health"] = "Health", ["GET /api/v1/session"] = "Session", ["DELETE /api/v1/session"] = "Left", ["POST /api/v1/session/second-factor"] = "Raised", ["POST /api/v1/invites"] = "Invited",
        ["GET /api/v1/overview"] = "Overview", ["GET /api/v1/portfolios"] = "Portfolios", [$"GET {Portfolio}"] = "Status", [$"GET {Portfolio}/rules"] = "Checked", [$"GET {Portfolio}/history"] = "History", [$"GET {Portfolio}/file"] = "PolicyText", [$"PUT {Portfolio}/file"] = "PolicyText", [$"POST {Portfolio}/file/check"] = "Checked",
        [$"GET {Portfolio}/plan"] = "Plan", [$"POST {Portfolio}/plan"] = "Plan", [$"GET {Portfolio}/loop"] = "Running",
        [$"POST {Portfolio}/plans/{{plan}}/approve"] = "Told", [$"POST {Portfolio}/plans/{{plan}}/decline"] = "Told", [$"POST {Portfolio}/stop"] = "Told", [$"POST {Portfolio}/accounts/{{account}}/accept"] = "Told",
        [$"GET {Portfolio}/journal"] = "JournalPage", [$"GET {Portfolio}/journal/verify"] = "Verified",
        ["GET /api/v1/safety"] = "Safety", ["POST /api/v1/safety/stop"] = "Safety", ["POST /api/v1/safety/resume"] = "Safety",
        ["POST /api/v1/example"] = "Written", ["POST /api/v1/import"] = "Written", ["POST /api/v1/import/preview"] = "Previewed",
    }.ToImmutableDictionary();

    /// <summary>Bodies as one would send them.</summary>
    public static readonly ImmutableDictionary<string, string> Bodies = new Dictionary<string, string>
    {
        ["POST /api/v1/session/second-factor"] = """{"code":"287082"}""",
        ["POST /api/v1/invites"] = """{"name":"otto","role":"operator"}""",
        [$"POST {Portfolio}/plan"] = """{"cash":"1000","edits":{"1":"0.05"}}""",
        [$"POST {Portfolio}/file/check"] = """{"text":"version: 1\nname: core\n"}""",
        [$"PUT {Portfolio}/file"] = """{"text":"version: 1\nname: core\n","version":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","note":"wider band"}""",
        [$"POST {Portfolio}/plans/{{plan}}/approve"] = """{"digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","note":"fee fine"}""",
        [$"POST {Portfolio}/plans/{{plan}}/decline"] = """{"note":"not before the news"}""",
        [$"POST {Portfolio}/stop"] = """{"note":"looked wrong"}""",
        [$"POST {Portfolio}/accounts/{{account}}/accept"] = """{"note":"moved to cold storage"}""",
        ["POST /api/v1/safety/stop"] = """{"scope":"binance","reason":"looks wrong"}""",
        ["POST /api/v1/safety/resume"] = """{"reason":"books compared"}""",
        ["POST /api/v1/import"] = """{"name":"own","base":"USDT","targets":"now","holdings":"asset,quantity\nBTC,1\n","prices":"timestamp,BTC\n2026-01-01,30000\n"}""",
    }.ToImmutableDictionary();
}
