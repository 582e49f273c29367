using Ballast.Adapters.Running;
using Ballast.Tests.App;

namespace Ballast.Tests.Adapters.Running;

/// <summary>The switch as a file: set it stays, whatever the disk does, and it is never made narrower.</summary>
public sealed class KillSwitchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string At => Path.Combine(_folder.Path, "KILL");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_set_is_read_and_cleared()
    {
        Assert.Null(new KillSwitch(At).Read());
        var kill = new Kill("desk", "vera", "looks wrong");
        Assert.Equal(kill, new KillSwitch(At).Set(kill));
        Assert.Equal(kill, new KillSwitch(At).Read());
        Assert.True(new KillSwitch(At).Clear());
        Assert.Null(new KillSwitch(At).Read());
    }

    [Theory]
    [InlineData("*", "desk")]
    [InlineData("desk", "*")]
    [InlineData("desk", "cold")]
    public void A_second_one_never_makes_it_narrower(string first, string second)
    {
        new KillSwitch(At).Set(new Kill(first, "vera", "one"));
        Assert.Equal("*", new KillSwitch(At).Set(new Kill(second, "otto", "two")).Scope);
        Assert.Contains("one", new KillSwitch(At).Read()!.Reason);
    }

    [Fact]
    public void A_file_that_somebody_made_by_hand_stops_everything()
    {
        File.WriteAllText(At, "");
        Assert.Equal("*", new KillSwitch(At).Read()!.Scope);
    }

    [Fact]
    public void A_full_disk_takes_an_empty_file_that_stops_everything()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        File.CreateSymbolicLink(At + ".part", "/dev/full");
        Assert.Equal("*", new KillSwitch(At).Set(new Kill("desk", "vera", "looks wrong")).Scope);
        Assert.Equal("", File.ReadAllText(At));
    }
}
