using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Planning;

namespace Ballast.App.Serving;

/// <summary>A portfolio's derivatives as its files say them now.</summary>
/// <param name="Preset">How the venue asks for margin; null where the policy says nothing of it.</param>
internal sealed record SeenBook(Place Place, Policy Policy, Commands.Desk Desk, MarginPreset? Preset, Instant Read)
{
    private readonly Lazy<Hedged?> _hedged = new(() => Policy.Hedge is null ? null : Hedged.Of(Policy, Desk, anyway: false));

    /// <summary>What its policy would trade now; null where it has no hedge.</summary>
    public Hedged? Hedged => _hedged.Value;

    private readonly Lazy<MarginAnswer?> _margin = new(() => Preset is { } preset && MarginQuestion.Of(Desk, preset, [], null) is { After: not null } question ? MarginAnswer.Of(question, 0, double.PositiveInfinity) : null);

    /// <summary>The margin of the book as it is, with what to close first; null where there is none.</summary>
    public MarginAnswer? Margin => _margin.Value;

    /// <summary>The account with legs traded at their marks, or why there is none; null where nothing is known of margin.</summary>
    public MarginQuestion? Question(ImmutableArray<Position> legs) => Preset is null ? null : MarginQuestion.Of(Desk, Preset, legs, null);
}

/// <summary>Reads the books of the shelf with the code of the verbs, and again only when a file has changed.</summary>
internal sealed class Books(Shelf shelf)
{
    private readonly ConcurrentDictionary<string, (string Stamp, Lazy<SeenBook> Seen)> _seen = new(StringComparer.Ordinal);

    /// <exception cref="Problem">There is none, or its files are wrong.</exception>
    public SeenBook Find(string id) => Find(shelf.Find(id));

    private SeenBook Find(Place place)
    {
        var stamp = Portfolios.Stamp(place);
        Lazy<SeenBook> Fresh() => new(() => Read(place));
        return _seen.AddOrUpdate(place.Id, _ => (stamp, Fresh()), (_, known) => known.Stamp == stamp ? known : (stamp, Fresh())).Seen.Value;
    }

    /// <summary>A portfolio that is its book, as a line of the overview: its state, what it needs of a person, and its figures.</summary>
    public (string State, string? Needs, JsonObject Row) Standing(Seen seen)
    {
        try
        {
            var book = Find(seen.Place);
            return book.Hedged is not { Plan: { } plan } ? Blind(((Answer<HedgePlan>.Refused)book.Hedged!.Answer).Reason) : (plan.Trades.IsEmpty && plan.Relief.IsEmpty ? "Watching" : "Out of band", plan.Trades.IsEmpty && plan.Relief.IsEmpty ? null : Words.Sentence(plan.Reason), new()
            {
                ["at"] = Json.Time(book.Desk.Chain.At), ["value"] = Json.Money(Math.Round(plan.Before.Exposure.Equity, 8)), ["reason"] = plan.Reason, ["marginUse"] = Json.Estimate(plan.Before.MarginUse), ["marginLimit"] = Json.Estimate(book.Policy.Margin?.Act),
            });
        }
        catch (Problem problem)
        {
            return Blind(problem.Message);
        }
    }

    private static (string, string?, JsonObject) Blind(string why) => ("Blind", Words.Sentence(why), new() { ["reason"] = why });

    private static SeenBook Read(Place place)
    {
        var inputs = new Inputs(asJson: false, TextWriter.Null);
        try
        {
            var policy = inputs.Policy(place.File);
            inputs.Check();
            if (policy is { Hedge: null, Margin: null } or null)
                throw new Problem(404, "NO_BOOK", $"{policy?.Name} has no derivatives: a `hedge:` or `margin:` section in its file says which book it keeps.");
            var desk = Commands.Desk.Of(inputs, place.Book ?? throw Missing(place, "book"), place.Chain ?? throw Missing(place, "chain"), place.Contracts, null);
            return new(place, policy, desk, Hedged.PresetOf(policy, desk.Book.Underlyings is [var only] ? only : null), SystemClock.Instance.GetCurrentInstant());
        }
        catch (InvalidInputException fault)
        {
            throw inputs.Faults.Count == 0 ? new Problem(422, "FILES_WRONG", Words.Sentence(fault.Message))
                : new Problem(422, "FILES_WRONG", $"{Money.Figures.Count(inputs.Faults.Count, "fault")} in the files; nothing is computed until they are put right.", FaultJson.List(inputs.Faults));
        }
    }

    private static Problem Missing(Place place, string what) =>
        new(422, "FILES_WRONG", $"There is no {what} beside {Path.GetFileName(place.File)}: put {place.Id}.{what}.csv or {what}.csv into its folder, or name it in desk.json.");
}
