using System.Globalization;
using Ballast.Adapters.Files;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Random;
using Ballast.Planning;

namespace Ballast.Tests.Engine.Running;

/// <summary>A day of hourly prices with a past before it, what is held when it begins, and the policies that are run through it.</summary>
/// <param name="Holdings">What the account holds at first, cash too.</param>
internal sealed record OneDay(PriceHistory History, int First, Dictionary<string, decimal> Holdings)
{
    public const string Account = "binance";

    public static readonly Asset Usdt = new("USDT");

    /// <summary>Decimals of the prices of the simulated exchange; of two coins fewer, so that a fee of 10 bps has no ninth decimal, which no venue books.</summary>
    private static readonly Dictionary<string, (double Start, int Decimals)> Coins = new()
    {
        ["ADA"] = (0.4, 4), ["ATOM"] = (7, 2), ["AVAX"] = (30, 2), ["BNB"] = (600, 2), ["BTC"] = (96000, 0), ["DOGE"] = (0.12, 5), ["DOT"] = (6, 3), ["ETH"] = (2900, 1), ["LINK"] = (14, 2), ["LTC"] = (70, 2), ["SOL"] = (150, 2), ["XRP"] = (0.6, 4),
    };

    private static readonly Dictionary<string, decimal> Held = new()
    {
        ["ADA"] = 14000m, ["ATOM"] = 114.9m, ["AVAX"] = 110m, ["BNB"] = 20m, ["BTC"] = 0.94m, ["DOGE"] = 20000m, ["DOT"] = 1150m, ["ETH"] = 7.4m, ["LINK"] = 600m, ["LTC"] = 80m, ["SOL"] = 240m, ["XRP"] = 15100m, ["USDT"] = 3600m,
    };

    public int Last => History.Count - 1;

    public IEnumerable<string> Assets => History.Series.Select(s => s.Base.Code);

    /// <summary>The holdings as a book; of a book with ETH some is staked elsewhere.</summary>
    public Book Book(Policy policy) => new(policy.Accounts, [.. Holdings.Select(h => new Holding(new Asset(h.Key), h.Value, Account)), .. Holdings.ContainsKey("ETH") ? [new Holding(new Asset("ETH"), 4, Account, HoldingStatus.Staked)] : Array.Empty<Holding>()]);

    /// <summary>31 May 2022, as it was; nine coins.</summary>
    public static OneDay Real()
    {
        var reading = PriceFiles.Load(Repository.RealData("crypto_hourly_spot"), Usdt);
        Assert.Empty(reading.Faults);
        return Until(reading.Value!, Instant.FromUtc(2022, 5, 31, 0, 0));
    }

    /// <summary>Twelve coins that nobody traded, over a year and to the end of May 2026.</summary>
    public static OneDay Synthetic()
    {
        const int hours = 24 * 380;
        var chance = new Xoshiro256(20260531);
        var start = Instant.FromUtc(2026, 6, 1, 0, 0) - Duration.FromHours(hours);
        var closes = Coins.ToDictionary(c => c.Key, _ => new double[hours]);
        var prices = Coins.ToDictionary(c => c.Key, c => c.Value.Start);
        for (var t = 0; t < hours; t++)
        {
            var market = chance.NextNormal();
            foreach (var coin in Coins.Keys) closes[coin][t] = prices[coin] *= Math.Exp(0.004 * market + 0.006 * chance.NextNormal());
        }
        var history = new PriceHistory([.. Enumerable.Range(0, hours).Select(t => start + Duration.FromHours(t))], Duration.FromHours(1), [.. Coins.Keys.Order(StringComparer.Ordinal).Select(c => new PriceSeries(new(c), Usdt, closes[c]))]);
        return Until(history, Instant.FromUtc(2026, 5, 31, 0, 0));
    }

    /// <summary>The same day with a coin that has no prices for some hours, and others that miss one.</summary>
    public OneDay WithGaps() => this with
    {
        History = new PriceHistory(History.Opens, History.Spacing, [.. History.Series.Select((s, i) => s with { Close = [.. s.Close.Select((c, t) => Missing(s.Base.Code, i, t - First) ? double.NaN : c)] })]),
    };

    private static bool Missing(string coin, int i, int hour) => coin == "ETH" ? hour is >= 2 and < 9 : hour == 4 + i || hour == 17 - i;

    /// <summary>The last year of sixteen funds on exchange days, as it was.</summary>
    public static OneDay Funds()
    {
        var reading = PriceFiles.Load(Repository.RealData("classical/etf_adj_close_daily.csv.gz"), new Asset("USD"));
        Assert.Empty(reading.Faults);
        return new OneDay(reading.Value!, reading.Value!.Count - 250, reading.Value!.Series.ToDictionary(s => s.Base.Code, _ => 100m).Append(KeyValuePair.Create("USD", 5000m)).ToDictionary());
    }

