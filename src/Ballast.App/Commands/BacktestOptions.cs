using System.CommandLine;
using Ballast.Adapters.Files;
using Ballast.Engine.Backtests;
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
        var read = Request(parsed).Read(new Inputs(parsed.GetValue(AsJson)));
        if (read.Policy.Hedge is not null) Console.Error.WriteLine("Note: a back-test replays weights; hedges are replayed along the marks of options, by hedge-test.");
        return read;
    }

    private BacktestRequest Request(ParseResult parsed) => new(parsed.GetRequiredValue(File), parsed.GetRequiredValue(Prices))
    {
        Holdings = parsed.GetValue(Holdings), Instruments = parsed.GetValue(Instruments), From = parsed.GetValue(From), To = parsed.GetValue(To), StartValue = parsed.GetValue(StartValue),
        Fill = parsed.GetValue(Fill), ChargeInitial = parsed.GetValue(Initial) == "charged", LastBarTrades = parsed.GetValue(LastBar) == "trades", Calendar = parsed.GetRequiredValue(Calendar),
        RiskFree = parsed.GetValue(RiskFree), Recovery = parsed.GetValue(Recovery), Stamping = parsed.GetValue(Stamping),
    };
}
