using Ballast.Adapters.Files;
using Ballast.Derivatives;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>Reads the files that a verb needs. Every fault of every file is shown at once; then nothing is done and the exit code is 2.</summary>
/// <param name="to">Where warnings and notes are said; stderr unless told.</param>
/// <param name="known">What was read of files that have not changed since; null reads each anew.</param>
internal sealed class Inputs(bool asJson, TextWriter? to = null, KnownFiles? known = null)
{
    /// <summary>What is wrong with what was read so far.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    private readonly List<Fault> _faults = [];
    private readonly List<Fault> _warnings = [];
    private readonly List<string> _notes = [];

    /// <summary>A text of the portfolio file that is not on the disk; null reads the file.</summary>
    public string? Unsaved { get; init; }

    public Policy? Policy(string path) => Keep(Unsaved is { } text ? PolicyFile.Read(path, text) : known is null ? PolicyFile.Load(path) : known.Of(path, "policy", _ => PolicyFile.Load(path)).Read);

    public PriceHistory? Prices(string path, Policy policy, Stamp stamp)
    {
        if (known is null) return Keep(PriceFiles.Load(path, policy.Base, stamp, note: _notes.Add));
        var (read, notes) = known.Of(path, $"prices {policy.Base} {stamp}", note => PriceFiles.Load(path, policy.Base, stamp, note: note));
        _notes.AddRange(notes);
        return Keep(read);
    }

    public Book? Book(string path, Policy policy, Instant now) => Keep(HoldingsFile.Load(path, policy.Accounts, now));

    public PriceHistory? Prices(string path, Money.Asset baseAsset) => Keep(PriceFiles.Load(path, baseAsset, Stamp.Open, note: _notes.Add));

    public CovarianceTable? Covariance(string path) => Keep(CovarianceFile.Load(path));

    public ValuesTable? Values(string path, string column) => Keep(ValuesFile.Load(path, column));

    public PositionBook? Positions(string path, ContractSet contracts) => Keep(BookFile.Load(path, contracts));

    public ChainHistory? Chains(string path, ContractSet contracts) => Keep(ChainFile.Load(path, contracts));

    public FundingTable? Funding(string path) => Keep(FundingRateFile.Load(path));

    /// <summary>What a venue's contracts count: of a file, else the venue's preset.</summary>
    public ContractSet? Contracts(string? path, VenueId venue) => path is not null ? Keep(ContractsFile.Load(path, venue)) : ContractsFile.Preset(venue);

    public ReturnsTable? Returns(string path) => Keep(ReturnsFile.Load(path));

    /// <summary>The instruments of a file, else the preset of the first account that trades.</summary>
    public InstrumentSet? Instruments(string? path, Policy policy) => path is not null ? Keep(InstrumentsFile.Load(path))
        : policy.Accounts.FirstOrDefault(a => a.May != Permissions.None) is not { } account ? InstrumentSet.Paper
        : InstrumentPresets.For(account.Venue) ?? InstrumentSet.Paper with { Source = $"nothing is known of {account.Venue}: no lots, no minima; give --instruments" };

    /// <summary>Throws, with all faults in the message, where there is one; else says the warnings on stderr.</summary>
    public void Check()
    {
        if (_faults.Count == 0)
        {
            if (_warnings.Count > 0) (to ?? Console.Error).Write(FaultText.RenderWarnings(_warnings));
            foreach (var note in _notes) (to ?? Console.Error).WriteLine($"Note: {note}");
            return;
        }
        if (asJson) Console.WriteLine(Output.Json.Text(FaultJson.Of(_faults)));
        throw new InvalidInputException(FaultText.Render(_faults).TrimEnd());
    }

    private T? Keep<T>(Reading<T> reading) where T : class
    {
        _faults.AddRange(reading.Faults);
        _warnings.AddRange(reading.Warnings);
        return reading.Value;
    }
}
