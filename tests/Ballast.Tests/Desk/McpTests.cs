using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.App.Serving;
using Ballast.App.Serving.Mcp;

namespace Ballast.Tests.Serving;

/// <summary>What an assistant may do, asked by a client that knows nothing but JSON-RPC.</summary>
public sealed class McpTests(DeskProcess desk) : IClassFixture<DeskProcess>
{
    private static readonly string[] Tools = ["explain", "journal", "overview", "plan", "report", "rules", "status", "verify", "whatif"];

    private static JsonObject Hello => Asked(1, "initialize", new() { ["protocolVersion"] = "2025-06-18", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" } });

    private static JsonObject Asked(int id, string method, JsonObject parameters) => new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters };

    private static JsonObject Tool(int id, string name, JsonObject arguments) => Asked(id, "tools/call", new() { ["name"] = name, ["arguments"] = arguments });

    [Fact]
    public void Over_a_pipe_an_assistant_reads_what_the_verbs_print()
    {
        using var pipe = new Pipe("--folder", desk.Folder.Path, "--data", desk.Data.Path);
        var hello = pipe.Ask(Hello)["result"]!;
        Assert.Equal(("2025-06-18", "ballast"), ((string?)hello["protocolVersion"], (string?)hello["serverInfo"]!["name"]));
        pipe.Tell(new() { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" });
        Assert.Equal(Tools, pipe.Ask(Asked(2, "tools/list", []))["result"]!["tools"]!.AsArray().Select(t => (string?)t!["name"]).Order());
        var plan = pipe.Ask(Tool(3, "plan", new() { ["portfolio"] = "core" }))["result"]!;
        Assert.True(JsonNode.DeepEquals(plan["structuredContent"], desk.As("vera").Get("/api/v1/portfolios/core/plan").Json));
        Assert.True(JsonNode.DeepEquals(plan["structuredContent"], JsonNode.Parse((string)plan["content"]![0]!["text"]!)));
        Assert.Equal("NOT_FOUND", ((string)pipe.Ask(Tool(4, "plan", new() { ["portfolio"] = "../core" }))["result"]!["content"]![0]!["text"]!).Split(':')[0]);
        Assert.Equal(-32602, (int)pipe.Ask(Tool(5, "approve", new() { ["portfolio"] = "core" }))["error"]!["code"]!);
    }

    [Fact]
    public void Over_HTTP_a_token_reads_and_cannot_act()
    {
        var token = Ballast.Tests.App.Cli.Run("serve", "token", "add", "assistant", "--data", desk.Data.Path).Out.Split('\n')[0];
        Assert.Equal("ballast", (string?)Http(Hello, token)["result"]!["serverInfo"]!["name"]);
        Assert.Equal(Tools, Http(Asked(2, "tools/list", []), token)["result"]!["tools"]!.AsArray().Select(t => (string?)t!["name"]).Order());
        foreach (var tool in Tools)
        {
            var answer = Http(Tool(3, tool, tool == "overview" ? [] : new() { ["portfolio"] = "core" }), token)["result"]!;
            Assert.False((bool?)answer["isError"] ?? false, $"{tool}: {answer["content"]}");
        }
        var bare = new Visitor(desk.Address);
        Assert.Equal(401, bare.Send("POST", "/mcp", Hello, ("Authorization", "Bearer ballast_guess")).Code);
        Assert.Equal(401, bare.Send("POST", "/mcp", Hello, ("Origin", desk.Address.GetLeftPart(UriPartial.Authority))).Code);
        Assert.Equal((403, "ROLE"), bare.Send("POST", "/api/v1/safety/stop", new JsonObject(), ("Authorization", "Bearer " + token)) is var a ? (a.Code, a.Problem) : default);
        Assert.Equal(405, bare.Get("/mcp").Code);
        Assert.Equal(200, bare.Get("/api/v1/overview", ("Authorization", "Bearer " + token)).Code);
        Assert.Equal(403, bare.Send("POST", "/mcp", Hello, ("Authorization", "Bearer " + token), ("Origin", "https://evil.example")).Code);
        Ballast.Tests.App.Cli.Run("serve", "token", "remove", "assistant", "--data", desk.Data.Path);
        Assert.Equal(401, bare.Get("/api/v1/overview", ("Authorization", "Bearer " + token)).Code);
    }

    [Fact]
    public void Over_HTTP_the_session_of_a_page_reads()
    {
        var answer = desk.As("vera").Post("/mcp", Hello, ("Accept", "application/json, text/event-stream"));
        Assert.Equal("ballast", (string?)Event(answer)["result"]!["serverInfo"]!["name"]);
        Assert.Equal((403, "CSRF"), desk.As("vera").Post("/mcp", Hello, ("X-CSRF-Token", "")) is var a ? (a.Code, a.Problem) : default);
        Assert.Equal(400, desk.As("vera").Post("/mcp", new JsonArray(1)).Code);
        Assert.Equal(202, desk.As("vera").Post("/mcp", new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" }).Code);
    }

    [Fact]
    public void The_journal_is_searched_by_its_words()
    {
        desk.Waiting("core", "told-to-an-assistant");
        using var pipe = new Pipe("--folder", desk.Folder.Path, "--data", desk.Data.Path);
        pipe.Ask(Hello);
        var found = pipe.Ask(Tool(2, "journal", new() { ["portfolio"] = "core", ["find"] = "TOLD-to-an", ["journal"] = "paper" }))["result"]!["structuredContent"]!;
        Assert.Equal("told-to-an-assistant", (string?)Assert.Single(found["items"]!.AsArray())!["plan"]);
        Assert.Equal("BAD_REQUEST", ((string)pipe.Ask(Tool(3, "journal", new() { ["portfolio"] = "core", ["journal"] = "../../etc" }))["result"]!["content"]![0]!["text"]!).Split(':')[0]);
    }

    [Fact]
    public void Every_tool_says_that_it_only_reads_and_nothing_that_acts_is_within_its_reach()
    {
        using var pipe = new Pipe("--folder", desk.Folder.Path, "--data", desk.Data.Path);
        pipe.Ask(Hello);
        Assert.All(pipe.Ask(Asked(2, "tools/list", []))["result"]!["tools"]!.AsArray(), t => Assert.Equal((true, false), ((bool)t!["annotations"]!["readOnlyHint"]!, (bool)t["annotations"]!["destructiveHint"]!)));
        Type[] acting = [typeof(Acts), typeof(Inbox), typeof(KillSwitch), typeof(Starting), typeof(global::Ballast.Adapters.DataFolder), typeof(global::Ballast.Adapters.Journal.FileJournal), typeof(global::Ballast.Adapters.Connectors.ConnectedVenue), typeof(global::Ballast.Adapters.Secrets.Vault), typeof(Loops)];
        Assert.DoesNotContain(Held(typeof(Readings), []), acting.Contains);
        Assert.Contains(Held(typeof(global::Ballast.App.Serving.Desk), []), acting.Contains);
    }

    [Fact]
    public void What_an_assistant_asks_leaves_every_file_as_it_was()
    {
        using var other = new DeskProcess();
        other.Waiting("core", "core-1");
        string[] Stamps() => [.. new[] { other.Folder.Path, other.Data.Path }.SelectMany(f => Directory.GetFiles(f, "*", SearchOption.AllDirectories)).Order().Select(f => $"{f} {File.GetLastWriteTimeUtc(f).Ticks} {new FileInfo(f).Length}")];
        var before = Stamps();
        using var pipe = new Pipe("--folder", other.Folder.Path, "--data", other.Data.Path);
        pipe.Ask(Hello);
        var id = 1;
        foreach (var tool in Tools) pipe.Ask(Tool(++id, tool, tool == "overview" ? [] : new() { ["portfolio"] = "core" }));
        Assert.Equal(before, Stamps());
    }

    /// <summary>Types of ours that a type holds, and what these hold.</summary>
    private static HashSet<Type> Held(Type type, HashSet<Type> seen)
    {
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            foreach (var held in new[] { field.FieldType }.Concat(field.FieldType.GenericTypeArguments))
                if (held.FullName?.StartsWith("Ballast.", StringComparison.Ordinal) == true && seen.Add(held)) Held(held, seen);
        return seen;
    }

    private JsonNode Http(JsonObject message, string token) => Event(new Visitor(desk.Address).Send("POST", "/mcp", message, ("Authorization", "Bearer " + token), ("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2025-06-18")));

    private static JsonNode Event(Said answer)
    {
        Assert.True(answer.Code == 200, $"{answer.Code} {answer.Text}");
        return JsonNode.Parse(answer.Text.Split('\n').First(l => l.StartsWith("data:", StringComparison.Ordinal) && l.Length > 6)["data:".Length..])!;
    }

    /// <summary>The program as an assistant starts it.</summary>
    private sealed class Pipe : IDisposable
    {
        private readonly Process _process;

        public Pipe(params string[] args) => _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ballast.dll"), "mcp", .. args])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false),
        })!;

        public void Tell(JsonObject message)
        {
            _process.StandardInput.WriteLine(message.ToJsonString());
            _process.StandardInput.Flush();
        }

        public JsonNode Ask(JsonObject message)
        {
            Tell(message);
            return JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the pipe has ended"))!;
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            Assert.True(_process.WaitForExit(10_000));
            Assert.Equal(0, _process.ExitCode);
            _process.Dispose();
        }
    }
}
