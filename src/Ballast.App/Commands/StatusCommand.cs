using System.CommandLine;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Risk;

namespace Ballast.App.Commands;

/// <summary><c>ballast status</c>: what is held against what is wanted, and what would trigger.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var asked = new Present.Asked();
        var exitCode = new Option<bool>("--exit-code") { Description = "end with 10 when a rebalance is due" };
        var command = new Command("status",
            """
            Shows weights, drift and risk shares, and for every rule whether it fires and how far away it is. Without --holdings and --prices: what the running
            loop of the policy says of itself.

            Example:
              ballast status core.yaml --holdings holdings.csv --prices prices.csv
            """);
        var data = Options.Data();
        asked.AddTo(command, required: false);
        command.Add(exitCode);
        command.Add(data);
        command.SetAction(parsed => (parsed.GetValue(asked.Holdings), parsed.GetValue(asked.Prices)) switch
        {
            (null, null) => LoopLines.Write(parsed.GetRequiredValue(asked.File), parsed.GetValue(data), parsed.GetValue(asked.AsJson)),
            (null, _) => throw new InvalidInputException("--holdings is missing: what is held, CSV"),
            (_, null) => throw new InvalidInputException("--prices is missing: what it is worth"),
            _ => Run(asked.Read(parsed), parsed.GetValue(asked.AsJson), parsed.GetValue(exitCode)),
        });
        return command;
    }

    private static int Run(Present now, bool asJson, bool exitCode)
    {
        var decision = Decider.Decide(now.Policy, now.Sight, Triggers.Memory.Empty);
        var lines = HoldingLines.Of(now, decision);
        if (asJson) Console.WriteLine(Json.Text(StatusJson.Of(now, decision, lines)));
        else Write(now, decision, lines);
        return exitCode && decision.Intent is not null ? Outcome.TradesDue : Outcome.Done;
    }

    private static void Write(Present now, Decision decision, IReadOnlyList<HoldingLine> lines)
    {
        Console.WriteLine($"{now.Policy.Name} at {Words.Time(now.Sight.At)}: {Figures.Money(decision.Portfolio.Value, now.Policy.Base)} {now.Policy.Base}");
        Console.WriteLine(decision.Intent is null ? Words.Sentence(decision.Reason) : Words.Sentence("a rebalance is due: " + decision.Reason));
        Console.WriteLine();
        Console.Write(HoldingLines.Table(lines, now.Policy.Base));
        foreach (var from in decision.Targets?.From ?? []) Console.WriteLine($"Targets: {from}.");
        Console.WriteLine("Rules");
        foreach (var answer in decision.Answers)
            Console.WriteLine($"  {(answer.Result.Fired ? "◆ fired " : answer.Result.State == Triggers.TriggerState.Unknown ? "? unknown" : "  quiet ")}  when {answer.Rule.Words}: {answer.Result.Reason}{(answer.Result.ToGo.Length > 0 ? $"; {answer.Result.ToGo}" : "")}");
        if (RegionLines.Of(now.Policy, decision) is { } region) Console.Write(region.Table());
        if (decision.Intent is not null) Console.WriteLine($"Next: `ballast plan` with the same files says what to trade.");
    }
}
