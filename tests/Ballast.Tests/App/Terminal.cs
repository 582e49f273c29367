using Ballast.App;

namespace Ballast.Tests.App;

/// <summary>The program within the test's own process: quick enough for hundreds of runs. One at a time, for the console is everybody's.</summary>
public static class Terminal
{
    private static readonly Lock Gate = new();

    public static Cli Run(params string[] args)
    {
        lock (Gate)
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
}
