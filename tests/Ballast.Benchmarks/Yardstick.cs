using System.Diagnostics;
using System.Text.Json;

namespace Ballast.Benchmarks;

/// <summary>The C kernel beside which the rows are quoted, compiled on this machine in the same run.</summary>
internal sealed class Yardstick(string program)
{
    /// <summary>Null, with the reason printed, where there is no compiler.</summary>
    public static Yardstick? Build()
    {
        var source = Path.Combine(Folders.Root, "tests/Ballast.Benchmarks/yardstick/rebal.c");
        var program = Path.Combine(Folders.Scratch, "rebal");
        try
        {
            Execute("gcc", "-O3", "-march=native", "-w", source, "-lm", "-o", program);
            return new Yardstick(program);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.WriteLine($"no C kernel beside ours: {e.Message}");
            return null;
        }
    }

    /// <summary>Median CPU milliseconds of the repeats, the end value (the sum of them for a sweep) and the count of rebalances.</summary>
    public (double Milliseconds, double End, long Rebalances) Measure(History history, string what, int repeats)
    {
        var line = Execute(program, history.PricesCsv, history.WeightsCsv, what, repeats.ToString());
        var json = JsonDocument.Parse(line).RootElement;
        return (json.GetProperty("ms").GetDouble(), json.GetProperty("end").GetDouble(), json.GetProperty("rebalances").GetInt64());
    }

    private static string Execute(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} ended with {process.ExitCode}");
    }
}
