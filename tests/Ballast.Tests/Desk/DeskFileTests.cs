using System.Text.Json.Nodes;
using Ballast.Tests.App;

namespace Ballast.Tests.Serving;

/// <summary>A portfolio file changed at the desk: the faults of the command line, and nothing lost.</summary>
public sealed class DeskFileTests : IDisposable
{
    private const string Route = "/api/v1/portfolios/core/file";

    private readonly DeskProcess _desk = new();

    private string Path => System.IO.Path.Combine(_desk.Folder.Path, "core.yaml");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void What_is_wrong_is_said_as_on_the_command_line()
    {
        var text = File.ReadAllText(Path).Replace("USDT", "usdt ?", StringComparison.Ordinal);
        var said = _desk.As("vera").Post(Route + "/check", new JsonObject { ["text"] = text }).Json;
        File.WriteAllText(Path, text);
        var printed = JsonNode.Parse(Cli.Run("check", Path, "--json").Out)!;
        Assert.NotEmpty(printed["faults"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(printed["faults"], said["faults"]));
    }

    [Fact]
    public void What_is_saved_is_the_file_byte_for_byte()
    {
        var read = Read();
        var text = (string)read["text"]! + "# wider, from März\r\n";
        Assert.Equal(200, Put(text, (string)read["version"]!).Code);
        Assert.Equal(text, File.ReadAllText(Path));
        Assert.Equal(text, (string)Read()["text"]!);
    }

    [Fact]
    public void A_file_that_is_not_valid_is_not_written()
    {
        var before = File.ReadAllText(Path);
        var answer = Put("version: 1\nname: core\nbase: USDT\ntargets:\n  weights: { BTC: 50% }\n", (string)Read()["version"]!);
        Assert.Equal((422, "FILES_WRONG"), (answer.Code, answer.Problem));
        Assert.NotEmpty(answer.Json["faults"]!.AsArray());
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void Who_read_an_older_file_overwrites_nothing()
    {
        var read = Read();
        File.AppendAllText(Path, "# by another\n");
        Assert.Equal((409, "CHANGED"), Put((string)read["text"]!, (string)read["version"]!) is var a ? (a.Code, a.Problem) : default);
        Assert.EndsWith("# by another\n", File.ReadAllText(Path));
    }

    private JsonNode Read() => _desk.As("vera").Get(Route).Json;

    private Said Put(string text, string version) => _desk.As("anna").Act("PUT", Route, new JsonObject { ["text"] = text, ["version"] = version });
}
