using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ballast.Tests.App.Commands;

/// <summary>Each verb on the example that <c>init</c> writes: what it prints for programs, and that the examples of its help run.</summary>
[Collection(Terminal.Alone)]
public sealed class VerbTests : IDisposable
{
    private static readonly string[] Verbs =
        ["init", "check", "status", "plan", "explain", "backtest", "sweep", "metrics", "optimize", "frontier", "price", "iv", "smile", "exposure", "hedge", "margin", "whatif",
         "schedule", "maker"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _policy, _holdings, _prices;

    public VerbTests()
    {
        Assert.Equal(0, Terminal.Run("init", _folder.Path).ExitCode);
        Assert.Equal(0, Terminal.Run("init", _folder.Path, "--options").ExitCode);
        _folder.File("options.csv", "type,strike,years,forward,vol\ncall,100,0.5,100,0.6\n");
        _folder.File("quotes.csv", "type,strike,years,forward,price\ncall,100,0.5,100,16.8\n");
        (_policy, _holdings, _prices) = (At("core.yaml"), At("holdings.csv"), At("synthetic-prices.csv"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_reads_every_rule_back()
    {
        var json = Terminal.Run("check", _policy, "--json").Json();

        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Empty(json.GetProperty("faults").EnumerateArray());
        Assert.True(json.GetProperty("rules").GetArrayLength() >= 5);
    }

    [Fact]
    public void Status_has_a_line_an_asset_and_an_answer_a_rule()
    {
        var json = Terminal.Run("status", _policy, "--holdings", _holdings, "--prices", _prices, "--json").Json();

        Texts(json, "value");
        foreach (var asset in json.GetProperty("assets").EnumerateArray())
        {
            Texts(asset, "asset", "quantity", "price", "value");
            Numbers(asset, "weight", "target", "drift", "riskShare");
        }
        foreach (var trigger in json.GetProperty("triggers").EnumerateArray())
        {
            Texts(trigger, "rule", "reason");
            Numbers(trigger, "distance");
            Assert.True(trigger.GetProperty("fired").ValueKind is JsonValueKind.True or JsonValueKind.False);
        }
    }

    [Fact]
    public void Status_and_plan_show_the_region_of_a_policy_that_has_one()
    {
        var path = _folder.File("region.yaml", Regex.Replace(File.ReadAllText(_policy), @"rebalance:\n(  .*\n)+", "rebalance:\n  when: [ gain: least-cost ]\n  to: least-cost\n  riskAversion: 4\n"));
        var region = Terminal.Run("status", path, "--holdings", _holdings, "--prices", _prices, "--json").Json().GetProperty("region");

        Numbers(region, "riskAversion", "way");
        foreach (var asset in region.GetProperty("assets").EnumerateArray())
        {
            Texts(asset, "asset");
            Numbers(asset, "weight", "from", "to", "toEdge", "goal", "costBack", "worthBack");
            Assert.InRange(asset.GetProperty("goal").GetDouble(), asset.GetProperty("from").GetDouble() - 1e-9, asset.GetProperty("to").GetDouble() + 1e-9);
        }
        Assert.Contains("INSIDE_REGION", Terminal.Run("plan", path, "--holdings", _holdings, "--prices", _prices).Out);
        Assert.Equal(JsonValueKind.Null, Terminal.Run("status", _policy, "--holdings", _holdings, "--prices", _prices, "--json").Json().GetProperty("region").ValueKind);
    }

    [Fact]
    public void A_plan_has_trades_with_exact_figures_and_a_reason_for_every_line_not_traded()
    {
        var json = Plan("--now").Json();

        Texts(json, "reason", "cost");
        Assert.NotEqual(0, json.GetProperty("trades").GetArrayLength());
        foreach (var trade in json.GetProperty("trades").EnumerateArray()) Texts(trade, "asset", "side", "quantity", "price", "value", "fee", "reason");
        foreach (var not in json.GetProperty("notTraded").EnumerateArray()) Texts(not, "asset", "code", "reason");
        Texts(json.GetProperty("before"), "value", "cash");
        Texts(json.GetProperty("after"), "value", "cash");
        Assert.Equal(json.GetProperty("trades").EnumerateArray().Sum(t => Exact(t, "cost")), Exact(json, "cost"));
    }

    [Fact]
    public void New_money_is_put_to_work_without_selling()
    {
        var quiet = _folder.File("quiet.yaml", "version: 1\nname: quiet\nbase: USDT\ntargets:\n  weights: { BTC: 50%, ETH: 30%, SOL: 20% }\nrebalance:\n  when: []\n");
        var holdings = _folder.File("some.csv", "asset,quantity\nBTC,0.1\nETH,2\nSOL,10\n");

        var json = Terminal.Run("plan", quiet, "--holdings", holdings, "--prices", _prices, "--cash", "1000", "--json").Json();

        Assert.All(json.GetProperty("trades").EnumerateArray(), t => Assert.Equal("buy", t.GetProperty("side").GetString()));
        Assert.InRange(json.GetProperty("trades").EnumerateArray().Sum(t => Exact(t, "value")), 999.9m, 1000m);
    }

    [Fact]
    public void Money_that_does_not_reach_every_line_names_the_ones_it_leaves_short()
    {
        var quiet = _folder.File("quiet.yaml", "version: 1\nname: quiet\nbase: USDT\ntargets:\n  weights: { BTC: 50%, ETH: 30%, SOL: 20% }\nrebalance:\n  when: []\n");
        var holdings = _folder.File("some.csv", "asset,quantity\nBTC,0.1\nETH,2\nSOL,10\n");

        var json = Terminal.Run("plan", quiet, "--holdings", holdings, "--prices", _prices, "--cash", "100", "--json").Json();

        Assert.Equal("SOL", Assert.Single(json.GetProperty("trades").EnumerateArray()).GetProperty("asset").GetString());
        Assert.Contains(json.GetProperty("notTraded").EnumerateArray(), n => n.GetProperty("asset").GetString() == "BTC" && n.GetProperty("code").GetString() == "CASH_SHORT");
    }

    [Fact]
    public void A_limit_that_was_broken_before_does_not_forbid_what_does_not_touch_it()
    {
        var limited = _folder.File("limited.yaml", "version: 1\nname: limited\nbase: USDT\ntargets:\n  weights: { BTC: 20%, ETH: 60%, SOL: 20% }\nrebalance:\n  when: []\ncosts: { fee: 10 bps }\nlimits: { weights: { BTC: 0%..25% } }\n");
        var holdings = _folder.File("some.csv", "asset,quantity\nBTC,0.2\nETH,2\nSOL,10\n");

        Assert.NotEmpty(Terminal.Run("plan", limited, "--holdings", holdings, "--prices", _prices, "--cash", "100", "--json").Json().GetProperty("trades").EnumerateArray());
    }

    [Fact]
    public void A_portfolio_file_without_accounts_takes_those_of_the_holdings()
    {
        var plain = _folder.File("plain.yaml", "version: 1\nname: plain\nbase: USDT\ntargets:\n  weights: { BTC: 50%, ETH: 50% }\nrebalance:\n  when: [ { drift: 5% } ]\n");
        var holdings = _folder.File("two.csv", "asset,quantity,account\nBTC,1,kraken\nETH,1,binance\n");

        var trades = Terminal.Run("plan", plain, "--holdings", holdings, "--prices", _prices, "--json").Json().GetProperty("trades").EnumerateArray().Select(t => $"{t.GetProperty("side")} {t.GetProperty("asset")} {t.GetProperty("account")}");

        Assert.Equal(["sell BTC kraken", "buy ETH kraken"], trades);
    }

    [Fact]
    public void Prices_that_are_too_old_stop_their_lines_and_say_so()
    {
        var strict = _folder.File("strict.yaml", "version: 1\nname: strict\nbase: USDT\ntargets:\n  weights: { BTC: 50%, ETH: 50% }\nrebalance:\n  when: [ { drift: 5% } ]\nlimits: { priceAge: 2h }\n");
        var holdings = _folder.File("btc.csv", "asset,quantity\nBTC,1\n");

        var json = Terminal.Run("plan", strict, "--holdings", holdings, "--prices", _prices, "--at", "2027-01-01", "--json").Json();

        Assert.Empty(json.GetProperty("trades").EnumerateArray());
        Assert.StartsWith("nothing that is held has a usable price: the price of BTC/USDT is ", json.GetProperty("reason").GetString());
    }

    [Fact]
    public void The_exit_code_says_that_trades_are_due_only_when_asked()
    {
        Assert.Equal(0, Plan("--now").ExitCode);
        Assert.Equal(10, Plan("--now", "--exit-code").ExitCode);
    }

    [Fact]
    public void A_plan_is_written_as_csv_and_as_an_order_ticket()
    {
        Plan("--now", "--out", At("orders"));

        Assert.StartsWith("number,account,instrument,side,quantity,price,value,fee,feeAsset,cost,reason\n1,", File.ReadAllText(At("orders/plan.csv")));
        Assert.Contains("\n1. ", File.ReadAllText(At("orders/plan.txt")));
    }

    [Fact]
    public void A_back_test_has_the_figures_of_the_policy_and_of_holding()
    {
        var json = Terminal.Run("backtest", _policy, "--prices", _prices, "--out", At("report"), "--json").Json();

        Figures(json);
        Numbers(json, "turnover", "rebalances", "trades");
        Texts(json, "costs");
        Figures(json.GetProperty("holdComparison"));
        Numbers(json.GetProperty("timing"), "loadMs", "runMs");
        foreach (var file in (string[])["report.html", "equity.csv", "returns.csv", "trades.csv"]) Assert.True(new FileInfo(At($"report/{file}")).Length > 100, file);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        Terminal.Run("backtest", _policy, "--prices", _prices, "--out", At("one"));
        Terminal.Run("backtest", _policy, "--prices", _prices, "--out", At("two"));

        foreach (var file in (string[])["report.html", "equity.csv", "returns.csv", "trades.csv"]) Assert.Equal(File.ReadAllBytes(At($"one/{file}")), File.ReadAllBytes(At($"two/{file}")));
    }

    [Fact]
    public void A_sweep_has_a_row_a_run_and_the_runs_that_nothing_beats_on_any_number_of_cores()
    {
        string[] sweep = ["sweep", _policy, "--prices", _prices, "--vary", "drift=2%..8%:2%", "--vary", "fee=5 bps,20 bps", "--json"];
        var json = Terminal.Run([.. sweep, "--threads", "1", "--out", At("one.csv")]).Json();
        Terminal.Run([.. sweep, "--threads", "2", "--out", At("two.csv")]);

        Assert.Equal(8, json.GetProperty("runs").GetInt32());
        Texts(json.GetProperty("best"), "drift", "fee", "endValue");
        Assert.NotEqual(0, json.GetProperty("pareto").GetArrayLength());
        Assert.Equal(9, File.ReadAllLines(At("one.csv")).Length);
        Assert.StartsWith("drift,fee,endValue,volatility,maxDrawdown,turnover,rebalances", File.ReadAllText(At("one.csv")));
        Assert.Equal(File.ReadAllText(At("one.csv")), File.ReadAllText(At("two.csv")));
    }

    [Theory]
    [InlineData(1, 1, "--split", "50%")]
    [InlineData(5, 1, "--walk-forward", "730d/182d")]
    [InlineData(5, 1, "--walk-forward", "730d/182d/expanding", "--by", "sharpe")]
    [InlineData(15, 5, "--folds", "6", "--test-folds", "2", "--embargo", "10d", "--by", "cost")]
    public void A_sweep_judges_its_choices_where_they_were_not_made(int choices, int histories, params string[] trial)
    {
        var plain = _folder.File("plain.yaml", "version: 1\nname: plain\nbase: USDT\ntargets:\n  weights: { BTC: 50%, ETH: 50% }\nrebalance:\n  when: [ { drift: 5% } ]\ncosts: { fee: 10 bps }\n");
        string[] sweep = ["sweep", plain, "--prices", _prices, "--vary", "drift=2%..8%:2%", "--json", .. trial];
        var json = Terminal.Run([.. sweep, "--threads", "1", "--out", At("one.csv")]).Json().GetProperty("outOfSample");
        Terminal.Run([.. sweep, "--threads", "2", "--out", At("two.csv")]);

        Assert.Equal(choices, json.GetProperty("choices").GetArrayLength());
        Assert.Equal(histories, json.GetProperty("tested").GetArrayLength());
        Assert.InRange(json.GetProperty("averageRank").GetDouble(), 0, 1);
        Assert.Equal(choices + 1, File.ReadAllLines(At("one.tests.csv")).Length);
        Assert.Equal(File.ReadAllText(At("one.tests.csv")), File.ReadAllText(At("two.tests.csv")));
        Assert.Equal(0, Terminal.Run([.. sweep.Where(a => a != "--json")]).ExitCode);
    }

    [Theory]
    [InlineData("--split: `120%`; expected a share between 0% and 100%", "--split", "120%")]
    [InlineData("--walk-forward: `730d`; expected TRAIN/TEST such as 730d/182d, or 730d/182d/expanding", "--walk-forward", "730d")]
    [InlineData("--walk-forward: `2y`; expected a span such as 730d, 26w or 12h", "--walk-forward", "2y/1y")]
    [InlineData("--walk-forward: 1460 observations leave nothing to test on after the first 9000", "--walk-forward", "9000d/182d")]
    [InlineData("--folds 1, --test-folds 1: expected at least 2 folds, and fewer that are tested together", "--folds", "1")]
    [InlineData("--split, --walk-forward, --folds: expected one of them", "--folds", "6", "--split", "50%")]
    public void A_trial_that_cannot_be_made_says_why(string answer, params string[] trial)
    {
        var run = Terminal.Run(["sweep", _policy, "--prices", _prices, "--vary", "drift=2%,4%", .. trial]);

        Assert.Equal((2, answer), (run.ExitCode, run.Err.Trim()));
    }

    [Theory]
    [InlineData("--vary", "drift=1%..5%")]
    [InlineData("--vary", "drfit=1%")]
    [InlineData("--vary", "drift=five")]
    [InlineData("--vary", "drift=5%..1%:1%")]
    public void A_wrong_variation_says_what_is_wrong_with_it(params string[] vary)
    {
        var run = Terminal.Run(["sweep", _policy, "--prices", _prices, .. vary]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"--vary {vary[1]}: ", run.Err);
    }

    [Fact]
    public void A_plan_that_cannot_be_made_is_refused_with_a_code()
    {
        var run = Terminal.Run("plan", _policy, "--holdings", _folder.File("poor.csv", "asset,quantity\nETH,0.001\n"), "--prices", _prices, "--cash", "-500", "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("INSUFFICIENT_LIQUIDITY", JsonDocument.Parse(run.Out).RootElement.GetProperty("refused").GetProperty("code").GetString());
    }

    [Fact]
    public void The_examples_in_the_help_of_every_verb_run()
    {
        var here = Directory.GetCurrentDirectory();
        foreach (var verb in Verbs)
        {
            var help = Terminal.Run(verb, "--help");
            var examples = Regex.Matches(help.Out, @"^\s+ballast ([^\n]+?)(?:\s{2,}.*)?$", RegexOptions.Multiline).Select(m => m.Groups[1].Value.Split(" && ")[0]).Where(e => e.StartsWith(verb, StringComparison.Ordinal) && !e.Contains('[')).ToArray();
            Assert.True(examples.Length > 0, $"{verb}: no example in its help\n{help.Out}");
            foreach (var example in examples)
            {
                var args = example.Replace("holdings.csv", _holdings).Replace(" prices.csv", " " + _prices).Replace("core.yaml", _policy).Replace("report/returns.csv", At("help/returns.csv")).Replace("--out report", "--out " + At("help")).Replace("--out sweep.csv", "--out " + At("sweep.csv")).Replace("init my", "init " + At("my")).Replace("init desk", "init " + At("desk")).Replace("book.csv", At("book.csv")).Replace("legs.csv", At("legs.csv")).Replace("chain.csv", At("chain.csv")).Replace("vol-book.yaml", At("vol-book.yaml")).Replace("options.csv", At("options.csv")).Replace("quotes.csv", At("quotes.csv")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var run = Terminal.Run(args);
                Assert.True(run.ExitCode == 0, $"`ballast {example}` ended with {run.ExitCode}: {run.Err}");
            }
        }
        Assert.Equal(here, Directory.GetCurrentDirectory());
    }

    private Cli Plan(params string[] more) => Terminal.Run(["plan", _policy, "--holdings", _holdings, "--prices", _prices, "--json", .. more]);

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static void Figures(JsonElement json)
    {
        Numbers(json, "bars", "multiple", "cagr", "volatility", "sharpe", "sortino", "calmar", "maxDrawdown");
        Texts(json, "startValue", "endValue");
    }

    private static void Texts(JsonElement json, params string[] keys) => Assert.All(keys, k => Assert.True(json.GetProperty(k).ValueKind == JsonValueKind.String, $"{k} is {json.GetProperty(k)}"));

    private static void Numbers(JsonElement json, params string[] keys) =>
        Assert.All(keys, k => Assert.True(json.GetProperty(k).ValueKind is JsonValueKind.Number or JsonValueKind.Null, $"{k} is {json.GetProperty(k)}"));

    private static decimal Exact(JsonElement json, string key) => decimal.Parse(json.GetProperty(key).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
