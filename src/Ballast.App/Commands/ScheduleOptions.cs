using System.CommandLine;

namespace Ballast.App.Commands;

/// <summary>The options of <c>schedule</c>, read and judged.</summary>
internal sealed class ScheduleOptions
{
    private readonly Option<double> quantity = new("--quantity") { Description = "units to trade: above zero buys, below sells", HelpName = "N", Required = true };
    private readonly Option<string> method = new("--method") { Description = "how the order is cut", DefaultValueFactory = _ => ScheduleRequest.Methods[0] };
    private readonly Option<int?> steps = new("--steps") { Description = "how many trades; with --volumes as many as those", HelpName = "N" };
    private readonly Option<string> duration = new("--duration") { Description = "from the first to the end, such as 90m, 6h or 2d", HelpName = "SPAN", Required = true };
    private readonly Option<double?> price = new("--price") { Description = "now, in money a unit", HelpName = "P" };
    private readonly Option<string?> volatility = new("--volatility") { Description = "of the price, a year of 365 days", HelpName = "SHARE" };
    private readonly Option<string> spread = new("--spread") { Description = "between best bid and ask; half of it is paid", DefaultValueFactory = _ => "0bps", HelpName = "COST" };
    private readonly Option<string> fee = new("--fee") { Description = "of what is traded", DefaultValueFactory = _ => "0bps", HelpName = "COST" };
    private readonly Option<double?> dailyVolume = new("--daily-volume") { Description = "of the whole market, in units", HelpName = "N" };
    private readonly Option<double?> temporary = new("--temporary") { Description = "impact while trading: money a unit for one unit a day", HelpName = "N" };
    private readonly Option<double?> permanent = new("--permanent") { Description = "impact that stays: money a unit for one unit", HelpName = "N" };
    private readonly Option<double> aversion = new("--risk-aversion") { Description = "what a unit of variance costs, per unit of money; 0 trades evenly", DefaultValueFactory = _ => 1e-6, HelpName = "L" };
    private readonly Option<string> jitter = new("--jitter") { Description = "of twap: how far sizes may be from even, drawn from --seed", DefaultValueFactory = _ => "0%", HelpName = "SHARE" };
    private readonly Option<ulong> seed = new("--seed") { Description = "of --jitter", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> volumes = new("--volumes") { Description = "expected volume of all others in each step, such as 800,500,300", HelpName = "LIST" };
    private readonly Option<string> rate = new("--rate") { Description = "of pov: the share of all trading", DefaultValueFactory = _ => "10%", HelpName = "SHARE" };
    private readonly Option<string?> maxRate = new("--max-rate") { Description = "no trade is a larger share of its step's trading; needs --volumes", HelpName = "SHARE" };
    private readonly Option<double> lot = new("--lot") { Description = "trades are whole lots", DefaultValueFactory = _ => 0, HelpName = "N" };
    private readonly Option<double> least = new("--min") { Description = "no trade but the last is smaller", DefaultValueFactory = _ => 0, HelpName = "N" };

    public ScheduleOptions() => method.AcceptOnlyFromAmong(ScheduleRequest.Methods);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[quantity, method, steps, duration, price, volatility, spread, fee, dailyVolume, temporary, permanent, aversion, jitter, seed, volumes, rate, maxRate, lot, least]) command.Add(option);
    }

    public ScheduleRequest Read(ParseResult parsed)
    {
        var others = parsed.GetValue(volumes) is { } list ? Options.Numbers(list, "--volumes") : [];
        var name = parsed.GetRequiredValue(method);
        if (name is "vwap" or "pov" && others.Length == 0) throw new InvalidInputException($"--method {name} needs --volumes: the expected volume of all others in each step");
        if (parsed.GetValue(maxRate) is not null && others.Length == 0) throw new InvalidInputException("--max-rate needs --volumes: the expected volume of all others in each step");
        var size = parsed.GetValue(quantity);
        if (!(double.IsFinite(size) && size != 0 && Math.Abs(size) < 1e15)) throw new InvalidInputException($"--quantity: {size}; expected units above zero to buy, below to sell");
        return new()
        {
            Method = name, Quantity = size, Steps = StepsOf(parsed, others), Duration = Options.Span(parsed.GetRequiredValue(duration), "--duration"), Market = MarketOf(parsed, name),
            RiskAversion = Options.Number(parsed.GetValue(aversion), "--risk-aversion", orZero: true),
            Jitter = Below(parsed.GetRequiredValue(jitter), "--jitter", orZero: true), Seed = parsed.GetValue(seed), Volumes = others,
            Rate = Below(parsed.GetRequiredValue(rate), "--rate"), MostRate = parsed.GetValue(maxRate) is { } most ? Below(most, "--max-rate") : null,
            Lot = Options.Number(parsed.GetValue(lot), "--lot", orZero: true), Least = Options.Number(parsed.GetValue(least), "--min", orZero: true),
        };
    }

    private int StepsOf(ParseResult parsed, double[] others) => (parsed.GetValue(steps), others.Length) switch
    {
        (null, 0) => throw new InvalidInputException("expected --steps, or --volumes with one a step"),
        (null, var count) => count,
        ({ } count, _) when count is < 1 or > 100_000 => throw new InvalidInputException($"--steps: {count}; expected 1 to 100000"),
        ({ } count, var known) when known != 0 && known != count => throw new InvalidInputException($"--steps {count}, but --volumes has {known}; expected one a step"),
        ({ } count, _) => count,
    };

    /// <summary>Null where costs are not asked for.</summary>
    private TradingMarket? MarketOf(ParseResult parsed, string name)
    {
        var (now, moves, volume, explicitly) = (parsed.GetValue(price), parsed.GetValue(volatility), parsed.GetValue(dailyVolume), parsed.GetValue(temporary) is not null);
        if (now is null || moves is null || volume is null && !explicitly)
            return name != ScheduleRequest.Methods[0] ? null : throw new InvalidInputException("--method almgren-chriss needs --price, --volatility and --daily-volume (or --temporary); twap needs none of them");
        var money = Options.Number(now.Value, "--price");
        var (wide, paid) = (Options.Cost(parsed.GetRequiredValue(spread), "--spread") * money, Options.Cost(parsed.GetRequiredValue(fee), "--fee") * money);
        var impact = volume is { } all ? Numerics.Execution.PriceImpact.OfVolume(wide, Options.Number(all, "--daily-volume"), paid) : new(0.5 * wide + paid, 0, 0);
        if (parsed.GetValue(temporary) is { } eta) impact = impact with { Temporary = Options.Number(eta, "--temporary") };
        if (parsed.GetValue(permanent) is { } gamma) impact = impact with { Permanent = Options.Number(gamma, "--permanent", orZero: true) };
        return impact.Temporary > 0 ? new(money, Options.Number(Options.Share(moves, "--volatility"), "--volatility", orZero: true), impact)
            : throw new InvalidInputException("trading would have no impact: give --spread with --daily-volume, or --temporary");
    }

    private static double Below(string text, string option, bool orZero = false) =>
        Options.Share(text, option) is var share && share < 1 && (share > 0 || orZero && share == 0) ? share : throw new InvalidInputException($"{option}: `{text}`; expected a share {(orZero ? "from" : "above")} 0 % to below 100 %");
}
