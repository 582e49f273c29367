using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Journal;
using Ballast.App.Serving;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>The desk as a user starts it: a process of its own, with the example in its folder.</summary>
public sealed class DeskProcess : IDisposable
{
    private readonly Process _process;

    public DeskProcess() : this(["anna:admin", "otto:operator", "olga:operator", "vera:viewer", "olaf:operator"], [], _ => { })
    {
    }

    private DeskProcess(string[] invited, string[] more, Action<DeskProcess> before, Dictionary<string, string>? variables = null)
    {
        foreach (var file in Ballast.App.Examples.Example.Files()) File(file.Name, file.Text);
        before(this);
        string[] args = ["serve", "--folder", Folder.Path, "--data", Data.Path, "--port", "0", .. invited.SelectMany(i => new[] { "--invite", i }), .. more];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ballast.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables ?? []) start.Environment[name] = value;
        _process = Process.Start(start)!;
        Address = new Uri(_process.StandardOutput.ReadLine()!.Split(' ')[4].TrimEnd(','));
        foreach (var name in invited.Select(i => i.Split(':')[0])) Links[name] = _process.StandardOutput.ReadLine()!.Split(' ')[^1];
        _process.BeginErrorReadLine();
    }

    /// <summary>The desk with further options.</summary>
    public static DeskProcess With(params string[] more) => new(["anna:admin", "otto:operator", "vera:viewer"], more, _ => { });

    /// <summary>The desk with variables of its environment.</summary>
    public static DeskProcess In(Dictionary<string, string> variables) => new(["anna:admin", "otto:operator", "vera:viewer"], [], _ => { }, variables);

    /// <summary>The desk as others reach it: under TLS, for people who are enrolled.</summary>
    public static DeskProcess Public(params string[] more)
    {
        using var certificates = new TemporaryFolder();
        var (certificate, key) = Certificates.Write(certificates);
        return new([], ["--host", "0.0.0.0", "--certificate", certificate, "--certificate-key", key, .. more], desk => desk.Enrol("root", Role.Admin));
    }

    public TemporaryFolder Folder { get; } = new();

    public TemporaryFolder Data { get; } = new();

    public Uri Address { get; }

    /// <summary>By name; each lets one in.</summary>
    public Dictionary<string, string> Links { get; } = [];

    private readonly Dictionary<string, Visitor> _inside = [];

    /// <summary>Who has come in by his link.</summary>
    public Visitor As(string name)
    {
        if (!_inside.TryGetValue(name, out var visitor)) _inside[name] = visitor = Visitor.By(Address, Links[name]);
        return visitor;
    }

    public Visitor Nobody => new(Address);

    /// <summary>A person with a password and a second factor, as the command line enrols one.</summary>
    internal Person Enrol(string name, Role role) => new(this, name, new DataFolder(Data.Path).Users(), role);

    /// <summary>One more admin, whose session may be ended.</summary>
    public Visitor Fresh(string role = "admin") =>
        Visitor.By(Address, (string)As("anna").Post("/api/v1/invites", new JsonObject { ["name"] = "guest", ["role"] = role }).Json["link"]!);

    /// <summary>A run of the lab when it has ended.</summary>
    public JsonNode Ended(string id)
    {
        for (var look = 0; look < 600; look++, Thread.Sleep(100))
            if (As("vera").Get($"/api/v1/runs/{id}").Json is var run && (string?)run["state"] is not ("queued" or "running")) return run;
        throw new TimeoutException("the run did not end within a minute");
    }

    public string File(string name, string text) => Folder.File(name, text);

    public PortfolioFolder Portfolio(string name) => new DataFolder(Data.Path).Portfolio(name);

    /// <summary>A loop that has shown a plan and waits, as its status file and its journal say.</summary>
    /// <returns>The digest of the plan.</returns>
    public string Waiting(string name, string plan, string status = "DRAFT", Instant? expires = null, string mode = "paper")
    {
        var folder = Portfolio(name);
        var at = SystemClock.Instance.GetCurrentInstant();
        var record = new JournalRecord.PlanCreated(at, new ExecutionPlan(plan, name, "BTC is 5.34 points over", "schedule", at, expires ?? at + Duration.FromHours(1), new("USDT"), 100m, "a", "b", new(),
            [new ParentOrder(1, "paper", Pair, Side.Sell, 0.1m, 40_000m, 4_000m, "over by 5.34 points")]));
        using (var journal = new FileJournalHandle(folder.Journal(paper: mode == "paper"))) journal.Append(record);
        Directory.CreateDirectory(folder.Root);
        System.IO.File.WriteAllText(folder.Status, new JsonObject
        {
            ["name"] = name, ["mode"] = mode, ["process"] = 1, ["started"] = at.ToString(), ["at"] = at.ToString(), ["state"] = "running", ["lastDecision"] = "", ["orders"] = new JsonArray(),
            ["plan"] = new JsonObject { ["id"] = plan, ["status"] = status, ["why"] = "", ["trades"] = 1 }, ["accounts"] = new JsonArray(new JsonObject { ["account"] = "paper", ["ready"] = true, ["up"] = true, ["why"] = null, ["clockAheadMs"] = null, ["venue"] = null, ["proven"] = null, ["pricedAt"] = null, ["agreedAt"] = null, ["balances"] = new JsonObject() }),
            ["limits"] = new JsonArray(), ["uses"] = new JsonArray(), ["told"] = new JsonArray(), ["kills"] = new JsonObject(),
        }.ToJsonString());
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(RecordCodec.Write(record)));
    }

    public string[] Words(string name) => Directory.Exists(Portfolio(name).Inbox) ? [.. Directory.GetFiles(Portfolio(name).Inbox, "*.word").Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllText)] : [];

    public string[] AuditLines() => System.IO.File.ReadAllLines(Path.Combine(Data.Path, "desk", "audit.jsonl"));

    internal Audit Audit => new DataFolder(Data.Path).Audit();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Folder.Dispose();
        Data.Dispose();
    }

    private static Tradable Pair { get; } = new("BTC/USDT", TradableKind.Spot, new("BTC"), new("USDT"), new("USDT"), 0.00001m, 0.01m, 0.00001m, 5m);
}

