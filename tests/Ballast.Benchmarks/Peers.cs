using System.Diagnostics;
using System.Globalization;

namespace Ballast.Benchmarks;

/// <summary>What another program found for a row, and its CPU time.</summary>
internal sealed record Peer(string Row, int Assets, string Name, double Objective, double Ms);

/// <summary>Other people's programs beside ours, on the same core in the same minutes: the scripts of the folder peers, where what they need is installed.</summary>
internal static class Peers
{
    private static readonly string Scripts = Path.Combine(Folders.Root, "tests/Ballast.Benchmarks/peers");

    public static IReadOnlyList<Peer> Of(string wanted, string inputs) =>
    [
        .. Python() is { } python ? Lines(python, Path.Combine(Scripts, "optimisers.py"), inputs, wanted) : Missing("cvxopt and SciPy: apt-get install python3-cvxopt python3-scipy"),
        .. Runs("Rscript", "-e", "library(quadprog)") ? Lines("Rscript", Path.Combine(Scripts, "optimisers.R"), inputs, wanted) : Missing("quadprog: apt-get install r-cran-quadprog"),
    ];

    /// <summary>HiGHS on the hedges in a folder; the number of a hedge stands for the assets.</summary>
    public static IReadOnlyList<Peer> OfHedges(string inputs) =>
        Python() is { } python ? [.. Lines(python, Path.Combine(Scripts, "hedges.py"), inputs)] : Missing("SciPy: apt-get install python3-cvxopt python3-scipy");

    /// <summary>A distribution's packages belong to its own interpreter, which need not be the first.</summary>
    private static string? Python() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(name => Runs(name, "-c", "import cvxopt, scipy"));

    private static Peer[] Missing(string what)
    {
        Console.WriteLine($"without {what}");
        return [];
    }

    private static bool Runs(params string[] command) => Output(command) is not null;

    private static IEnumerable<Peer> Lines(params string[] command) => (Output(command) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var words = line.Split(' ');
        return new Peer(words[0], int.Parse(words[1], CultureInfo.InvariantCulture), words[2], Number(words[3]), Number(words[4]));
    });

    /// <summary>Null where the program is not there or fails.</summary>
    private static string? Output(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.Wait();
            return process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
