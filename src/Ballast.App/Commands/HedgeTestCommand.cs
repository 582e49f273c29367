using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.App.Output;
using Ballast.Engine.Hedges;
using Ballast.Instruments;

namespace Ballast.App.Commands;

/// <summary><c>ballast hedge-test</c>: what rules of hedging would have cost on one path of options, and what they would have left open.</summary>
internal static class HedgeTestCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "marks of options over time: a chain CSV(.gz) with many snapshots" };
        var positions = new Option<string[]>("--position") { Description = "what is hedged, an option each; quantity below zero is short: \"-1 BTC-27FEB26-70000-C\"", HelpName = "LEG", Required = true, Arity = ArgumentArity.OneOrMore };
        var rules = new Option<string[]>("--rule") { Description = $"a rule to compare, of any number: {HedgeRuleText.Rules}; without any, {string.Join(", ", HedgeTestStudy.Usual)}", HelpName = "RULE" };
        var numeraire = new Option<string>("--numeraire") { Description = "what wealth is counted in, which decides the delta that is neutral: coin or money", Required = true, HelpName = "NAME" };
        var fee = new Option<string>("--fee") { Description = "of the perpetual, one way", DefaultValueFactory = _ => "5bps", HelpName = "COST" };
        var spread = new Option<string>("--spread") { Description = "of the perpetual, bid to ask; half of it is paid", DefaultValueFactory = _ => "1bps", HelpName = "COST" };
        var aversion = new Option<double>("--risk-aversion") { Description = "relative risk aversion of ww, finite-life and zak, 2 to 10", DefaultValueFactory = _ => 3 };
        var equity = new Option<double?>("--equity") { Description = "the account's equity in coins, which the aversion is relative to; without it, the coins that the options are on", HelpName = "COINS" };
        var funding = new Option<string>("--funding") { Description = "what a long perpetual pays a year; or a file of rates such as `ballast data fetch --kind funding` writes", DefaultValueFactory = _ => "0%", HelpName = "SHARE|CSV" };
        var lot = new Option<double>("--lot") { Description = "coins that trades are multiples of; 0 for any", HelpName = "COINS" };
        var from = new Option<string?>("--from") { Description = "open at the first snapshot from then on", HelpName = "TIME" };
        var contracts = new Option<string?>("--contracts") { Description = "what quantities count: CSV; without it, Deribit's dated preset", HelpName = "CSV" };
        var outFolder = new Option<string?>("--out") { Description = "write hedge-test.csv and report.html, the picture of cost against mismatch, into this folder", HelpName = "DIR" };
        var asJson = Options.AsJson();
        var command = new Command("hedge-test",
            """
            Hedges a position of options with the perpetual along real marks, by several rules side by side: what each costs, how much risk it leaves, how often it trades.

            Judge a rule by its cost at the same mismatch, not by its profit: the profit of a hedged position is its gamma and theta, which no rule changes.

            Example:
              ballast hedge-test BTC-27FEB26.csv.gz --position "-1 BTC-27FEB26-88000-C" --position "-1 BTC-27FEB26-88000-P" --numeraire coin --rule ww --rule 0.05 --rule 6h
            """) { path };
        foreach (Option option in (Option[])[positions, rules, numeraire, fee, spread, aversion, equity, funding, lot, from, contracts, outFolder, asJson]) command.Add(option);
        command.SetAction(parsed =>
        {
            var start = Stopwatch.GetTimestamp();
            var inputs = new Inputs(parsed.GetValue(asJson));
            var set = inputs.Contracts(parsed.GetValue(contracts), new VenueId("deribit"));
            inputs.Check();
            var legs = parsed.GetValue(positions)!.Select(p => HedgeTestPath.Leg(p, set!)).ToArray();
            string[] asked = parsed.GetValue(rules) is { Length: > 0 } some ? some : [.. HedgeTestStudy.Usual];
            foreach (var rule in asked) HedgeRuleText.Parse(rule);
            var cost = Options.Cost(parsed.GetValue(fee)!, "--fee") + Options.Cost(parsed.GetValue(spread)!, "--spread") / 2;
            var inCoin = InCoin(parsed.GetValue(numeraire)!);
            var (risk, step) = (Above(parsed.GetValue(aversion), "--risk-aversion"), parsed.GetValue(lot) is >= 0 and var l && double.IsFinite(l) ? l : throw new InvalidInputException("--lot: expected 0 or more coins"));
            var rates = File.Exists(parsed.GetValue(funding)) ? inputs.Funding(parsed.GetValue(funding)!) : null;
            var share = rates is null && inputs.Faults.Count == 0 ? Options.Share(parsed.GetValue(funding)!, "--funding") : 0;
            var since = Options.Time(parsed.GetValue(from), "--from");
            var history = inputs.Chains(parsed.GetRequiredValue(path), set!);
            inputs.Check();
            var along = HedgeTestPath.Of(history!, legs, since);
            var paid = rates is null ? share : Paid(rates, along);
            var wealth = Above(parsed.GetValue(equity) ?? along.Path.Units, "--equity") * along.Path.First.Price;
            var settings = new HedgeSettings(cost, risk / wealth) { InCoin = inCoin, Inverse = along.Inverse, Funding = paid, Lot = step };
            var (loadMs, run) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, Stopwatch.GetTimestamp());
            var study = HedgeTestStudy.Of(along, settings, asked);
            var output = new HedgeTestOutput(study, legs, loadMs, Stopwatch.GetElapsedTime(run).TotalMilliseconds);
            if (parsed.GetValue(outFolder) is { } folder) output.Write(folder);
            Console.Write(parsed.GetValue(asJson) ? Json.Text(output.ToJson()) + Environment.NewLine : output.ToText(parsed.GetValue(outFolder)));
            return Outcome.Done;
        });
        return command;
    }

    /// <summary>The rates of the perpetual over the path, spread evenly over it.</summary>
    private static double Paid(FundingTable rates, HedgeTestPath along)
    {
        var symbol = rates.Series.Count == 1 ? rates.Series.Keys.First() : $"{along.Underlying}-PERPETUAL";
        if (!rates.Series.TryGetValue(symbol, out var series)) throw new InvalidInputException($"--funding: the file has no {symbol}, but {string.Join(", ", rates.Series.Keys)}");
        return FundingTable.Yearly(series, along.From, along.To)
            ?? throw new InvalidInputException($"--funding: the rates are from {Words.Time(series[0].At)} to {Words.Time(series[^1].At)}, and the path from {Words.Time(along.From)} to {Words.Time(along.To)}");
    }

    private static bool InCoin(string text) => text switch
    {
        "coin" => true,
        "money" => false,
        _ => throw new InvalidInputException($"--numeraire: `{text}`; expected coin or money"),
    };

    private static double Above(double value, string option) => value > 0 && double.IsFinite(value) ? value
        : throw new InvalidInputException($"{option}: {value.ToString(CultureInfo.InvariantCulture)}; expected a number above zero");
}