/// <summary>A browser, as far as it matters: a cookie, the token of its session, an origin.</summary>
public sealed class Visitor(Uri address, string? cookie = null)
{
    private static readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=desk" } });

    private string? _csrf;

    public string? Cookie => cookie;

    public string Csrf => _csrf ??= (string)Get("/api/v1/session").Json["csrf"]!;

    public static Visitor By(Uri address, string link)
    {
        var answer = new Visitor(address).Get(new Uri(link).PathAndQuery);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return new Visitor(address, answer.Header("Set-Cookie")!.Split(';')[0]);
    }

    public Said Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, null, headers);

    /// <summary>As the page sends it: from its own origin, with the token and a new key unless told otherwise.</summary>
    public Said Post(string path, JsonNode? body = null, params (string Name, string Value)[] headers) => Act("POST", path, body, headers);

    public Said Act(string verb, string path, JsonNode? body, params (string Name, string Value)[] headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Origin"] = address.GetLeftPart(UriPartial.Authority), ["Sec-Fetch-Site"] = "same-origin", ["Idempotency-Key"] = Guid.NewGuid().ToString("n") };
        if (cookie is not null) all["X-CSRF-Token"] = Csrf;
        foreach (var (name, value) in headers) all[name] = value;
        return Send(verb, path, body ?? new JsonObject(), [.. all.Where(h => h.Value.Length > 0).Select(h => (h.Key, h.Value))]);
    }

    /// <summary>A form of a page without script.</summary>
    public Said Form(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return Ask("POST", path, content, [("Origin", address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin")]);
    }

    public Said Send(string verb, string path, JsonNode? body, params (string Name, string Value)[] headers)
    {
        using var content = body is not null && verb != "GET" ? new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") : null;
        return Ask(verb, path, content, headers);
    }

    private Said Ask(string verb, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(address, path)) { Content = content };
        // A connection for each question, and a large body only when it is wanted: no answer is lost with a connection that the other side closes.
        request.Headers.ConnectionClose = true;
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 32_768;
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = _http.Send(request, HttpCompletionOption.ResponseContentRead);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return new(response.StatusCode, reader.ReadToEnd(), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>What the desk answered.</summary>
public sealed record Said(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public int Code => (int)Status;

    public string? Problem => (string?)Json["code"];

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A journal that is written from a test without waiting.</summary>
public sealed class FileJournalHandle(string folder) : IDisposable
{
    private readonly FileJournal _journal = Opened(folder);

    public void Append(params JournalRecord[] records) => _journal.AppendAsync(records, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose() => _journal.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static FileJournal Opened(string folder)
    {
        var journal = new FileJournal(folder, TimeProvider.System);
        journal.Recall();
        return journal;
    }
}
