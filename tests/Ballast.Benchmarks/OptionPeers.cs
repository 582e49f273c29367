using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ballast.Benchmarks;

/// <summary>Another program that does the rows of options: what it needs, compiled on this machine in the same run.</summary>
internal sealed class OptionPeer(string name, string program)
{
    public string Name => name;

    /// <summary>gcc's vector code and QuantLib, each where it can be built.</summary>
    public static IReadOnlyList<OptionPeer> All() =>
    [
        .. Build("C", "gcc", "options_vector.c", ["-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math"], "-lm", "apt-get install gcc"),
        .. Build("QuantLib", "g++", "options_quantlib.cpp", ["-O3", "-march=native", "-w"], "-lQuantLib", "apt-get install g++ libquantlib0-dev"),
    ];

    private static OptionPeer[] Build(string name, string compiler, string source, string[] flags, string library, string install)
    {
        var (from, to) = (Path.Combine(Folders.Root, "tests/Ballast.Benchmarks/peers", source), Path.Combine(Folders.Scratch, Path.GetFileNameWithoutExtension(source)));
        if (Output(compiler, [.. flags, from, "-o", to, library]) is not null) return [new(name, to)];
        Console.WriteLine($"without {name}: {install}");
        return [];
    }

    /// <summary>Nanoseconds of CPU an item and all results of a row; null where this program does not do it.</summary>
    public (double Nanoseconds, double[] Results)? Run(string row, string input)
    {
        var results = Path.Combine(Folders.Scratch, "options-results.bin");
        if (Output(program, row, input, results) is not { } line) return null;
        return (double.Parse(line, CultureInfo.InvariantCulture), MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(results)).ToArray());
    }

    /// <summary>A count and the columns, as these programs read them.</summary>
    public static string Write(string row, double[][] columns)
    {
        var path = Path.Combine(Folders.Scratch, $"options-{row}.bin");
        double[] all = [columns[0].Length, .. columns.SelectMany(column => column)];
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<double>(all).ToArray());
        return path;
    }

    private static string? Output(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
}
