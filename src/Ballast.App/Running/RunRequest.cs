using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Ballast.Adapters;
using Ballast.Adapters.Connectors;
using Ballast.Adapters.Files;
using Ballast.App.Commands;
using Ballast.Derivatives;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.App.Running;

/// <summary>How a policy is run.</summary>
internal enum RunMode { Dry, Paper, Live }

/// <summary>What <c>run</c> was asked for, read and valid.</summary>
/// <param name="History">Past prices, for rules that look at them; in a replay, what is replayed.</param>
/// <param name="Replay">Whether history is run instead of waiting for it.</param>
/// <param name="Exchange">A server of the venues' dialects to trade at, instead of the venues.</param>
internal sealed record RunRequest(
    Policy Policy, string ConfigHash, RunMode Mode, PriceHistory? History, bool Replay, Book Book, InstrumentSet? Instruments, Instant? From, Instant? To, DataFolder Data, Uri? Exchange,
    bool Yes, bool Once, Duration Check, bool AsJson)
{
    /// <summary>What the hedged account begins with on paper; null where nothing was said.</summary>
    public PositionBook? Positions { get; init; }

    /// <summary>Where a file that names no accounts trades; null where it names them, or nobody said.</summary>
    public string? Venue { get; init; }

    /// <summary>The portfolio file.</summary>
    public required string File { get; init; }

    public PortfolioFolder Folder => Data.Portfolio(Policy.Name);
}

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunAsked
{
    private readonly Argument<string> _file = Options.File();
    private readonly Option<bool> _paper = new("--paper") { Description = "trade a paper account" };
    private readonly Option<bool> _live = new("--live") { Description = "trade for real; asks first" };
    private readonly Option<string?> _prices = new("--prices") { Description = "with --paper: run this history through the live path, as fast as it goes", HelpName = "PATH" };
    private readonly Option<string?> _history = new("--history") { Description = "past prices, for rules and targets that look at them", HelpName = "PATH" };
    private readonly Option<string?> _holdings = new("--holdings") { Description = "what a paper account begins with; and what no venue tells of: cold, staked, locked", HelpName = "CSV" };
    private readonly Option<string?> _positions = new("--book") { Description = "with --paper: what the hedged account begins with, CSV instrument,quantity,entry; a row BTC,2.5 is a balance. Read when the account is opened, once", HelpName = "CSV" };
    private readonly Option<string?> _instruments = Options.Instruments();
    private readonly Option<string?> _from = new("--from") { Description = "the first bar of --prices that is looked at", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "the end of --prices", HelpName = "TIME" };
    private readonly Option<string> _start = new("--start-value") { Description = "cash of a paper account, in the base asset, without --holdings and --book", DefaultValueFactory = _ => "10000", HelpName = "N" };
    private readonly Option<string?> _venue = new("--venue") { Description = "where to trade, for a file that names no accounts; the account then has the venue's name", HelpName = "NAME" };
    private readonly Option<string?> _exchange = new("--exchange") { Description = "a server of the venues' dialects instead of the venues, such as that of `./do exchange`", HelpName = "URL" };
    private readonly Option<bool> _yes = new("--yes") { Description = "do not ask before trading for real" };
    private readonly Option<bool> _once = new("--once") { Description = "one look and what follows from it, then end" };
    private readonly Option<string?> _check = new("--check") { Description = "time from look to look, instead of the policy's", HelpName = "SPAN" };
    private readonly Option<string?> _data = Options.Data();
    private readonly Option<bool> _json = Options.AsJson();

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (Option option in (Option[])[_paper, _live, _prices, _history, _holdings, _positions, _instruments, _from, _to, _start, _venue, _exchange, _yes, _once, _check, _data, _json]) command.Add(option);
    }

    public RunRequest Read(ParseResult parsed)
    {
        var inputs = new Inputs(parsed.GetValue(_json));
        var path = parsed.GetRequiredValue(_file);
        var policy = inputs.Policy(path);
        if (policy is null) inputs.Check();
        var written = policy!;
        if (parsed.GetValue(_venue) is { } venue) policy = At(policy!, venue);
        var mode = (parsed.GetValue(_paper), parsed.GetValue(_live)) switch
        {
            (true, true) => throw new InvalidInputException("--paper and --live: one of them"),
            (true, _) => RunMode.Paper,
            (_, true) => RunMode.Live,
            _ => RunMode.Dry,
        };
        if (parsed.GetValue(_prices) is not null && mode != RunMode.Paper) throw new InvalidInputException("--prices is history run on paper: it goes with --paper; past prices for rules are given by --history");
        var history = (parsed.GetValue(_prices) ?? parsed.GetValue(_history)) is { } prices ? inputs.Prices(prices, policy!, Stamp.Open) : null;
        var instruments = parsed.GetValue(_instruments) is not null || parsed.GetValue(_prices) is not null ? inputs.Instruments(parsed.GetValue(_instruments), policy!) : null;
        var (from, to) = (Options.Time(parsed.GetValue(_from), "--from"), Options.Time(parsed.GetValue(_to), "--to"));
        var book = parsed.GetValue(_holdings) is { } holdings ? Held(inputs, holdings, mode == RunMode.Paper ? written : policy!, policy!, from ?? history?.Opens[0] ?? SystemClock.Instance.GetCurrentInstant())
            : mode == RunMode.Paper && parsed.GetValue(_positions) is null ? Book.OfCash(policy!.Accounts, new Amount(Cash(parsed.GetRequiredValue(_start)), policy.Base)) : new Book(policy!.Accounts, []);
        var positions = Positions(parsed, inputs, policy!, mode);
        // The cash of --start-value stands in for what nobody said; a book says it.
        if (positions is not null && parsed.GetValue(_holdings) is null) book = new Book(policy!.Accounts, [.. book!.Holdings.Where(h => h.Account != policy.Hedge!.Book)]);
        inputs.Check();
        return new RunRequest(policy!, HashOf(File.ReadAllBytes(path)), mode, history, parsed.GetValue(_prices) is not null, book!, instruments, from, to, DataFolder.Of(parsed.GetValue(_data)), Address(parsed.GetValue(_exchange)),
            parsed.GetValue(_yes), parsed.GetValue(_once), parsed.GetValue(_check) is { } check ? Options.Span(check, "--check") : policy!.Run.Check, parsed.GetValue(_json)) { File = path, Venue = parsed.GetValue(_venue), Positions = positions };
    }

    /// <summary>On paper, a file that names no accounts has one, whatever places the holdings name.</summary>
    private static Book? Held(Inputs inputs, string file, Policy written, Policy policy, Instant now) =>
        inputs.Book(file, written, now) is var book && (book is null || ReferenceEquals(written, policy)) ? book : new Book(policy.Accounts, [.. book!.Holdings.Select(h => h with { Account = policy.Accounts[0].Name })]);

    private PositionBook? Positions(ParseResult parsed, Inputs inputs, Policy policy, RunMode mode)
    {
        if (parsed.GetValue(_positions) is not { } path) return null;
        if (mode != RunMode.Paper || parsed.GetValue(_prices) is not null) throw new InvalidInputException("--book is what a paper account begins with: it goes with --paper, at the prices of now; a real account has its own");
        if (policy.Hedge is not { } hedge) throw new InvalidInputException($"--book: {policy.Name} hedges no book; expected a `hedge:` section that names its account");
        var contracts = inputs.Contracts(null, policy.Accounts.First(a => a.Name == hedge.Book).Venue);
        var book = contracts is null ? null : inputs.Positions(path, contracts);
        if (book?.Positions.FirstOrDefault(p => p is { Entry: null, Contract: not Instrument.Option }) is { } without) throw new InvalidInputException($"{path}: {without.Contract} has no entry; a paper account needs the price at which a future was entered");
        return book;
    }

    /// <summary>Of a file's bytes, as the journal names it.</summary>
    internal static string HashOf(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, 16));

    /// <summary>The one account of a file that names none, at a venue.</summary>
    internal static Policy At(Policy policy, string venue)
    {
        if (VenueSheets.Find(new(venue)) is null) throw new InvalidInputException($"--venue: `{venue}` is none; there are {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}");
        return policy.Accounts is [var only] && only == Account.Paper ? policy with { Accounts = [only with { Name = venue, Venue = new(venue) }] }
            : throw new InvalidInputException("--venue: the file names its accounts, and where they are");
    }

    private static decimal Cash(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cash) && cash > 0 ? cash
        : throw new InvalidInputException($"--start-value: `{text}` is no amount; expected one such as 10000");

    internal static Uri? Address(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new InvalidInputException($"--exchange: `{text}` is no address; expected one such as http://127.0.0.1:7070");
}
