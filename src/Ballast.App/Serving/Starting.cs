using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Adapters.Connectors;
using Ballast.Adapters.Files;
using Ballast.App.Commands;
using Ballast.App.Examples;
using Ballast.App.Output;
using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.App.Serving;

/// <summary>The first five minutes: the example, or one's own holdings, written into the desk's folder as files that every verb reads.</summary>
internal sealed partial class Starting(Shelf shelf)
{
    public static readonly ImmutableArray<Field> Fields =
    [
        new("name", "string", "of the portfolio and its files: letters, digits, - and _", true), new("base", "string", "the asset in which value is counted", true),
        new("holdings", "string", "CSV asset,quantity[,account,status,unlock,cost,acquired]", true), new("prices", "string", "CSV timestamp,BTC,ETH,...", true),
        new("targets", "string", "`now`: keep what is held; `equal`: the same weight for each", true),
    ];

    public Answer Example()
    {
        var folder = Folder();
        ExampleFile[] files = [.. Examples.Example.Files(), .. Examples.Example.OfOptions()];
        if (files.FirstOrDefault(f => File.Exists(Path.Combine(folder, f.Name))) is { } there) throw Exists(there.Name);
        Write(folder, [.. files.Select(f => (f.Name, f.Text))]);
        return Answer.Ok(new JsonObject { ["id"] = "core", ["written"] = Json.Texts(files.Select(f => f.Name)), ["folder"] = folder });
    }

    public Answer Import(Call call, bool write)
    {
        var name = call.Text("name") is { } n && Name().IsMatch(n) ? n : throw Problem.Bad("name: 1 to 40 letters, digits, - or _.");
        var unit = call.Text("base") is { } b && Code().IsMatch(b) ? b : throw Problem.Bad("base: the code of an asset, such as USDT.");
        var equal = call.Text("targets") switch { "equal" => true, "now" => false, _ => throw Problem.Bad("targets: expected now or equal.") };
        var scratch = Directory.CreateTempSubdirectory("ballast-import-").FullName;
        try
        {
            (string Name, string Text)[] files = [(name + ".holdings.csv", call.Text("holdings")!), (name + ".prices.csv", call.Text("prices")!)];
            Write(scratch, files);
            var policy = PolicyOf(scratch, name, unit, equal);
            var seen = Look(scratch, name, policy);
            if (!write) return Answer.Ok(new JsonObject { ["policy"] = policy, ["status"] = PortfolioJson.Of(seen, null, call.Now) });
            _ = seen.Whole;
            var folder = Folder();
            (string Name, string Text)[] all = [(name + ".yaml", policy), .. files];
            if (all.FirstOrDefault(f => File.Exists(Path.Combine(folder, f.Name))) is { Name: not null } there) throw Exists(there.Name);
            Write(folder, all);
            return Answer.Ok(new JsonObject { ["id"] = name, ["written"] = Json.Texts(all.Select(f => f.Name)), ["folder"] = folder });
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Targets that sum to 100 %: equal, or what is held now by value.</summary>
    private static string PolicyOf(string folder, string name, string unit, bool equal)
    {
        var holdings = HoldingsFile.Load(Path.Combine(folder, name + ".holdings.csv"), [Account.Paper], SystemClock.Instance.GetCurrentInstant());
        if (holdings.Value is not { } book) throw Wrong(holdings.Faults);
        Asset[] assets = [.. book.Holdings.Where(h => h.Quantity > 0).Select(h => h.Asset).Distinct().Order()];
        if (assets.Length == 0) throw new Problem(422, "NOTHING_HELD", "The holdings have no quantity above zero.");
        var places = PlacesOf(book);
        var even = Policy(name, unit, places, assets.ToDictionary(a => a, _ => 1.0 / assets.Length));
        if (equal) return even;
        var seen = Look(folder, name, even);
        if (seen.Now is null) throw new Problem(422, "FILES_WRONG", seen.Trouble!, FaultJson.List(seen.Faults));
        var weights = seen.Lines.Where(l => l.Weight > 0.00005).ToDictionary(l => l.Asset, l => l.Weight);
        return weights.Count == 0 ? even : Policy(name, unit, places, weights);
    }

    private static string Policy(string name, string unit, string places, Dictionary<Asset, double> weights)
    {
        var points = weights.ToDictionary(w => w.Key, w => Math.Round((decimal)w.Value * 100, 2));
        var largest = points.MaxBy(p => p.Value).Key;
        points[largest] += 100m - points.Values.Sum();
        var lines = points.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => $"    \"{p.Key}\": {p.Value.ToString(CultureInfo.InvariantCulture)}%\n");
        return $"""
            # Made at the desk from your holdings; change what you like. What each line means: ballast check {name}.yaml
            version: 1
            name: "{name}"
            base: "{unit}"
            {places}
            targets:
              weights:
            {string.Concat(lines)}
            rebalance:
              when:
                - drift: 5%
              interval: 1d
              to: target

            costs:
              fee: 10 bps

            run:
              approve: always

            """;
    }

    /// <summary>The accounts that the list names: those at venues that can be connected are traded, the others are only watched. Where none can, the file names no account.</summary>
    private static string PlacesOf(Book book)
    {
        var places = book.Holdings.Select(h => h.Account).Where(a => a != Account.Paper.Name).Distinct().Select(a => (Name: a, Venue: VenueOf(a))).OrderBy(p => p.Venue is null).ToArray();
        return places.All(p => p.Venue is null) || !places.All(p => AccountName().IsMatch(p.Name)) ? "" : $"""

            accounts:
            {string.Concat(places.Select(p => $"  {JsonValue.Create(p.Name).ToJsonString()}: {{ venue: {(p.Venue is { } venue ? $"{venue} }}" : $"{Slug(p.Name)}, may: [] }} # only watched")}\n"))}
            """;
    }

    /// <summary>Binance of `Binance`, `binance spot` and `My Binance`.</summary>
    private static string? VenueOf(string account) =>
        VenueSheets.All.Select(s => s.Venue.Value).OrderByDescending(v => v.Length).FirstOrDefault(v => $" {Slug(account).Replace('-', ' ')} ".Contains($" {v.Replace('-', ' ')} ", StringComparison.Ordinal));

    private static string Slug(string text) => string.Join('-', Word().Matches(text.ToLowerInvariant()).Select(m => m.Value)) is { Length: > 0 } slug ? slug : "elsewhere";

    private static Seen Look(string folder, string name, string policy)
    {
        var file = Path.Combine(folder, name + ".yaml");
        File.WriteAllText(file, policy);
        var seen = Portfolios.Read(new Place(name, file, Path.Combine(folder, name + ".holdings.csv"), Path.Combine(folder, name + ".prices.csv"), null));
        return seen with { Faults = [.. seen.Faults.Select(f => f with { File = Path.GetFileName(f.File) })] };
    }

    private static Problem Wrong(IEnumerable<Fault> faults) =>
        new(422, "FILES_WRONG", "The holdings cannot be read; nothing was written.", FaultJson.List(faults.Select(f => f with { File = Path.GetFileName(f.File) })));

    private string Folder() => shelf.Folder ?? throw new Problem(409, "NO_FOLDER", "The desk was started without a folder to write to: `ballast serve --folder DIR`.");

    private static Problem Exists(string name) => new(409, "FILE_EXISTS", $"{name} is already there; nothing was written.");

    private static void Write(string folder, (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._+-]{1,30}\z")]
    private static partial Regex AccountName();

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,39}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9._+-]{1,30}\z")]
    private static partial Regex Code();
}
