using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ballast.App.Serving;

/// <summary>Where the files of one portfolio are. What is missing is null, and said where it is needed.</summary>
/// <param name="Id">The file's name without its ending: what the desk calls it, also while the file is wrong.</param>
internal sealed record Place(string Id, string File, string? Holdings, string? Prices, string? Instruments)
{
    /// <summary>The derivatives account that the policy hedges: CSV instrument,quantity[,entry,account].</summary>
    public string? Book { get; init; }

    /// <summary>What a venue said of its contracts.</summary>
    public string? Chain { get; init; }

    /// <summary>What quantities of them count; null for the venue's dated preset.</summary>
    public string? Contracts { get; init; }

    /// <summary>Everything that is read of it.</summary>
    public ImmutableArray<string?> Paths => [File, Holdings, Prices, Instruments, Book, Chain, Contracts];
}

/// <summary>
/// Which portfolios there are: the files named, and those of a folder. Beside FILE.yaml lie FILE.holdings.csv or holdings.csv, and FILE.prices.csv, prices.csv,
/// prices/ or synthetic-prices.csv; of a hedged book, FILE.book.csv or book.csv and FILE.chain.csv or chain.csv. A <c>desk.json</c> in the folder says otherwise.
/// </summary>
internal sealed class Shelf(IReadOnlyList<string> files, string? folder)
{
    public string? Folder => folder;

    /// <summary>As they are now: a file that is written while the desk is open is there at the next look.</summary>
    public IReadOnlyList<Place> Places()
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var place in files.Select(Beside).Concat(InFolder()))
            for (var (i, id) = (1, place.Id); ; id = $"{place.Id}-{++i}")
                if (places.TryAdd(id, place with { Id = id }) || places[id].File == place.File) break;
        return [.. places.Values];
    }

    /// <summary>Where the name says it: looking through a folder of a thousand for one is not needed.</summary>
    public Place Find(string id) => Plain(id) ?? Places().FirstOrDefault(p => p.Id == id) ?? throw Problem.NotFound("portfolio of that name");

    private Place? Plain(string id)
    {
        if (folder is null || files.Count > 0 || id.Length is 0 or > 200 || id.AsSpan().ContainsAny('/', '\\', '\0') || File.Exists(Path.Combine(folder, "desk.json"))) return null;
        var (one, other) = (Path.Combine(folder, id + ".yaml"), Path.Combine(folder, id + ".yml"));
        return File.Exists(one) && !File.Exists(other) ? Beside(one) : null;
    }

    private IEnumerable<Place> InFolder()
    {
        if (folder is null || !Directory.Exists(folder)) return [];
        var said = Path.Combine(folder, "desk.json");
        if (File.Exists(said)) return Said(said);
        var there = Directory.EnumerateFileSystemEntries(folder).ToHashSet(StringComparer.Ordinal); // A folder of a thousand is listed once.
        return there.Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal).Select(f => Beside(f, there.Contains));
    }

    private static Place Beside(string file) => Beside(Path.GetFullPath(file), Path.Exists);

    private static Place Beside(string file, Func<string, bool> isThere)
    {
        var (folder, name) = (Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file));
        return new(name, file, First($"{name}.holdings.csv", "holdings.csv"),
            First($"{name}.prices.csv", $"{name}.prices.csv.gz", "prices.csv", "prices.csv.gz", "prices", "synthetic-prices.csv"), First($"{name}.instruments.csv", "instruments.csv"))
        {
            Book = First($"{name}.book.csv", "book.csv"), Chain = First($"{name}.chain.csv", $"{name}.chain.csv.gz", "chain.csv", "chain.csv.gz"), Contracts = First($"{name}.contracts.csv", "contracts.csv"),
        };

        string? First(params string[] names) => names.Select(n => Path.Combine(folder, n)).FirstOrDefault(isThere);
    }

    /// <exception cref="InvalidInputException">The file is not what it should be.</exception>
    private static IEnumerable<Place> Said(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            return [.. JsonNode.Parse(File.ReadAllText(path))!["portfolios"]!.AsArray().Select(p =>
            {
                var beside = Beside(Of(p!, "file") ?? throw new JsonException("a portfolio has no `file`"));
                return beside with
                {
                    Holdings = Of(p!, "holdings") ?? beside.Holdings, Prices = Of(p!, "prices") ?? beside.Prices, Instruments = Of(p!, "instruments") ?? beside.Instruments,
                    Book = Of(p!, "book") ?? beside.Book, Chain = Of(p!, "chain") ?? beside.Chain, Contracts = Of(p!, "contracts") ?? beside.Contracts,
                };
            })];

            string? Of(JsonNode portfolio, string key) => (string?)portfolio[key] is { Length: > 0 } name ? Path.GetFullPath(Path.Combine(folder, name)) : null;
        }
        catch (Exception fault) when (fault is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidInputException($"{path}: {fault.Message}; expected {{ \"portfolios\": [ {{ \"file\": \"core.yaml\", \"holdings\": \"holdings.csv\", \"prices\": \"prices.csv\" }} ] }}");
        }
    }
}
