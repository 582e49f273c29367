using System.CommandLine;
using System.Diagnostics;
using Ballast.App.Output;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Optimisation;

namespace Ballast.App.Commands;

/// <summary><c>ballast optimize</c>: the weights that a method chooses, what they risk, and what it would cost to get there.</summary>
internal static class OptimizeCommand
{
    private static readonly Dictionary<string, Method> Methods = Enum.GetValues<Method>().ToDictionary(m => m.Name(), StringComparer.OrdinalIgnoreCase);

    public static Command Create()
    {
        var method = new Option<string>("--method") { Description = $"one of {string.Join(", ", Methods.Values.Select(m => m.Name()))}", HelpName = "M", Required = true };
        var fallback = new Option<string?>("--fallback") { Description = "methods that stand in where the first is refused, such as minVariance,inverseVolatility", HelpName = "LIST" };
        var (from, wishes) = (new EstimateOptions(), new RecipeOptions());
        var repeat = new Option<int>("--repeat") { Description = "run so often and print the median time", DefaultValueFactory = _ => 1, HelpName = "N" };
        var outFolder = new Option<string?>("--out") { Description = "write weights.csv and report.html into this folder", HelpName = "DIR" };
        var asJson = Options.AsJson();
        var command = new Command("optimize",
            """
            Chooses weights by a method of portfolio theory, within limits: what they risk, how they differ from now, and what the change costs.

            Example:
              ballast optimize --method riskBudget --prices prices.csv --assets BTC,ETH,SOL,BNB --max 40%
            """);
        command.Add(method);
        from.AddTo(command);
        wishes.AddTo(command);
        foreach (Option option in (Option[])[fallback, repeat, outFolder, asJson]) command.Add(option);
        command.SetAction(parsed =>
        {
            var start = Stopwatch.GetTimestamp();
            var runs = parsed.GetValue(repeat) is >= 1 and <= 10_000 and var asked ? asked : throw new InvalidInputException("--repeat: expected 1 to 10000");
            Method[] chain = [Named(parsed.GetRequiredValue(method), "--method"), .. (parsed.GetValue(fallback)?.Split(',') ?? []).Select(f => Named(f.Trim(), "--fallback"))];
            var read = from.Read(parsed, parsed.GetValue(asJson), chain.Any(m => m.NeedsMean()));
            var loadMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var answer = read.Then(input => Optimised.Of(input, wishes.Read(parsed, chain, input), wishes.CostOf(parsed), runs));
            if (answer is Answer<Optimised>.Refused refused) return Refused(refused, chain[0], parsed.GetValue(asJson));
            var optimised = answer.OrThrow();
            if (parsed.GetValue(outFolder) is { } folder) OptimizeReport.Write(folder, optimised);
            Console.Write(parsed.GetValue(asJson) ? Json.Text(OptimizeJson.Of(optimised, loadMs)) + Environment.NewLine : OptimizeText.Of(optimised, parsed.GetValue(outFolder)));
            return Outcome.Done;
        });
        return command;
    }

    private static int Refused(Answer<Optimised>.Refused refused, Method method, bool asJson)
    {
        if (asJson) Console.WriteLine(Json.Text(OptimizeJson.Of(refused, method)));
        Console.Error.WriteLine($"No weights by {method.Name()}: {refused.Reason} ({Words.Code(refused.Code)}).");
        return Outcome.Refused;
    }

    private static Method Named(string text, string option) => Methods.TryGetValue(text, out var method) ? method
        : throw new InvalidInputException($"{option}: there is no method `{text}`; there are {string.Join(", ", Methods.Values.Select(m => m.Name()))}");
}

