using System.CommandLine;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Serving;
using Ballast.App.Serving.Mcp;

namespace Ballast.App.Commands;

/// <summary><c>ballast mcp</c>: lets an assistant on this machine read, over its pipe.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "portfolio files (YAML); their holdings and prices lie beside them", Arity = ArgumentArity.ZeroOrMore };
        var folder = new Option<string?>("--folder") { Description = "a folder of portfolio files", HelpName = "DIR" };
        var data = Options.Data();
        var command = new Command("mcp",
            """
            Speaks the Model Context Protocol over its input and output, for an assistant that starts it. The assistant may look, ask what would be, and search
            the journal; it can trade nothing, approve nothing and stop nothing.

            Example (in the settings of the assistant):
              { "mcpServers": { "ballast": { "command": "ballast", "args": ["mcp", "--folder", "my"] } } }
            """) { files, folder, data };
        command.SetAction(async (parsed, cancel) =>
        {
            var shelf = new Shelf([.. parsed.GetValue(files) ?? []], parsed.GetValue(folder) is { } named ? Path.GetFullPath(named) : null);
            var readings = Readings.Of(new Portfolios(shelf), new JournalView(), new Loops(DataFolder.Of(parsed.GetValue(data))));
            await new McpDesk(readings).RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancel);
            return Outcome.Done;
        });
        return command;
    }
}
