using System.Globalization;
using FsCheck;

namespace Ballast.Tests;

/// <summary>
/// How properties are drawn: from one seed, so that a run can be repeated. <c>SEED=n</c> draws others, <c>CASES=k</c> k times as many.
/// A seed that finds a fault becomes an example of its own.
/// </summary>
public static class Chance
{
    private static readonly ulong Seed = Number("SEED", 20261123);
    private static readonly int Times = (int)Number("CASES", 1);

    public static Config Cases(int count) => Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count * Times).WithReplay(new Replay(new Rnd(Seed), null));

    private static ulong Number(string name, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
