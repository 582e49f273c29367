using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary><c>ballast plan</c>: the trades, in order, with their cost and reason. Nothing is sent.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var asked = new Present.Asked();
        var ways = new Ways();
        var outFolder = new Option<string?>("--out") { Description = "also write plan.csv and plan.txt (to paste as an order ticket) into this folder", HelpName = "DIR" };
        var exitCode = new Option<bool>("--exit-code") { Description = "end with 10 when trades are due" };
        var command = new Command("plan",
            """
            Says what to trade now, in an order that venues accept, and why; and for every line that is not traded, why not. Sends nothing.

            Examples:
              ballast plan core.yaml --holdings holdings.csv --prices prices.csv
              ballast plan core.yaml --holdings holdings.csv --prices prices.csv --cash 1000    "I have 1,000 USDT: what do I buy?"
            """);
        asked.AddTo(command);
        ways.AddTo(command);
        command.Add(outFolder);
        command.Add(exitCode);
        var (book, desk) = (new Option<string?>("--book") { Description = "the derivatives account of the policy's hedge section: its trades come before those of the weights", HelpName = "CSV" }, new Desk.Asked());
        foreach (Option option in (Option[])[book, desk.OptionalChain, desk.Contracts]) command.Add(option);
        command.SetAction(parsed =>
        {
            var planned = Planned.Of(asked, ways, parsed);
            var hedged = parsed.GetValue(book) is { } account ? Hedged.Of(planned.Now.Policy, desk.ReadBeside(parsed, account), parsed.GetValue(ways.Now)) : null;
            if (hedged is null && planned.Now.Policy.Hedge is not null) Console.Error.WriteLine("Note: the hedge section is not looked at without --book and --chain.");
            if (parsed.GetValue(asked.AsJson)) Console.WriteLine(Json.Text(WithHedge(PlanJson.Of(planned), hedged)));
            else Console.Write((hedged is null ? "" : HedgeText.Of(hedged) + Environment.NewLine) + PlanText.Of(planned));
            if (parsed.GetValue(outFolder) is { } folder && planned.Plan is { } plan) PlanFiles.Write(folder, planned, plan);
            return planned.Refusal is not null || hedged is { Plan: null } ? Outcome.Refused
                : parsed.GetValue(exitCode) && (planned.Plan is { Trades.IsEmpty: false } || hedged?.Plan is { Trades.IsEmpty: false }) ? Outcome.TradesDue : Outcome.Done;
        });
        return command;
    }

    private static JsonObject WithHedge(JsonObject plan, Hedged? hedged)
    {
        if (hedged is not null) plan["hedge"] = HedgeJson.Of(hedged);
        return plan;
    }
}

/// <summary>The ways to ask for a plan: as the rules say, now anyway, or with new money.</summary>
internal sealed class Ways
{
    public Option<string?> Cash { get; } = new("--cash") { Description = "money to put to work (or, negative, to raise), in the base asset", HelpName = "N" };
    public Option<bool> Now { get; } = new("--now") { Description = "plan to the targets though no rule fires" };

    public void AddTo(Command command)
    {
        command.Add(Cash);
        command.Add(Now);
    }

    public decimal CashOf(ParseResult parsed) => parsed.GetValue(Cash) is not { } text ? 0m
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount
        : throw new InvalidInputException($"--cash: `{text}` is not an amount; expected digits with a point, such as 1000 or -250.50");
}
