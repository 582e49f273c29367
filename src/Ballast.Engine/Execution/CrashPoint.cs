using System.Diagnostics;
using System.Globalization;

namespace Ballast.Engine.Execution;

/// <summary>
/// Places at which a test may kill this process: <c>BALLAST_CRASHPOINT=send.after:3</c> ends it, as <c>kill -9</c> does, when it passes there for the third time.
/// Without that variable nothing happens.
/// </summary>
internal static class CrashPoint
{
    private static readonly (string Name, int Pass)? Set = Read(Environment.GetEnvironmentVariable("BALLAST_CRASHPOINT"));
    private static int _passes;

    public static void Pass(string name)
    {
        if (Set is not { } set || set.Name != name || Interlocked.Increment(ref _passes) != set.Pass) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite); // Nothing more is done until the signal has arrived.
    }

    private static (string, int)? Read(string? text) => text?.Split(':') switch
    {
        [var name] => (name, 1),
        [var name, var pass] when int.TryParse(pass, CultureInfo.InvariantCulture, out var number) => (name, number),
        _ => null,
    };
}
