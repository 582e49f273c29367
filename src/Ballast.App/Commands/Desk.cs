using System.CommandLine;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Instruments;

namespace Ballast.App.Commands;

/// <summary>What every verb about derivatives looks at: a book, and what a venue said of its contracts at one time.</summary>
internal sealed record Desk(PositionBook Book, ChainHistory History, Chain Chain, ContractSet Contracts)
{
    /// <summary>The exposures; what is missing in them may not drive a trade.</summary>
    public ExposureReport Exposures => Exposure.Of(Book, Chain);

    /// <summary>In which unit quantities are, as every output says it.</summary>
    public string Units => $"Quantities in the venue's own unit ({Contracts.Source}): money of perpetuals and futures settled in coin, coins of all others.";

    /// <summary>Of files; <paramref name="at"/> is null for the last snapshot of the chain.</summary>
    public static Desk Of(Inputs inputs, string bookPath, string chainPath, string? contractsPath, Instant? at)
    {
        var contracts = inputs.Contracts(contractsPath, new VenueId("deribit"));
        if (contracts is null) inputs.Check();
        var (book, history) = (inputs.Positions(bookPath, contracts!), inputs.Chains(chainPath, contracts!));
        inputs.Check();
        return new(book!, history!, Snapshot(history!, at), contracts!);
    }

    private static Chain Snapshot(ChainHistory history, Instant? at) =>
        history.At(at) ?? throw new InvalidInputException($"--at: the chain begins at {Words.Time(history.Snapshots[0].At)}, after the time asked for");

    /// <summary>The options by which a user says what to look at.</summary>
    internal sealed class Asked
    {
        public Argument<string> Book { get; } = new("book") { Description = "the account: CSV instrument,quantity[,entry,account]; a row BTC,2.5 is a balance" };
        public Option<string> Chain { get; } = new("--chain") { Description = "prices of contracts: CSV(.gz) as the exchange or Tardis writes them", HelpName = "CSV", Required = true };

        /// <summary>The same for a verb that can do without.</summary>
        public Option<string?> OptionalChain { get; } = new("--chain") { Description = "with --book: prices of contracts, CSV(.gz)", HelpName = "CSV" };
        public Option<string?> Contracts { get; } = new("--contracts") { Description = "what quantities count: CSV names,amountIn,multiplier,lot,tick,minQuantity; without it, Deribit's dated preset", HelpName = "CSV" };
        public Option<string?> At { get; } = new("--at") { Description = "now: the last snapshot of the chain not after it; without it, the last of all", HelpName = "TIME" };
        public Option<bool> AsJson { get; } = Options.AsJson();

        public void AddTo(Command command)
        {
            command.Add(Book);
            AddMarketTo(command);
        }

        /// <summary>All but the book, for a verb that takes it by another name.</summary>
        public void AddMarketTo(Command command)
        {
            foreach (Option option in (Option[])[Chain, Contracts, At, AsJson]) command.Add(option);
        }

        /// <summary>For a verb that has its own <c>--at</c> and <c>--json</c> and takes the chain only with a book.</summary>
        public Desk ReadBeside(ParseResult parsed, string bookPath)
        {
            var chain = parsed.GetValue(OptionalChain) ?? throw new InvalidInputException("--book: the prices of its contracts are missing; expected --chain CSV");
            return Of(new Inputs(asJson: false), bookPath, chain, parsed.GetValue(Contracts), null);
        }

        public Desk Read(ParseResult parsed) => Read(parsed, parsed.GetRequiredValue(Book));

        public Desk Read(ParseResult parsed, string bookPath, Inputs? inputs = null)
        {
            inputs ??= new Inputs(parsed.GetValue(AsJson));
            return Of(inputs, bookPath, parsed.GetRequiredValue(Chain), parsed.GetValue(Contracts), Options.Time(parsed.GetValue(At), "--at"));
        }

        /// <summary>The chain alone, for a verb that looks at no book.</summary>
        public Derivatives.Chain ReadChain(ParseResult parsed)
        {
            var inputs = new Inputs(parsed.GetValue(AsJson));
            var at = Options.Time(parsed.GetValue(At), "--at");
            var contracts = inputs.Contracts(parsed.GetValue(Contracts), new VenueId("deribit"));
            if (contracts is null) inputs.Check();
            var history = inputs.Chains(parsed.GetRequiredValue(Chain), contracts!);
            inputs.Check();
            return Snapshot(history!, at);
        }
    }
}
