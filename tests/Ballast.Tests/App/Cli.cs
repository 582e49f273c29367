using System.Diagnostics;
using System.Text.Json;

namespace Ballast.Tests.App;

/// <summary>The program as a user runs it: a process of its own, with its output and its exit code.</summary>
public sealed record Cli(int ExitCode, string Out, string Err)
{
    public static Cli Run(params string[] args) => Run(passphrase: null, args);

    /// <param name="passphrase">Of the vault, as the program finds it in its environment.</param>
    public static Cli Run(string? passphrase, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ballast.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (passphrase is not null) start.Environment["BALLAST_PASSPHRASE"] = passphrase;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Cli(process.ExitCode, output, error.Result);
    }

    /// <summary>The one JSON object of a run that succeeded.</summary>
    public JsonElement Json()
    {
        Assert.True(ExitCode is 0 or 10, $"exit {ExitCode}: {Err}");
        return JsonDocument.Parse(Out).RootElement;
    }
}

/// <summary>A folder that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ballast-").FullName;

    public string File(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
