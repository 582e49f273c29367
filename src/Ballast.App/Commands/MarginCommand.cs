using System.CommandLine;
using Ballast.App.Output;
using Ballast.Margin;

namespace Ballast.App.Commands;

/// <summary><c>ballast margin</c>: what a venue would ask for, why, and where it would liquidate.</summary>
internal static class MarginCommand
{
    public static Command Create()
    {
        var asked = new MarginAsked();
        var command = new Command("margin",
            """
            Says what margin a venue asks for a book of derivatives: the scenarios it
            looks at, the worst of them, what each position brings to it, and at which
            prices the account would be liquidated. Asks no venue; presets are dated.

            Examples:
              ballast margin book.csv --chain chain.csv --preset deribit-pm
              ballast margin book.csv --chain chain.csv --preset deribit-pm --add legs.csv
              ballast margin book.csv --chain chain.csv --preset deribit-sm --equity 15
            """);
        asked.AddTo(command);
        command.SetAction(parsed =>
        {
            var question = asked.Read(parsed);
            if (question.Before is null) return Refuse(question, parsed.GetValue(asked.Desk.AsJson));
            var answer = MarginAnswer.Of(question);
            Console.Write(parsed.GetValue(asked.Desk.AsJson) ? Json.Text(MarginJson.Of(answer)) + Environment.NewLine : MarginText.Of(answer));
            return Outcome.Done;
        });
        return command;
    }

    /// <summary>Says every reason why there is no figure.</summary>
    public static int Refuse(MarginQuestion question, bool asJson)
    {
        if (asJson) Console.WriteLine(Json.Text(MarginJson.Refused(question)));
        foreach (var r in question.Refusals) Console.Error.WriteLine($"Refused: {r.Reason} ({r.Code})");
        return Outcome.Refused;
    }
}

/// <summary>The figures of an account before and with the legs.</summary>
internal sealed record MarginAnswer(MarginQuestion Question, MarginFigures Before, MarginFigures After, MarginLiquidation Liquidation)
{
    public static MarginAnswer Of(MarginQuestion question)
    {
        var after = MarginFigures.Of(question.After!);
        return new(question, question.Legs.IsEmpty ? after : MarginFigures.Of(question.Before!), after, MarginLiquidation.Of(question.After!));
    }
}
