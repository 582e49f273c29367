using System.CommandLine;
using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;

namespace Ballast.App.Commands;

/// <summary>What <c>margin</c> and <c>whatif</c> are asked: a book, a chain, a preset, and legs to add.</summary>
internal sealed class MarginAsked
{
    private readonly Option<string> _preset = new("--preset") { Description = "how the venue asks for margin: a name such as deribit-pm, or a JSON file", HelpName = "NAME|FILE", Required = true };
    private readonly Option<double?> _equity = new("--equity") { Description = "equity in the account's unit; without it, what the book holds", HelpName = "N" };
    private readonly Option<string[]> _add = new("--add") { Description = "legs to add at their marks: CSV instrument,quantity, or INSTRUMENT=QUANTITY", HelpName = "LEGS" };

    private readonly Option<string?> _tiers = new("--tiers") { Description = "for binance-um: CSV symbol,max_notional_usd,maintenance_margin_rate,max_leverage,maintenance_amount_usd", HelpName = "CSV" };

    public Desk.Asked Desk { get; } = new();

    public void AddTo(Command command)
    {
        Desk.AddTo(command);
        foreach (Option option in (Option[])[_preset, _equity, _add, _tiers]) command.Add(option);
    }

    /// <summary>The account before and with the legs, or why there is none.</summary>
    public MarginQuestion Read(ParseResult parsed)
    {
        var desk = Desk.Read(parsed);
        var preset = Preset(parsed.GetRequiredValue(_preset), desk.Book, parsed.GetValue(Desk.AsJson));
        if (parsed.GetValue(_tiers) is { } tiers) preset = Tiered(preset, tiers, parsed.GetValue(Desk.AsJson));
        var legs = (parsed.GetValue(_add) ?? []).SelectMany(text => Legs(text, desk, parsed.GetValue(Desk.AsJson))).ToImmutableArray();
        return MarginQuestion.Of(desk, preset, legs, parsed.GetValue(_equity));
    }

    private static MarginPreset Preset(string name, PositionBook book, bool asJson)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(name)) return FromFile(name, asJson);
        var underlying = book.Underlyings is [var only] ? only : (Money.Asset?)null;
        if (MarginPresetFile.BuiltIn.Find(name, underlying) is { } preset) return preset;
        var known = MarginPresetFile.BuiltIn.Underlyings(name);
        if (known.IsEmpty) throw new InvalidInputException($"--preset: there is no preset `{name}` (UNKNOWN_PRESET); {MarginPresetFile.Advice(name)}");
        throw new InvalidInputException($"--preset: {name} is known for {string.Join(" and ", known)}, and the book is on {string.Join(" and ", book.Underlyings)} (UNKNOWN_PRESET); a file of your own does for others");
    }

    private static MarginPreset FromFile(string path, bool asJson)
    {
        var reading = MarginPresetFile.Load(path);
        if (reading.Value is { } preset) return preset;
        if (asJson) Console.WriteLine(Output.Json.Text(FaultJson.Of(reading.Faults)));
        throw new InvalidInputException(FaultText.Render(reading.Faults).TrimEnd());
    }

    private static MarginPreset Tiered(MarginPreset preset, string path, bool asJson)
    {
        if (preset.Rules is not MarginRules.Tiered) throw new InvalidInputException($"--tiers: {preset.Name} has no tiers; expected --preset binance-um");
        var reading = MaintenanceTiersFile.Load(path);
        if (reading.Value is { } tables) return preset with { Rules = new MarginRules.Tiered(tables) };
        if (asJson) Console.WriteLine(Output.Json.Text(FaultJson.Of(reading.Faults)));
        throw new InvalidInputException(FaultText.Render(reading.Faults).TrimEnd());
    }

    private static ImmutableArray<Position> Legs(string text, Desk desk, bool asJson)
    {
        if (text.Split('=') is [var name, var quantity]) return [One(text, name.Trim(), quantity, desk.Contracts)];
        var inputs = new Inputs(asJson);
        var book = inputs.Positions(text, desk.Contracts);
        inputs.Check();
        return book!.Positions;
    }

    private static Position One(string text, string name, string quantity, ContractSet contracts)
    {
        if (contracts.Find(name) is not { } contract) throw new InvalidInputException($"--add: `{name}` is no contract that is known; expected INSTRUMENT=QUANTITY such as BTC-25DEC26-90000-P=-5");
        return decimal.TryParse(quantity, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) && q != 0 ? new(contract, q, null, "")
            : throw new InvalidInputException($"--add: `{text}`: the quantity is not a number; expected INSTRUMENT=QUANTITY such as BTC-25DEC26-90000-P=-5");
    }
}

/// <summary>A question about margin, answered as far as it can be.</summary>
/// <param name="Before">The account without the legs; null where it is refused.</param>
/// <param name="After">The account with them; the same where there are none.</param>
/// <param name="Legs">The legs, priced.</param>
internal sealed record MarginQuestion(Desk Desk, MarginPreset Preset, MarginAccount? Before, MarginAccount? After, ImmutableArray<PricedPosition.Known> Legs, ImmutableArray<MarginRefusal> Refusals)
{
    public static MarginQuestion Of(Desk desk, MarginPreset preset, ImmutableArray<Position> legs, double? equity)
    {
        var none = new MarginQuestion(desk, preset, null, null, [], []);
        if (equity is { } given && !double.IsFinite(given)) throw new InvalidInputException($"--equity: {given} is no amount");
        var (before, refusals) = MarginAccounts.Of(preset, desk.Book, desk.Chain);
        if (before is null) return none with { Refusals = refusals };
        if (equity is { } holding) before = before.Holding(holding);
        var priced = legs.Select(l => PositionPricer.Price(l, desk.Chain)).ToArray();
        ImmutableArray<MarginRefusal> unknown = [.. priced.OfType<PricedPosition.Unknown>().Select(u => new MarginRefusal(u.Code, u.Position.Contract.Symbol, Money.Figures.Exact(u.Position.Quantity), u.Reason))];
        if (!unknown.IsEmpty) return none with { Refusals = unknown };
        ImmutableArray<PricedPosition.Known> known = [.. priced.Cast<PricedPosition.Known>()];
        var (after, why) = MarginAccounts.Of(preset, MarginAccounts.Traded(desk.Book, known, desk.Chain), desk.Chain);
        return after is null ? none with { Refusals = why } : new(desk, preset, before, after.Holding(before.Equity), known, []);
    }
}
