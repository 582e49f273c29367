using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.MarketMaking;

namespace Ballast.App.Commands;

/// <summary><c>ballast maker</c>: where a market maker quotes with what he holds, and what leaning against it brings.</summary>
internal static class MakerCommand
{
    public static Command Create()
    {
        var asked = new MakerOptions();
        var asJson = Options.AsJson();
        var command = new Command("maker",
            """
            Quotes of a market maker for what he holds, by Avellaneda and Stoikov or within an inventory limit by Guéant, Lehalle and Fernandez-Tapia;
            with --simulate, what they bring over many days beside quotes of the same spread that do not lean.

            Time is in days. A quote at distance d from the mid price is taken to be filled --arrivals times exp(-decay d) times a day, one unit at a time.

            Examples, the first with the numbers of Avellaneda and Stoikov's paper:
              ballast maker --mid 100 --volatility 2 --arrivals 140 --decay 1.5 --risk-aversion 0.1 --inventory 3 --spread constant --simulate 1000
              ballast maker --mid 60000 --volatility 60% --arrivals 2000 --decay 0.05 --risk-aversion 1e-4 --inventory -4 --model limit --limit 10
            """);
        asked.AddTo(command);
        command.Add(asJson);
        command.SetAction(parsed =>
        {
            var request = asked.Read(parsed);
            var answer = request.Solve();
            if (answer is Answer<MakerStudy>.Refused refused) return Refused(refused, parsed.GetValue(asJson));
            var study = answer.OrThrow();
            Console.Write(parsed.GetValue(asJson) ? Json.Text(MakerOutput.ToJson(request, study)) + Environment.NewLine : MakerOutput.ToText(request, study));
            return Outcome.Done;
        });
        return command;
    }

    private static int Refused(Answer<MakerStudy>.Refused refused, bool asJson)
    {
        if (asJson) Console.WriteLine(Json.Text(new() { ["refused"] = new JsonObject { ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason } }));
        Console.Error.WriteLine($"No quotes: {refused.Reason} ({Words.Code(refused.Code)}).");
        return Outcome.Refused;
    }
}

/// <summary>The options of <c>maker</c>, read and judged.</summary>
internal sealed class MakerOptions
{
    private readonly Option<double> mid = new("--mid") { Description = "the mid price now", HelpName = "P", Required = true };
    private readonly Option<string> volatility = new("--volatility") { Description = "money per root of a day, such as 2; or a share a year of 365 days, such as 60%", HelpName = "N|SHARE", Required = true };
    private readonly Option<double> arrivals = new("--arrivals") { Description = "fills a day of a quote at the mid price", HelpName = "A", Required = true };
    private readonly Option<double> decay = new("--decay") { Description = "how fast fills fall off with each unit of money of distance", HelpName = "K", Required = true };
    private readonly Option<double> aversion = new("--risk-aversion") { Description = "a unit of money", HelpName = "G", Required = true };
    private readonly Option<int> inventory = new("--inventory") { Description = "units held now, below zero short", DefaultValueFactory = _ => 0, HelpName = "Q" };
    private readonly Option<int> limit = new("--limit") { Description = "the most units held, either way", DefaultValueFactory = _ => 10, HelpName = "Q" };
    private readonly Option<string> horizon = new("--horizon") { Description = "until the maker must be flat", DefaultValueFactory = _ => "1d", HelpName = "SPAN" };
    private readonly Option<string> model = new("--model") { Description = "end: flat at the horizon, no limit (Avellaneda and Stoikov); limit: exact within the limit (Guéant, Lehalle, Fernandez-Tapia)", DefaultValueFactory = _ => "end" };
    private readonly Option<string> spread = new("--spread") { Description = "of the model end: full, or only the constant part that the paper simulates", DefaultValueFactory = _ => "full" };
    private readonly Option<double> drift = new("--drift") { Description = "of the mid price, money a day; the model limit knows it", DefaultValueFactory = _ => 0, HelpName = "N" };
    private readonly Option<double> adverse = new("--adverse") { Description = "how far the mid goes against the maker at each fill; the model limit knows it", DefaultValueFactory = _ => 0, HelpName = "N" };
    private readonly Option<int?> simulate = new("--simulate") { Description = "simulate so many days", HelpName = "RUNS" };
    private readonly Option<int> steps = new("--steps") { Description = "of each simulated day", DefaultValueFactory = _ => 200, HelpName = "N" };
    private readonly Option<ulong> seed = new("--seed") { Description = "of the simulation", DefaultValueFactory = _ => 1 };

    public MakerOptions()
    {
        model.AcceptOnlyFromAmong("end", "limit");
        spread.AcceptOnlyFromAmong("full", "constant");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[mid, volatility, arrivals, decay, aversion, inventory, limit, horizon, model, spread, drift, adverse, simulate, steps, seed]) command.Add(option);
    }

    public MakerRequest Read(ParseResult parsed)
    {
        var (price, text) = (Options.Number(parsed.GetValue(mid), "--mid"), parsed.GetRequiredValue(volatility));
        var sigma = Options.Share(text, "--volatility") * (text.EndsWith('%') ? price / Math.Sqrt(365) : 1);
        if (parsed.GetValue(limit) is < 1 or > 500) throw new InvalidInputException($"--limit: {parsed.GetValue(limit)}; expected 1 to 500 units");
        if (parsed.GetValue(simulate) is < 2 or > 1_000_000) throw new InvalidInputException($"--simulate: {parsed.GetValue(simulate)}; expected 2 to 1000000 days");
        if (parsed.GetValue(steps) is < 1 or > 1_000_000) throw new InvalidInputException($"--steps: {parsed.GetValue(steps)}; expected 1 to 1000000");
        if ((long)(parsed.GetValue(simulate) ?? 0) * parsed.GetValue(steps) is > 2_000_000_000 and var all) throw new InvalidInputException($"--simulate, --steps: {all} steps in all; expected at most 2000000000");
        var byLimit = parsed.GetValue(model) == "limit";
        if (!byLimit && (parsed.GetValue(drift) != 0 || parsed.GetValue(adverse) != 0)) throw new InvalidInputException("--drift and --adverse need --model limit: the other model knows neither");
        return new(new(parsed.GetValue(arrivals), parsed.GetValue(decay), sigma) { Drift = parsed.GetValue(drift), AdverseSelection = parsed.GetValue(adverse) }, price, parsed.GetValue(aversion), parsed.GetValue(inventory))
        {
            Limit = parsed.GetValue(limit), Days = Options.Span(parsed.GetRequiredValue(horizon), "--horizon").TotalDays, ByLimit = byLimit, ConstantSpread = parsed.GetValue(spread) == "constant",
            Runs = parsed.GetValue(simulate) ?? 0, Steps = parsed.GetValue(steps), Seed = parsed.GetValue(seed),
        };
    }
}
