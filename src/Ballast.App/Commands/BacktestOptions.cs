using System.CommandLine;
using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>The options of <c>backtest</c> and <c>sweep</c>: how history is replayed.</summary>
internal sealed class BacktestOptions
{
    public Argument<string> File { get; } = Options.File();
    public Option<string> Prices { get; } = Options.Prices();
    public Option<string?> Holdings { get; } = Options.Holdings();
    public Option<string?> Instruments { get; } = new("--instruments") { Description = "trade only what venues accept: CSV of lots, ticks and minima; without it there are none", HelpName = "CSV" };
    public Option<string?> From { get; } = new("--from") { Description = "first bar; earlier ones are history only", HelpName = "TIME" };
    public Option<string?> To { get; } = new("--to") { Description = "bars from here on are left out", HelpName = "TIME" };
    public Option<decimal> StartValue { get; } = new("--start-value") { Description = "cash at the start", DefaultValueFactory = _ => 10_000m };
    public Option<string?> Fill { get; } = new("--fill") { Description = "price at which a decision is filled; by default next-open where the prices have opens, else next-close" };
    public Option<string> Initial { get; } = new("--initial") { Description = "whether the first purchase costs", DefaultValueFactory = _ => "charged" };
    public Option<string?> LastBar { get; } = new("--last-bar") { Description = "`trades`: a rule that fires on the last bar trades there (with --fill close)" };
    public Option<string> Calendar { get; } = Options.Calendar();
    public Option<double> RiskFree { get; } = new("--risk-free") { Description = "yearly rate for Sharpe and Sortino, as a fraction", DefaultValueFactory = _ => 0 };
    public Option<decimal> Recovery { get; } = new("--recovery") { Description = "what of its last price a delisted asset brings, as a fraction", DefaultValueFactory = _ => 1m };
    public Option<int> Repeat { get; } = new("--repeat") { Description = "run so often, and give the median time", DefaultValueFactory = _ => 1 };
    public Option<Stamp> Stamping { get; } = Options.Stamping();
    public Option<bool> AsJson { get; } = Options.AsJson();

    public BacktestOptions()
    {
        Fill.AcceptOnlyFromAmong("close", "next-open", "next-close");
        Initial.AcceptOnlyFromAmong("free", "charged");
        LastBar.AcceptOnlyFromAmong("trades");
    }

    public void AddTo(Command command)
    {
        command.Add(File);
        foreach (Option option in (Option[])[Prices, Holdings, Instruments, From, To, StartValue, Fill, Initial, LastBar, Calendar, RiskFree, Recovery, Repeat, Stamping, AsJson])
            command.Add(option);
    }

    /// <summary>Reads policy, prices and settings; every fault is thrown at once.</summary>
    public (Policy Policy, PriceHistory History, BacktestSettings Settings) Read(ParseResult parsed)
    {
        var inputs = new Inputs(parsed.GetValue(AsJson));
        var policy = inputs.Policy(parsed.GetRequiredValue(File));
        if (policy is null) inputs.Check();
        var history = inputs.Prices(parsed.GetRequiredValue(Prices), policy!, parsed.GetValue(Stamping));
        var instruments = parsed.GetValue(Instruments) is { } path ? inputs.Instruments(path, policy!) : InstrumentSet.Paper;
        var settings = history is null ? new BacktestSettings() : Settings(parsed, history);
        if (history is not null && parsed.GetValue(Holdings) is { } holdings)
            settings = settings with { Holdings = inputs.Book(holdings, policy!, history.Opens[0]) };
        inputs.Check();
        if (policy!.Hedge is not null) Console.Error.WriteLine("Note: a back-test replays weights; hedges are replayed along the marks of options, by hedge-test.");
        RequirePrices(policy!, history!);
        return (settings.DaysAYear == 252 ? ExchangeDays.Of(policy!) : policy!, history!, settings with { Instruments = instruments! });
    }

    private BacktestSettings Settings(ParseResult parsed, PriceHistory history)
    {
        var (from, to) = (Options.Time(parsed.GetValue(From), "--from"), Options.Time(parsed.GetValue(To), "--to"));
        if (!history.Opens.Any(o => !(o < from) && !(o >= to)))
            throw new InvalidInputException($"--from, --to: no bar lies between them; the prices run from {Json.Iso(history.Opens[0])} to {Json.Iso(history.Opens[^1])}");
        return new BacktestSettings
        {
            StartValue = Positive(parsed.GetValue(StartValue), "--start-value"),
            Fill = FillOf(parsed.GetValue(Fill), history),
            ChargeInitial = parsed.GetValue(Initial) == "charged",
            LastBarTrades = parsed.GetValue(LastBar) == "trades",
            RiskFree = parsed.GetValue(RiskFree),
            Recovery = parsed.GetValue(Recovery) is >= 0 and <= 1 and var r ? r : throw new InvalidInputException("--recovery: expected a fraction from 0 to 1"),
            From = from,
            To = to,
        }.OnCalendar(parsed.GetRequiredValue(Calendar));
    }

    private static FillMode FillOf(string? text, PriceHistory history)
    {
        var opens = history.Series.All(s => s.Open is not null);
        return text switch
        {
            "close" => FillMode.Close,
            "next-close" => FillMode.NextClose,
            "next-open" when !opens => throw new InvalidInputException("--fill next-open: these prices have no opens; give OHLCV files, or fill at next-close"),
            "next-open" => FillMode.NextOpen,
            _ => opens ? FillMode.NextOpen : FillMode.NextClose,
        };
    }

    private static decimal Positive(decimal value, string option) => value > 0 ? value : throw new InvalidInputException($"{option}: expected more than 0");

    private static void RequirePrices(Policy policy, PriceHistory history)
    {
        var missing = policy.Targets.AllAssets.Where(a => a != policy.Base && new Trailing(history, 0).ClosesIn(a, policy.Base, 1) is null).ToArray();
        if (missing.Length > 0)
            throw new InvalidInputException($"the prices have no {string.Join(", ", missing.AsEnumerable())}, which the targets name; they have {string.Join(", ", history.Series.Select(s => s.Quote == policy.Base ? s.Base.Code : $"{s.Base}/{s.Quote}").Take(20))}");
    }
}
