using System.CommandLine;
using Ballast.App.Commands;
using Ballast.App.Output;

namespace Ballast.App;

/// <summary>All verbs, wired: the one place that knows them all.</summary>
public static class CommandLine
{
    /// <summary>Runs a verb; whatever happens becomes an exit code and a sentence.</summary>
    public static int Run(string[] args)
    {
        try
        {
            return Invoke(args);
        }
        catch (InvalidInputException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return Outcome.BadInput;
        }
        catch (Adapters.Secrets.VaultException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return Outcome.Refused;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stopped");
            return Outcome.WorldFailed;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ballast: {fault.Message}");
            return Outcome.WorldFailed;
        }
        catch (Exception fault) // The last stop: what nobody expected is our defect, and says so.
        {
            Console.Error.WriteLine($"ballast: a defect of ours, not of your input: {fault}");
            return Outcome.Defect;
        }
    }

    private static int Invoke(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"ballast: {error.Message}");
        Console.Error.WriteLine($"`ballast {string.Join(' ', args.Take(1).Where(a => !a.StartsWith('-')))} --help` shows what is expected.".Replace("ballast  ", "ballast "));
        return Outcome.BadInput;
    }

    public static RootCommand Root() => new(
        """
        Ballast brings a portfolio back to what you want it to be: it says what to trade and why, and what the same rules would have done in history.

        First steps:
          ballast init my                                   an example portfolio with synthetic prices, in ./my
          ballast check my/core.yaml                        what the rules say, in plain words
          ballast plan my/core.yaml --holdings my/holdings.csv --prices my/synthetic-prices.csv
          ballast backtest my/core.yaml --prices my/synthetic-prices.csv --out report
        """)
    {
        InitCommand.Create(), CheckCommand.Create(), StatusCommand.Create(), PlanCommand.Create(), ExplainCommand.Create(),
        BacktestCommand.Create(), SweepCommand.Create(), OptimizeCommand.Create(), FrontierCommand.Create(), MetricsCommand.Create(),
        PriceCommand.Create(), ImpliedCommand.Create(), SmileCommand.Create(),
        ExposureCommand.Create(), HedgeCommand.Create(), HedgeTestCommand.Create(), MarginCommand.Create(), WhatIfCommand.Create(), ScheduleCommand.Create(), MakerCommand.Create(),
        RunCommand.Create(), LoopCommands.Approve(), LoopCommands.Decline(), LoopCommands.Accept(), LoopCommands.Stop(), KillCommand.Kill(), KillCommand.Unkill(), KeysCommand.Create(), JournalCommand.Create(),
        AlertsCommand.Create(), DataCommand.Create(), BackupCommand.Backup(), BackupCommand.Restore(), DoctorCommand.Create(), ServeCommand.Create(), McpCommand.Create(),
    };
}

/// <summary>Something in the user's input that no file reader reports: a path, an option. The message is for people; the exit code is 2.</summary>
public sealed class InvalidInputException(string message) : Exception(message);
