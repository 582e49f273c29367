using Ballast.Adapters.Files;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>A policy and prices to replay it over, and how: what a back-test or a sweep is asked for, wherever it is asked. Times and fills are as users write them.</summary>
internal sealed record BacktestRequest(string File, string Prices)
{
    public string? Holdings { get; init; }
    public string? Instruments { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public decimal StartValue { get; init; } = 10_000m;
    public string? Fill { get; init; }
    public bool ChargeInitial { get; init; } = true;
    public bool LastBarTrades { get; init; }
    public string Calendar { get; init; } = "crypto";
    public double RiskFree { get; init; }
    public decimal Recovery { get; init; } = 1m;
    public Stamp Stamping { get; init; } = Stamp.Open;

    /// <summary>Reads policy, prices and settings; every fault is thrown at once.</summary>
    public (Policy Policy, PriceHistory History, BacktestSettings Settings) Read(Inputs inputs)
    {
        var policy = inputs.Policy(File);
        if (policy is null) inputs.Check();
        var history = inputs.Prices(Prices, policy!, Stamping);
        var instruments = Instruments is { } path ? inputs.Instruments(path, policy!) : InstrumentSet.Paper;
        var settings = history is null ? new BacktestSettings() : Settings(history);
        if (history is not null && Holdings is { } holdings) settings = settings with { Holdings = inputs.Book(holdings, policy!, history.Opens[0]) };
        inputs.Check();
        RequirePrices(policy!, history!);
        return (settings.DaysAYear == 252 ? ExchangeDays.Of(policy!) : policy!, history!, settings with { Instruments = instruments! });
    }

    private BacktestSettings Settings(PriceHistory history)
    {
        var (from, to) = (Options.Time(From, "--from"), Options.Time(To, "--to"));
        if (!history.Opens.Any(o => !(o < from) && !(o >= to)))
            throw new InvalidInputException($"--from, --to: no bar lies between them; the prices run from {Json.Iso(history.Opens[0])} to {Json.Iso(history.Opens[^1])}");
        return new BacktestSettings
        {
            StartValue = Positive(StartValue, "--start-value"),
            Fill = FillOf(Fill, history),
            ChargeInitial = ChargeInitial,
            LastBarTrades = LastBarTrades,
            RiskFree = RiskFree,
            Recovery = Recovery is >= 0 and <= 1 and var r ? r : throw new InvalidInputException("--recovery: expected a fraction from 0 to 1"),
            From = from,
            To = to,
        }.OnCalendar(Calendar);
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
