using System.Diagnostics;
using System.Text.RegularExpressions;
using Ballast.Tests.Connectors;

namespace Ballast.Tests.App.Commands;

/// <summary>The examples of the help of the operating verbs, run as they are printed, in a folder as <c>init</c> makes it, at the simulated exchange.</summary>
public sealed partial class HelpDrillTests : IDisposable
{
    /// <summary>Examples that are not run here, and why.</summary>
    private static readonly Dictionary<string, string> Left = new()
    {
        ["alerts test core.yaml"] = "sends to a person; OperatingVerbTests does it with a server of its own",
        ["serve --folder my"] = "stays; the tests of the desk start it",
        ["serve users add anna --role admin"] = "asks for a password twice; DeskSignInTests answers",
    };

    private static readonly string[] Operating = ["run", "status", "approve", "decline", "accept", "stop", "kill", "unkill", "keys", "journal", "journal verify", "journal show", "journal export", "alerts", "data", "data fetch", "backup", "restore", "doctor", "serve", "serve users", "serve token", "serve audit"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string[]> _examples = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_example_in_the_help_of_the_operating_verbs_runs()
    {
        await using var exchange = await SimulatedExchange.StartAsync();
        Done("init .");
        File.Copy(At("synthetic-prices.csv"), At("prices.csv"));
        foreach (var verb in Operating) _examples[verb] = Examples(Ran($"{verb} --help").Out);

        Run("status", "run"); // Of run the first: history.
        Run("doctor");
        RunWith("keys", "demo-key\ndemo-secret\n");
        RunWith("alerts", "123:token\n42\n");
        await Live(exchange, ["decline", "stop", "accept", "kill", "unkill"], "decline");
        Directory.Delete(At("home/portfolios"), recursive: true);
        await Live(exchange, ["approve"], "approve");
        Assert.NotEmpty((await exchange.BooksAsync()).GetProperty("trades").EnumerateArray());

        Run("journal", "journal verify", "journal show", "journal export", "backup", "restore", "serve token", "serve audit");
        File.Delete(At("prices.csv"));
        foreach (var example in _examples["data fetch"].Union(_examples["data"]))
        {
            Done($"{example} --exchange {exchange.Url}");
            _ran.Add(example);
        }
        var forgotten = _examples.SelectMany(e => e.Value).Where(e => !_ran.Contains(e) && !Left.ContainsKey(e)).ToArray();
        Assert.True(forgotten.Length == 0, string.Join('\n', forgotten));
        Assert.All(_examples, e => Assert.True(e.Value.Length > 0, $"{e.Key}: no example in its help"));
    }

    private readonly HashSet<string> _ran = [];

    /// <summary>The loop as the help starts it, until the words of these verbs were heard.</summary>
    private async Task Live(SimulatedExchange exchange, string[] verbs, string answer)
    {
        var example = _examples["run"].Single(e => e.Contains("--live", StringComparison.Ordinal));
        using var loop = Start(example.Replace("http://127.0.0.1:7070", exchange.Url.ToString().TrimEnd('/')), null);
        _ran.Add(example);
        var said = new List<string>();
        var reading = Task.Run(async () =>
        {
            while (await loop.StandardOutput.ReadLineAsync() is { } line) lock (said) said.Add(line);
        });
        try
        {
            var status = At("home/portfolios/core/status.json");
            await Until(() => File.Exists(status) && File.ReadAllText(status).Contains("\"DRAFT\"", StringComparison.Ordinal), said);
            foreach (var verb in verbs) Run(verb);
            if (answer == "approve") await Until(() => File.ReadAllText(status).Contains("\"COMPLETED", StringComparison.Ordinal), said);
        }
        finally
        {
            loop.Kill(entireProcessTree: true);
            await loop.WaitForExitAsync();
            await reading;
        }
    }

    private static async Task Until(Func<bool> done, List<string> said)
    {
        for (var waited = 0; !done(); waited++, await Task.Delay(100))
            if (waited > 600) Assert.Fail(string.Join('\n', said));
    }

    private void Run(params string[] verbs) => Array.ForEach(verbs, v => RunWith(v, null));

    private void RunWith(string verb, string? input)
    {
        foreach (var example in _examples[verb].Distinct().Where(e => !e.Contains("--live", StringComparison.Ordinal) && !Left.ContainsKey(e))) Done(example, input);
    }

    private void Done(string example, string? input = null)
    {
        var (code, output, error) = Ran(example, input);
        Assert.True(code == 0, $"`ballast {example}` ended with {code}:\n{output}{error}");
        _ran.Add(example);
    }

    private (int Code, string Out, string Err) Ran(string example, string? input = null)
    {
        using var process = Start(example, input);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private Process Start(string example, string? input)
    {
        var words = Word().Matches(example).Select(m => m.Value.Trim('"'));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ballast.dll"), .. words])
        {
            WorkingDirectory = _folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["BALLAST_HOME"] = At("home"), ["BALLAST_PASSPHRASE"] = "a long passphrase" },
        };
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static string[] Examples(string help) => [.. Example().Matches(help).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\s+ballast ((?!\[)[^\n\[<]+?)(?:\s{2,}.*)?$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
