using Ballast.App;

namespace Ballast.Tests.App;

/// <summary>The program within the test's own process: quick enough for hundreds of runs. Its tests stand in <see cref="Alone"/>, for the console is everybody's.</summary>
public static class Terminal
{
    /// <summary>A collection that runs while no other test does.</summary>
    public const string Alone = "Console";

    public static Cli Run(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        try
        {
            Console.SetOut(said);
            Console.SetError(complained);
            var code = CommandLine.Run(args);
            return new Cli(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}

[CollectionDefinition(Terminal.Alone, DisableParallelization = true)]
public sealed class TheConsole;
