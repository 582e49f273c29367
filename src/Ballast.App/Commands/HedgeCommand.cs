using System.CommandLine;
using Ballast.App.Output;
using Ballast.Numerics.Allocation;
using Ballast.Hedging;

namespace Ballast.App.Commands;

/// <summary><c>ballast hedge</c>: the trades that bring a book's Greeks back to the outlook. Nothing is sent.</summary>
internal static class HedgeCommand
{
    public static Command Create()
    {
        var (file, asked) = (Options.File(), new Desk.Asked());
        var book = new Option<string>("--book") { Description = "the account: CSV instrument,quantity[,entry,account]; a row BTC,2.5 is a balance", HelpName = "CSV", Required = true };
        var now = new Option<bool>("--now") { Description = "hedge to the outlook though no rule fires" };
        var exitCode = new Option<bool>("--exit-code") { Description = "end with 10 when trades are due" };
        var command = new Command("hedge",
            """
            Says which trades bring a book's delta, gamma and vega back to the outlook of the policy's hedge section at the least cost, what they cost,
            what the band costs a day against the risk it leaves, and the margin before and after. Sends nothing.

            Example:
              ballast hedge vol-book.yaml --book book.csv --chain chain.csv
            """);
        command.Add(file);
        command.Add(book);
        asked.AddMarketTo(command);
        command.Add(now);
        command.Add(exitCode);
        command.SetAction(parsed =>
        {
            var inputs = new Inputs(parsed.GetValue(asked.AsJson));
            var policy = inputs.Policy(parsed.GetRequiredValue(file));
            var desk = asked.Read(parsed, parsed.GetRequiredValue(book), inputs);
            var hedged = Hedged.Of(policy!, desk, parsed.GetValue(now));
            Console.Write(parsed.GetValue(asked.AsJson) ? Json.Text(HedgeJson.Of(hedged)) + Environment.NewLine : HedgeText.Of(hedged));
            return hedged.Plan is null ? Outcome.Refused : parsed.GetValue(exitCode) && !hedged.Plan.Trades.IsEmpty ? Outcome.TradesDue : Outcome.Done;
        });
        return command;
    }
}
