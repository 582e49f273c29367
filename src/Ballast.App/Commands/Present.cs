using System.CommandLine;
using Ballast.Adapters.Files;
using Ballast.Engine.Backtests;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary>What <c>status</c>, <c>plan</c> and <c>explain</c> look at: the policy, the holdings and the prices of now.</summary>
internal sealed record Present(Policy Policy, PriceHistory History, Sight Sight, InstrumentSet Instruments)
{
    /// <summary>The options that lead to it, alike in the three verbs.</summary>
    public sealed class Asked
    {
        public Argument<string> File { get; } = Options.File();
        public Option<string?> Holdings { get; } = Options.Holdings(required: true);
        public Option<string> Prices { get; } = Options.Prices();
        public Option<string?> Instruments { get; } = Options.Instruments();
        public Option<string?> At { get; } = Options.At();
        public Option<Stamp> Stamping { get; } = Options.Stamping();
        public Option<bool> AsJson { get; } = Options.AsJson();

        public void AddTo(Command command, bool required = true)
        {
            command.Add(File);
            (Holdings.Required, Prices.Required) = (required, required);
            foreach (Option option in (Option[])[Holdings, Prices, Instruments, At, Stamping, AsJson]) command.Add(option);
        }

        /// <summary>Reads it all; every fault of every file is thrown at once.</summary>
        public Present Read(ParseResult parsed, decimal cash = 0)
        {
            var files = new PresentFiles(parsed.GetRequiredValue(File), parsed.GetValue(Holdings)!, parsed.GetRequiredValue(Prices), parsed.GetValue(Instruments));
            return Of(files, new Inputs(parsed.GetValue(AsJson)), Options.Time(parsed.GetValue(At), "--at"), parsed.GetValue(Stamping)).With(cash);
        }
    }

    /// <summary>Reads it all; every fault of every file is thrown at once.</summary>
    /// <param name="at">Now; null for the last row of the prices.</param>
    public static Present Of(PresentFiles files, Inputs inputs, Instant? at, Stamp stamp)
    {
        var policy = inputs.Policy(files.Policy);
        if (policy is null) inputs.Check();
        var history = inputs.Prices(files.Prices, policy!, stamp);
        var instruments = inputs.Instruments(files.Instruments, policy!);
        var last = history is null ? 0 : LastBar(history, at);
        var now = at ?? history?.Opens[last] ?? Instant.MinValue;
        var book = inputs.Book(files.Holdings, policy!, now);
        inputs.Check();
        return new Present(policy!, history!, Look(policy!, history!, book!, last, now) with { Instruments = instruments! }, instruments!);
    }

    /// <summary>With money that has come, or is to be raised where it is negative.</summary>
    public Present With(decimal cash)
    {
        if (cash == 0) return this;
        var book = Sight.Book;
        var account = book.Accounts.FirstOrDefault(a => a.May.HasFlag(Permissions.Buy)) ?? book.Accounts[0];
        return this with { Sight = Sight with { Book = cash > 0 ? book.Add(new Amount(cash, Policy.Base), account.Name) : book, Flow = cash } };
    }

    private static int LastBar(PriceHistory history, Instant? at)
    {
        if (at is not { } now) return history.Count - 1;
        var place = history.Opens.BinarySearch(now);
        var last = place >= 0 ? place : ~place - 1;
        return last >= 0 ? last : throw new InvalidInputException($"--at: the prices begin at {history.Opens[0]}, later than {now}");
    }

    private static Sight Look(Policy policy, PriceHistory history, Book book, int last, Instant now)
    {
        var market = new MarketFeed(history).At(last, now, policy.Limits.PriceAge);
        var bar = new Bar(Bar.ByHand, last > 0 ? history.Opens[last - 1] : null, history.Opens[last], history.Spacing, history.Opens[0]);
        return new Sight(now, bar, book, market, new Trailing(history, last), BarsAYear.Of(history.Spacing, new BacktestSettings()));
    }
}

/// <summary>The files that say what is wanted, what is held and what it is worth.</summary>
/// <param name="Instruments">Null: the preset of the account's venue.</param>
internal sealed record PresentFiles(string Policy, string Holdings, string Prices, string? Instruments);
