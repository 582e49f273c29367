using System.Text;
using Ballast.App;
using Ballast.App.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
try
{
    return CommandLine.Run(args);
}
catch (InvalidInputException fault)
{
    Console.Error.WriteLine(fault.Message);
    return Outcome.BadInput;
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
