using System.CommandLine;
using Ballast.App.Output;

namespace Ballast.App.Commands;

/// <summary><c>ballast exposure</c>: what a derivatives book stands to gain or lose, in the unit of the goal.</summary>
internal static class ExposureCommand
{
    public static Command Create()
    {
        var asked = new Desk.Asked();
        var from = new Option<string?>("--from") { Description = "also explain by Greek what the book gained since this time; the chain must go back so far", HelpName = "TIME" };
        var command = new Command("exposure",
            """
            Says what a derivatives book is exposed to: every delta a trader may mean, side by side, gamma, vega by expiry, theta, and the ladders.

            Coin-settled options cost coin, so their premium is itself exposed. Whoever counts wealth in coin hedges the first delta, whoever counts in
            money the second; the Black-Scholes delta of most screens leaves the premium out.

            Example:
              ballast exposure book.csv --chain chain.csv
            """);
        asked.AddTo(command);
        command.Add(from);
        command.SetAction(parsed =>
        {
            var desk = asked.Read(parsed);
            var report = desk.Exposures;
            var explained = Options.Time(parsed.GetValue(from), "--from") is { } since ? Explained.Since(desk, since) : null;
            Console.Write(parsed.GetValue(asked.AsJson) ? Json.Text(ExposureJson.Of(desk, report, explained)) + Environment.NewLine : ExposureText.Of(desk, report, explained));
            return report.Complete ? Outcome.Done : Outcome.Refused;
        });
        return command;
    }
}