    private static OneDay Until(PriceHistory all, Instant day)
    {
        var (first, last) = (all.Opens.IndexOf(day), all.Opens.IndexOf(day + Duration.FromHours(23)));
        Assert.Equal(23, last - first);
        var kept = new PriceHistory([.. all.Opens.Take(last + 1)], all.Spacing, [.. all.Series.Select(s => new PriceSeries(s.Base, s.Quote, [.. s.Close.Take(last + 1).Select(c => Math.Round(c, Coins[s.Base.Code].Decimals))]))]);
        return new OneDay(kept, first, Held.Where(h => h.Key == "USDT" || kept.Series.Any(s => s.Base.Code == h.Key)).ToDictionary());
    }

    /// <summary>The policy of a text, in the account that all three ways trade; fills are equal, so that nothing but the fee is paid.</summary>
    public static Policy Policy(string text)
    {
        var reading = PolicyFile.Read("policy.yaml", text);
        Assert.True(reading.Ok, FaultText.Render(reading.Faults));
        var policy = reading.Value!;
        var account = new Account(Account, new VenueId("binance"), Permissions.Buy | Permissions.Sell, TaxTreatment.Taxable, []);
        return policy with { Accounts = [account], Costs = policy.Costs with { Default = policy.Costs.Default with { Fee = 0.001m, Spread = 0, Slippage = 0 } }, Flows = [] };
    }

    /// <summary>Names and texts: the example of <c>init</c>, those of the documents, and one of each kind of rule, destination and mode.</summary>
    public IEnumerable<(string Name, string Text)> Policies()
    {
        yield return ("core", Listed(File.ReadAllText(Path.Combine(Repository.Root, "src/Ballast.App/Examples/core.yaml"))));
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "docs/evidence"), "coins-*.yaml").Order(StringComparer.Ordinal)) yield return (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
        yield return ("smallest", Adapters.PolicyFiles.Examples.Core);
        yield return ("to the edge", Made("when: [ { drift: 3% of target } ]\n  to: band-edge"));
        yield return ("half the way", Made("when: [ { drift: 1%, confirm: 2 } ]\n  to: halfway\n  cooldown: 3h"));
        yield return ("buying only", Made("when: [ { drift: 0.5% } ]\n  mode: buy-only\n  otherwise: { mode: full, after: 5h }"));
        yield return ("selling only", Made("when: [ { drift: 0.5% } ]\n  mode: sell-only"));
        yield return ("idle cash", Made("when: [ { cash: 2% } ]\n  mode: cash-flow"));
        yield return ("worth its cost", Made("when: [ gain: least-cost ]\n  to: least-cost\n  riskAversion: 4"));
        yield return ("risk", Made("when: [ { measure: riskShare, of: BTC, above: 20%, lookback: 30d } ]\n  cooldown: 6h"));
        yield return ("at least", Made("when: []\n  atLeastEvery: 7h"));
        yield return ("every day", Made("when: [ { every: day } ]", "{ turnover: 20% a month, maxTrade: 5000 USDT, minTrade: 10 USDT }"));
        yield return ("both", Made("when: [ { all: [ { every: day }, { drift: 5% of target } ] } ]", "{ minTrade: 10 USDT, cashBuffer: 500 USDT, weights: { each: 0%..30% } }"));
    }

    /// <summary>Rules of which a live loop, which has no bars, makes something else.</summary>
    public static IEnumerable<(string Name, string Text)> InBars()
    {
        yield return ("every four hours", Made("when: [ { every: 4h } ]"));
        yield return ("the start of the day", Made("when: [ { every: day, on: first } ]"));
        yield return ("each fifth bar", Made("when: [ { drift: 0.5% } ]\n  interval: 5"));
        yield return ("at the start", Made("when: []\n  initialRebalance: yes"));
    }

    /// <summary>The documents' policies of funds.</summary>
    public static IEnumerable<(string Name, string Text)> OfFunds() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs/evidence"), "etfs-*.yaml").Order(StringComparer.Ordinal).Select(f => (Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)));

    /// <summary>Coins without prices give their place to coins with them.</summary>
    private string Listed(string text)
    {
        foreach (var (missing, other) in (ReadOnlySpan<(string, string)>)[("AVAX", "LTC"), ("DOT", "DOGE")])
            if (!Assets.Contains(missing)) text = text.Replace($"{missing}:", $"{other}:", StringComparison.Ordinal);
        return Assets.Contains("ATOM") ? text : text.Replace("    ATOM: 2%\n", "", StringComparison.Ordinal).Replace("USDT: 4%", "USDT: 6%", StringComparison.Ordinal);
    }

    private static string Made(string rebalance, string limits = "{ minTrade: 10 USDT, cashBuffer: 0.25% }") => string.Create(CultureInfo.InvariantCulture, $$"""
        version: 1
        name: made
        base: USDT
        targets:
          weights: { ADA: 10%, BNB: 10%, BTC: 30%, ETH: 20%, LINK: 10%, SOL: 10%, XRP: 5%, USDT: 5% }
        rebalance:
          {{rebalance}}
        costs: { fee: 10 bps }
        limits: {{limits}}
        """);
}
