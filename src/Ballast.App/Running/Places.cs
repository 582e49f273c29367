using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Connectors;
using Ballast.Adapters.Secrets;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Venues;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;

namespace Ballast.App.Running;

/// <summary>Opens the venues of a policy's accounts: real ones with their keys, or paper ones beside the real ones' public prices.</summary>
internal sealed class Places(RunRequest request, Clock clock, Lazy<Vault?> vault) : IAsyncDisposable
{
    /// <summary>What the simulated exchange of this repository is opened with.</summary>
    private const string DemoKey = "demo-key", DemoSecret = "demo-secret";

    private readonly ConnectorProcess _connector = new(ConnectorPlace.Find(), ConnectorTimes.Usual);
    private readonly List<ConnectedVenue> _real = [];

    /// <summary>What can be traded, and what each account's prices are asked for.</summary>
    public (InstrumentSet Instruments, Dictionary<string, IReadOnlyCollection<string>> Symbols) Listed { get; private set; } = (InstrumentSet.Paper, []);

    /// <summary>Connects. Every account whose policy lets it trade.</summary>
    /// <exception cref="VenueException">A venue cannot be reached, or its key is refused.</exception>
    public async Task<IReadOnlyList<IVenue>> OpenAsync(CancellationToken cancel)
    {
        var accounts = request.Policy.Accounts.Where(a => a.May != Permissions.None).ToArray();
        foreach (var account in accounts) await OpenAsync(account, cancel);
        var instruments = new InstrumentSet(string.Join("; ", _real.Select(v => v.Instruments.Source).Distinct()), [.. _real.SelectMany(v => v.Instruments.Instruments).DistinctBy(i => (i.Venue, i.Symbol))]);
        var symbols = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        foreach (var venue in _real) symbols[venue.Account] = [.. await SymbolsAsync(venue, instruments, cancel)];
        Listed = (request.Instruments ?? instruments, symbols);
        return request.Mode == RunMode.Paper ? [.. _real.Zip(accounts, (v, a) => Paper(a, v))] : [.. _real];
    }

