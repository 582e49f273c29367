using System.CommandLine;
using Ballast.App.Output;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

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
              ballast margin book.csv --chain chain.csv --preset deribit-pm --add legs.csv --order best --limit 60%
              ballast margin book.csv --chain chain.csv --preset deribit-sm --equity 15
              ballast margin book.csv --chain chain.csv --preset deribit-pm --unwind 5%
            """);
        asked.AddTo(command);
        var unwind = new Option<string?>("--unwind") { Description = "also say what to close, in order, until initial margin is this share of equity", HelpName = "SHARE" };
        var keep = new Option<double?>("--keep-delta") { Description = "with --unwind: net delta stays within so many coins of what it is", HelpName = "COINS" };
        var order = new Option<string?>("--order") { Description = "with --add: margin at every step, in the order `given`, or in the `best` one; refused where the limit breaks", HelpName = "best|given" };
        order.AcceptOnlyFromAmong("best", "given");
        var limit = new Option<string?>("--limit") { Description = "with --order: the most initial margin at any moment, as a share of equity; 80 % without it", HelpName = "SHARE" };
        command.Add(order);
        command.Add(limit);
        var folder = new Option<string?>("--out") { Description = "write a page of pictures into this folder: payoff, Greeks, gain and margin over price and volatility, liquidation, the path of the legs", HelpName = "DIR" };
        command.Add(folder);
        command.Add(unwind);
        command.Add(keep);
        command.SetAction(parsed =>
        {
            var question = asked.Read(parsed);
            if (question.Before is null) return Refuse(question, parsed.GetValue(asked.Desk.AsJson));
            var target = parsed.GetValue(unwind) is { } text ? Options.Share(text, "--unwind") : (double?)null;
            var most = Options.Share(parsed.GetValue(limit) ?? "80%", "--limit");
            var route = parsed.GetValue(order) is null ? null : RouteOf(question, most);
            var answer = MarginAnswer.Of(question, target, parsed.GetValue(keep) ?? double.PositiveInfinity) with { Route = route };
            Console.Write(parsed.GetValue(asked.Desk.AsJson) ? Json.Text(MarginJson.Of(answer)) + Environment.NewLine : MarginText.Of(answer));
            if (parsed.GetValue(folder) is { } dir) BookPage.Write(dir, answer);
            return route is not null && (parsed.GetValue(order) == "given" ? route.GivenBreaks > 0 : route.Best is Answer<LegPath>.Refused) ? Outcome.Refused : Outcome.Done;
        });
        return command;
    }

    /// <summary>The ways to trade the legs, the venue's spreads known where both sides are quoted.</summary>
    internal static LegRoute RouteOf(MarginQuestion question, double limit)
    {
        if (question.Legs.IsEmpty) throw new InvalidInputException("--order: there are no legs to put in order; expected --add LEGS");
        double[] spreads = [.. question.Legs.Select(l => question.Desk.Chain.Find(l.Contract)?.HalfSpread is { } half && l.Mark > 0 ? (double)(2 * half / l.Mark) : 0)];
        return LegRoute.Of(question.Before!, question.Legs, spreads, limit);
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
/// <param name="Target">The share of equity that initial margin is to come to; null where nobody asked.</param>
/// <param name="Relief">What to close for that.</param>
internal sealed record MarginAnswer(MarginQuestion Question, MarginFigures Before, MarginFigures After, double? Target, Answer<ImmutableArray<ReliefStep>>? Relief)
{
    private readonly Lazy<MarginLiquidation> _liquidation = new(() => MarginLiquidation.Of(After.Account));

    /// <summary>Looked for when it is asked for: it takes thousands of times what the figures take.</summary>
    public MarginLiquidation Liquidation => _liquidation.Value;

    /// <summary>The ways to trade the legs; null where nobody asked.</summary>
    public LegRoute? Route { get; init; }

    public static MarginAnswer Of(MarginQuestion question, double? target, double deltaTo)
    {
        var after = MarginFigures.Of(question.After!);
        var relief = target is { } use ? MarginRelief.Ladder(after, question.Desk.Chain, use, deltaTo) : null;
        return new(question, question.Legs.IsEmpty ? after : MarginFigures.Of(question.Before!), after, target, relief);
    }
}
