using System.CommandLine;
using Ballast.Adapters.Files;
using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Risk;

namespace Ballast.App.Commands;

/// <summary>What <c>optimize</c> and <c>frontier</c> look at: where the estimates come from, what is held, and what limits the weights.</summary>
internal sealed class EstimateOptions
{
    public Option<string?> Returns { get; } = new("--returns") { Description = "simple returns: CSV timestamp,A,B,...", HelpName = "CSV" };
    public Option<string?> Cov { get; } = new("--cov") { Description = "a covariance instead: CSV, a header of names, then a row a name; taken as annual", HelpName = "CSV" };
    public Option<string?> Mean { get; } = new("--mean") { Description = "expected returns beside --cov: CSV asset,mean", HelpName = "CSV" };
    public Option<string?> Prices { get; } = new("--prices") { Description = "prices instead: daily returns are made of them", HelpName = "PATH" };
    public Option<string> Base { get; } = new("--base") { Description = "the currency of --prices", DefaultValueFactory = _ => "USDT", HelpName = "ASSET" };
    public Option<string?> Assets { get; } = new("--assets") { Description = "only these, such as BTC,ETH,SOL", HelpName = "LIST" };
    public Option<CovarianceEstimator> Covariance { get; } = new("--covariance") { Description = $"how the covariance is estimated: {Options.Words<CovarianceEstimator>()}", DefaultValueFactory = _ => CovarianceEstimator.LedoitWolfConstantCorrelation, HelpName = "NAME" };
    public Option<ReturnsEstimator> Expected { get; } = new("--expected") { Description = $"how expected returns are estimated: {Options.Words<ReturnsEstimator>()}", DefaultValueFactory = _ => ReturnsEstimator.Arithmetic, HelpName = "NAME" };
    public Option<string> RiskFree { get; } = new("--risk-free") { Description = "a year", DefaultValueFactory = _ => "0%", HelpName = "SHARE" };
    public Option<string?> Current { get; } = new("--current") { Description = "weights now: CSV asset,weight", HelpName = "CSV" };
    public Option<string?> Turnover { get; } = new("--turnover") { Description = "the most to trade, purchases and sales together", HelpName = "SHARE" };
    public Option<string> Min { get; } = new("--min") { Description = "least weight of each asset", DefaultValueFactory = _ => "0", HelpName = "SHARE" };
    public Option<string> Max { get; } = new("--max") { Description = "most weight of each asset", DefaultValueFactory = _ => "1", HelpName = "SHARE" };
    public Option<string[]> Group { get; } = new("--group") { Description = "bounds of a sum, such as BTC+ETH=20%..60%; several times for several", HelpName = "NAMES=LOW..HIGH" };
    public Option<string> Calendar { get; } = Options.Calendar();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Returns, Cov, Mean, Prices, Base, Assets, Covariance, Expected, RiskFree, Current, Turnover, Min, Max, Group, Calendar]) command.Add(option);
    }

    /// <summary>Reads it all; every fault of every file is thrown at once.</summary>
    /// <param name="needsMean">Whether expected returns are asked for.</param>
    public Answer<EstimateInput> Read(ParseResult parsed, bool asJson, bool needsMean)
    {
        var sources = new[] { Returns, Cov, Prices }.Count(o => parsed.GetValue(o) is not null);
        if (sources != 1) throw new InvalidInputException("expected one of --returns, --cov and --prices");
        if (parsed.GetValue(Mean) is not null && parsed.GetValue(Cov) is null) throw new InvalidInputException("--mean belongs to --cov; --expected says how returns are expected");
        if (parsed.GetValue(Assets) is not null && parsed.GetValue(Cov) is not null) throw new InvalidInputException("--assets belongs to --prices and --returns; keep only their rows and columns in the file of --cov");
        var inputs = new Inputs(asJson);
        var current = parsed.GetValue(Current) is { } held ? inputs.Values(held, "weight") : null;
        return (parsed.GetValue(Cov) is { } cov ? Given(inputs, cov, parsed.GetValue(Mean)) : Estimated(inputs, parsed, needsMean))
            .Then<EstimateInput>(estimates => new EstimateInput(estimates, LimitsOf(parsed, estimates, current), Options.Share(parsed.GetRequiredValue(RiskFree), "--risk-free"), Source(parsed, estimates)) { File = parsed.GetValue(Prices) ?? parsed.GetValue(Returns) ?? parsed.GetValue(Cov)!, Facts = Facts(parsed, needsMean) });
    }

    /// <summary>How the estimates were made, for whoever wants to make them again.</summary>
    private IEnumerable<Fact> Facts(ParseResult parsed, bool needsMean)
    {
        var file = parsed.GetValue(Prices) ?? parsed.GetValue(Returns) ?? parsed.GetValue(Cov)!;
        yield return new("Data", $"{Path.GetFileName(file.TrimEnd('/'))}, sha256 {Digest.Short(Digest.OfPath(file))}");
        if (parsed.GetValue(Cov) is not null) yield break;
        yield return new("Covariance", parsed.GetValue(Covariance).ToString());
        if (needsMean) yield return new("Expected returns", $"{parsed.GetValue(Expected)}; estimates, and mostly noise");
    }

    private static string Source(ParseResult parsed, Estimates estimates) => estimates.Notes.Count == 0 ? "a given covariance, taken as annual" : string.Join("; ", estimates.Notes);

    private static Answer<Estimates> Given(Inputs inputs, string cov, string? mean)
    {
        var table = inputs.Covariance(cov);
        var means = mean is null ? null : inputs.Values(mean, "mean");
        inputs.Check();
        return new Estimates(table!.Names, table.Covariance, means is null ? null : InOrder(means, table.Names, "--mean", missing: null), null, 1);
    }

    private Answer<Estimates> Estimated(Inputs inputs, ParseResult parsed, bool needsMean)
    {
        var estimation = new Estimation
        {
            Covariance = parsed.GetValue(Covariance), Returns = parsed.GetValue(Expected), RiskFree = Options.Share(parsed.GetRequiredValue(RiskFree), "--risk-free"),
        };
        var calendar = new BacktestSettings().OnCalendar(parsed.GetRequiredValue(Calendar));
        var (names, table, year) = parsed.GetValue(Prices) is { } prices ? OfPrices(inputs, parsed, prices, calendar) : OfReturns(inputs, parsed.GetValue(Returns)!, calendar);
        if (parsed.GetValue(Assets) is { } list) (names, table) = Only(names, table, list.Split(','));
        return estimation.Of(names, table, year, needsMean);
    }

    private static (string[] Names, Matrix Table, double Year) OfReturns(Inputs inputs, string path, BacktestSettings calendar)
    {
        var table = inputs.Returns(path);
        inputs.Check();
        return ([.. table!.Names], Algebra.Filled(table.Periods, table.Names.Length, (t, i) => table.Series[i][t]), BarsAYear.Of(table.Spacing, calendar));
    }

    private (string[] Names, Matrix Table, double Year) OfPrices(Inputs inputs, ParseResult parsed, string path, BacktestSettings calendar)
    {
        var unit = new Asset(parsed.GetRequiredValue(Base));
        var history = inputs.Prices(path, unit);
        inputs.Check();
        var past = PastReturns.Of(new Trailing(history!, history!.Count - 1), history.Series.Where(s => s.Quote == unit).Select(s => s.Base), unit, Duration.FromDays(36_500), BarsAYear.Of(history.Spacing, calendar));
        return past is null ? throw new InvalidInputException($"--prices: expected at least {PastReturns.Fewest} days of prices in {unit}") : ([.. past.Assets.Select(a => a.Code)], past.Table, past.AYear);
    }

    private static (string[], Matrix) Only(string[] names, Matrix table, string[] wanted)
    {
        int[] places = [.. wanted.Select(w => Array.IndexOf(names, w.Trim()) is >= 0 and var at ? at : throw new InvalidInputException($"--assets: there is no `{w}`; there are {string.Join(", ", names.Take(20))}"))];
        if (places.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new InvalidInputException($"--assets: `{names[twice.Key]}` stands twice; expected each asset once");
        return ([.. places.Select(p => names[p])], Algebra.Filled(table.Rows, places.Length, (t, i) => table[t, places[i]]));
    }

    private Limits LimitsOf(ParseResult parsed, Estimates estimates, ValuesTable? current)
    {
        var n = estimates.Names.Count;
        var turnover = parsed.GetValue(Turnover) is { } most ? Options.Share(most, "--turnover") : double.PositiveInfinity;
        if (current is null && double.IsFinite(turnover)) throw new InvalidInputException("--turnover needs --current: the weights now");
        if (turnover < 0) throw new InvalidInputException($"--turnover: `{parsed.GetValue(Turnover)}`; expected zero or more");
        var (low, high) = (Options.Share(parsed.GetRequiredValue(Min), "--min"), Options.Share(parsed.GetRequiredValue(Max), "--max"));
        if (low > high) throw new InvalidInputException($"--min {parsed.GetValue(Min)} is above --max {parsed.GetValue(Max)}");
        return Limits.Between(n, low, high) with
        {
            Current = current is null ? [] : InOrder(current, estimates.Names, "--current", missing: 0),
            Turnover = turnover,
            Rows = [.. (parsed.GetValue(Group) ?? []).SelectMany(g => Rows(g, estimates.Names))],
        };
    }

    private static IEnumerable<LinearLimit> Rows(string text, IReadOnlyList<string> names)
    {
        if (text.Split('=') is not [var members, var range] || range.Split("..") is not [var low, var high])
            throw new InvalidInputException($"--group: `{text}`; expected names and bounds such as BTC+ETH=20%..60%");
        int[] places = [.. members.Split('+').Select(m => names.ToList().IndexOf(m.Trim()) is >= 0 and var at ? at : throw new InvalidInputException($"--group: there is no `{m}`; there are {string.Join(", ", names.Take(20))}"))];
        return LinearLimit.Group(members, names.Count, places, Options.Share(low, "--group"), Options.Share(high, "--group"));
    }

    private static double[] InOrder(ValuesTable table, IReadOnlyList<string> names, string option, double? missing)
    {
        if (table.Values.Keys.FirstOrDefault(k => !names.Contains(k)) is { } stranger) throw new InvalidInputException($"{option}: `{stranger}` is not among the assets {string.Join(", ", names.Take(20))}");
        return [.. names.Select(n => table.Values.TryGetValue(n, out var v) ? v : missing ?? throw new InvalidInputException($"{option}: there is no number of {n}"))];
    }
}

/// <summary>Estimates with the limits of the weights.</summary>
/// <param name="RiskFree">A year.</param>
/// <param name="Source">What the estimates rest on.</param>
internal sealed record EstimateInput(Estimates Estimates, Limits Limits, double RiskFree, string Source)
{
    /// <summary>Where the data came from.</summary>
    public required string File { get; init; }

    /// <summary>Made only when asked for: they read the file once more.</summary>
    public required IEnumerable<Fact> Facts { get; init; }

    public IReadOnlyList<string> Flags => BacktestReport.IsSynthetic(File) ? ["the prices are synthetic"] : [];
}
