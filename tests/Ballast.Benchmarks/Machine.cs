using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ballast.Benchmarks;

/// <summary>What the numbers were measured on, and on which of its cores.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, "
        + $"Vector512 {(Vector512.IsHardwareAccelerated ? "in hardware" : "emulated")}, load {Load()}";

    /// <summary>Runs on the last core alone; child processes inherit it.</summary>
    public static void UseOneCore() => Use(1L << (Environment.ProcessorCount - 1));

    public static void UseAllCores() => Use((1L << Math.Min(Environment.ProcessorCount, 62)) - 1);

    private static void Use(long mask)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity = (nint)mask;
        }
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        if (!File.Exists(Info)) return RuntimeInformation.ProcessArchitecture.ToString();
        var fields = File.ReadLines(Info).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        return $"{fields.GetValueOrDefault("model name", "unknown")} (family {fields.GetValueOrDefault("cpu family", "?")}, model {fields.GetValueOrDefault("model", "?")})";
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
