using System.CommandLine;
using System.Security.Cryptography;
using Ballast.Adapters;
using Ballast.Adapters.Files;
using Ballast.App.Commands;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.App.Running;

/// <summary>What <c>run</c> was asked for, read and valid.</summary>
internal sealed record RunRequest(
    Policy Policy, string ConfigHash, PriceHistory History, Book Book, InstrumentSet Instruments, Instant? From, Instant? To, DataFolder Data, bool AsJson);

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunAsked
{
    private readonly Argument<string> _file = Options.File();
    private readonly Option<bool> _paper = new("--paper") { Description = "trade a paper account" };
    private readonly Option<string> _prices = Options.Prices();
    private readonly Option<string?> _holdings = Options.Holdings();
    private readonly Option<string?> _instruments = Options.Instruments();
    private readonly Option<string?> _from = new("--from") { Description = "the first bar that is looked at", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "the last", HelpName = "TIME" };
    private readonly Option<string> _start = new("--start-value") { Description = "cash of the paper account, in the base asset, without --holdings", DefaultValueFactory = _ => "10000", HelpName = "N" };
    private readonly Option<string?> _data = Options.Data();
    private readonly Option<bool> _json = Options.AsJson();

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (Option option in (Option[])[_paper, _prices, _holdings, _instruments, _from, _to, _start, _data, _json]) command.Add(option);
    }

    public RunRequest Read(ParseResult parsed)
    {
        var inputs = new Inputs(parsed.GetValue(_json));
        var path = parsed.GetRequiredValue(_file);
        var policy = inputs.Policy(path);
        if (policy is null) inputs.Check();
        var history = inputs.Prices(parsed.GetRequiredValue(_prices), policy!, Stamp.Open);
        var instruments = inputs.Instruments(parsed.GetValue(_instruments), policy!);
        var (from, to) = (Options.Time(parsed.GetValue(_from), "--from"), Options.Time(parsed.GetValue(_to), "--to"));
        var book = parsed.GetValue(_holdings) is { } holdings ? inputs.Book(holdings, policy!, from ?? history?.Opens[0] ?? Instant.MinValue)
            : Book.OfCash(policy!.Accounts, new Amount(decimal.Parse(parsed.GetRequiredValue(_start)), policy.Base));
        inputs.Check();
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)).AsSpan(0, 16));
        return new RunRequest(policy!, hash, history!, book!, instruments!, from, to, DataFolder.Of(parsed.GetValue(_data)), parsed.GetValue(_json));
    }
}
