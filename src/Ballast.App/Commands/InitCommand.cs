using System.CommandLine;
using Ballast.App.Examples;
using Ballast.App.Output;

namespace Ballast.App.Commands;

/// <summary><c>ballast init</c>: an example that runs, to change into one's own.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "where to write it", DefaultValueFactory = _ => "." };
        var options = new Option<bool>("--options") { Description = "the example of an options trader instead: a policy, an account, legs and an invented chain" };
        var force = new Option<bool>("--force") { Description = "write over files that are already there" };
        var command = new Command("init",
            """
            Writes a commented example portfolio that runs: core.yaml, holdings.csv and synthetic prices.

            Examples:
              ballast init my && ballast check my/core.yaml
              ballast init desk --options && ballast exposure desk/book.csv --chain desk/chain.csv
            """) { folder, options, force };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetValue(options), parsed.GetValue(force)));
        return command;
    }

    private static int Run(string folder, bool options, bool force)
    {
        var files = (options ? Example.OfOptions() : Example.Files()).ToArray();
        var there = files.Select(f => Path.Combine(folder, f.Name)).Where(File.Exists).ToArray();
        if (there.Length > 0 && !force)
            throw new InvalidInputException($"{string.Join(", ", there)} {(there.Length == 1 ? "is" : "are")} already there; --force writes over {(there.Length == 1 ? "it" : "them")}. Nothing was written.");
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
        Console.WriteLine($"Wrote {string.Join(", ", files.Select(f => Path.Combine(folder, f.Name)))}. The prices are synthetic.");
        Console.WriteLine(options
            ? $"Next: ballast exposure {Path.Combine(folder, "book.csv")} --chain {Path.Combine(folder, "chain.csv")}"
            : $"Next: ballast plan {Path.Combine(folder, "core.yaml")} --holdings {Path.Combine(folder, "holdings.csv")} --prices {Path.Combine(folder, "synthetic-prices.csv")}");
        return Outcome.Done;
    }
}