/// <summary>What a method is told on the command line.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<double> aversion = new("--risk-aversion") { Description = "of maxUtility, and of minVariance where --cost counts", DefaultValueFactory = _ => 5, HelpName = "N" };
    private readonly Option<string?> cost = new("--cost") { Description = "of trading, one side, such as 10bps; maxUtility and minVariance weigh it against the gain of --cost-over", HelpName = "COST" };
    private readonly Option<double> years = new("--cost-over") { Description = "years over which a trade has to earn its cost", DefaultValueFactory = _ => 1, HelpName = "YEARS" };
    private readonly Option<string?> least = new("--return") { Description = "of targetReturn, a year", HelpName = "SHARE" };
    private readonly Option<string?> volatility = new("--volatility") { Description = "of targetVolatility, a year", HelpName = "SHARE" };
    private readonly Option<string> confidence = new("--confidence") { Description = "of minCVaR and minCDaR", DefaultValueFactory = _ => "95%", HelpName = "SHARE" };
    private readonly Option<string> fraction = new("--fraction") { Description = "of full kelly; the rest stays in cash", DefaultValueFactory = _ => "100%", HelpName = "SHARE" };
    private readonly Option<string?> budgets = new("--budgets") { Description = "shares of risk of riskBudget, such as BTC=50%,ETH=30%,SOL=20%; without them all are equal", HelpName = "LIST" };
    private readonly Option<int?> clusters = new("--clusters") { Description = "of herc; without it the root of the number of assets", HelpName = "N" };
    private readonly Option<LinkageMethod?> linkage = new("--linkage") { Description = $"of hrp (single) and herc (ward): {Options.Words<LinkageMethod>()}", HelpName = "NAME" };
    private readonly Option<LinkageInput> distance = new("--distance") { Description = "of hrp: condensedDistance, or rowsAsPoints as in the book", DefaultValueFactory = _ => LinkageInput.CondensedDistance, HelpName = "NAME" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[aversion, cost, years, least, volatility, confidence, fraction, budgets, clusters, linkage, distance]) command.Add(option);
    }

    public double CostOf(ParseResult parsed) => parsed.GetValue(cost) is { } text ? Options.Cost(text, "--cost") : 0;

    public Recipe[] Read(ParseResult parsed, Method[] chain, EstimateInput input)
    {
        var (paid, span) = (CostOf(parsed), parsed.GetValue(years));
        if (paid > 0 && input.Limits.Current.Length == 0) throw new InvalidInputException("--cost needs --current: the weights now");
        if (!(span > 0 && double.IsFinite(span))) throw new InvalidInputException($"--cost-over: {span}; expected a number of years above zero");
        if (!(parsed.GetValue(aversion) is > 0 and < double.PositiveInfinity and var gamma)) throw new InvalidInputException("--risk-aversion: expected a number above zero");
        return [.. chain.Select(method => new Recipe(method)
        {
            RiskAversion = gamma,
            RiskFree = input.RiskFree,
            Return = Maybe(parsed, least, "--return"),
            Volatility = Maybe(parsed, volatility, "--volatility"),
            Confidence = Inside(parsed, confidence, "--confidence"),
            Fraction = Inside(parsed, fraction, "--fraction", most: 1),
            Budgets = parsed.GetValue(budgets) is { } list ? BudgetsOf(list, input.Estimates.Names) : null,
            Clusters = parsed.GetValue(clusters),
            Linkage = parsed.GetValue(linkage),
            Distance = parsed.GetValue(distance),
            Costs = paid > 0 && method.WeighsCosts() ? [.. input.Estimates.Names.Select(_ => paid / span)] : [],
        })];
    }

    private static double? Maybe(ParseResult parsed, Option<string?> option, string name) => parsed.GetValue(option) is { } text ? Options.Share(text, name) : null;

    private static double Inside(ParseResult parsed, Option<string> option, string name, double most = 0.9999) =>
        Options.Share(parsed.GetRequiredValue(option), name) is > 0 and var share && share <= most ? share : throw new InvalidInputException($"{name}: expected a share above zero, at most {most:P2}");

    private static double[] BudgetsOf(string list, IReadOnlyList<string> names)
    {
        var (shares, seen) = (new double[names.Count], new HashSet<string>());
        foreach (var part in list.Split(','))
        {
            if (part.Split('=') is not [var name, var share]) throw new InvalidInputException($"--budgets: `{part}`; expected a name and a share such as BTC=50%");
            var at = names.ToList().IndexOf(name.Trim());
            if (!seen.Add(name.Trim())) throw new InvalidInputException($"--budgets: `{name.Trim()}` stands twice; expected each asset once");
            if (at < 0) throw new InvalidInputException($"--budgets: there is no `{name.Trim()}`; there are {string.Join(", ", names.Take(20))}");
            shares[at] = Options.Share(share, "--budgets");
        }
        return shares;
    }
}