    /// <summary>Connects one account, with its key.</summary>
    /// <exception cref="VenueException">The venue cannot be reached, or its key is refused.</exception>
    public async Task<ConnectedVenue> OpenAsync(Account account, CancellationToken cancel)
    {
        var venue = new ConnectedVenue(_connector, AccessOf(account, request.Mode == RunMode.Paper ? null : vault.Value), clock);
        _real.Add(venue);
        await venue.OpenAsync(cancel);
        return venue;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var venue in _real) await venue.DisposeAsync();
        await _connector.DisposeAsync();
    }

    private VenueAccess AccessOf(Account account, Vault? keys)
    {
        var name = account.Venue.Value;
        if (VenueSheets.Find(account.Venue) is null)
            throw new InvalidInputException($"account `{account.Name}` is at `{name}`, which is no venue that can be connected; there are {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}. Without one, `--paper --prices PATH` runs history.");
        var streams = request.Exchange is { } at ? new Uri((at.Scheme == "https" ? "wss" : "ws") + "://" + at.Authority + (name == "deribit" ? "/ws/api/v2" : "")) : null;
        return new VenueAccess(account.Name, account.Venue, KeyOf(account, keys), Rest: request.Exchange, Streams: streams);
    }

    /// <summary>From the vault; for the simulated exchange its own, which it prints.</summary>
    private VenueKey? KeyOf(Account account, Vault? keys)
    {
        if (request.Mode == RunMode.Paper) return null;
        if (keys?.Find(account.Name) is { } entry && JsonNode.Parse(entry) is JsonObject key) return new VenueKey((string)key["key"]!, (string)key["secret"]!, (string?)key["passphrase"]);
        if (request.Exchange is { IsLoopback: true }) return new VenueKey(DemoKey, DemoSecret);
        throw new InvalidInputException($"there is no key of account `{account.Name}`: `ballast keys add {account.Name} --venue {account.Venue}`");
    }

    /// <summary>Of all that is wanted and held, the pair with the base asset; of a hedged book, what it holds and is hedged with but for options, which are read as a chain.</summary>
    private async Task<IEnumerable<string>> SymbolsAsync(ConnectedVenue venue, InstrumentSet instruments, CancellationToken cancel)
    {
        var policy = request.Policy;
        var held = request.Mode == RunMode.Paper ? null : await venue.SnapshotAsync(cancel);
        var paper = held is null ? BooksOf(policy.Accounts.First(a => a.Name == venue.Account)) : null;
        var positions = held?.Positions.Keys ?? paper!.Positions.Keys;
        var assets = policy.Targets.AllAssets.Concat(held?.Balances.Keys ?? paper!.Balances.Keys.Concat(request.Book.Holdings.Select(h => h.Asset))).Distinct().Order();
        var pairs = from asset in assets
                    where asset != policy.Base
                    let pair = instruments.Instruments.FirstOrDefault(i => i is Instrument.Spot && i.Base == asset && i.Quote == policy.Base && i.Venue == venue.Sheet.Venue)
                    where pair is not null
                    select pair.Symbol;
        // What a stablecoin is worth is told by its pair with its own currency, where there is one.
        pairs = pairs.Union(from coin in assets.Append(policy.Base)
                            where PriceBook.Promises.ContainsKey(coin)
                            let own = instruments.Instruments.FirstOrDefault(i => i is Instrument.Spot && i.Base == coin && i.Quote == PriceBook.Promises[coin] && i.Venue == venue.Sheet.Venue)
                            where own is not null
                            select own.Symbol);
        if (policy.Hedge is not { } hedge || hedge.Book != venue.Account) return pairs;
        var contracts = from contract in instruments.Instruments.OfType<Instrument.Derivative>()
                        where contract is not Instrument.Option && (hedge.With.Any(w => w.Fits(contract.Symbol)) || positions.Contains(contract.Symbol))
                        select contract.Symbol;
        return pairs.Concat(contracts);
    }

    private PaperVenue Paper(Account account, ConnectedVenue prices)
    {
        var (file, books) = (request.Folder.PaperAccount(account.Name), BooksOf(account));
        return new PaperVenue(account.Name, PaperVenue.PlainSheet(account.Venue, prices.Sheet.AsOf) with { Funding = prices.Sheet.Funding }, WithUnlisted(books, account), request.Policy.Costs.At(account.Name), books, clock,
            changed => Adapters.Running.WholeFile.Write(file, changed.Text())) { Prices = prices, Preset = underlying => Commands.Hedged.PresetOf(request.Policy, underlying) };
    }

    /// <summary>What a paper account was left with, or what it begins with; a hedged one that is given its book has that and nothing else.</summary>
    private PaperBooks BooksOf(Account account)
    {
        var file = request.Folder.PaperAccount(account.Name);
        if (File.Exists(file)) return Read(file);
        var begun = Opened(request.Book, account);
        return request.Positions is { } held && request.Policy.Hedge?.Book == account.Name ? begun.With(held, clock.Now) : begun;
    }

    /// <summary>What a venue lists no more is held until it is delivered: such contracts are known by their names.</summary>
    private InstrumentSet WithUnlisted(PaperBooks books, Account account)
    {
        var known = Listed.Instruments.Instruments.Where(i => i.Venue == account.Venue).Select(i => i.Symbol).ToHashSet();
        var preset = Adapters.Files.ContractsFile.Preset(account.Venue);
        var unlisted = books.Positions.Keys.Where(s => !known.Contains(s)).Select(s => preset?.Find(s) ?? throw new InvalidInputException($"the paper account `{account.Name}` holds {s}, which {account.Venue} does not list and of which nothing else is known"));
        return Listed.Instruments with { Instruments = [.. Listed.Instruments.Instruments, .. unlisted] };
    }

    public static PaperBooks Opened(Book book, Account account) => PaperBooks.Opened(
        book.Holdings.Where(h => h.Account == account.Name && h.Status == HoldingStatus.Free).GroupBy(h => h.Asset).Select(g => KeyValuePair.Create(g.Key, g.Sum(h => h.Quantity))));

    private static PaperBooks Read(string file)
    {
        try
        {
            return PaperBooks.Read(File.ReadAllText(file));
        }
        catch (JsonException)
        {
            throw new InvalidInputException($"{file} is spoiled: it is not a paper account. Delete it to begin anew.");
        }
    }
}
