using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Targets;

namespace Ballast.Tests.Planning;

/// <summary>Short words for the portfolios, intents and rules of these tests. The base asset is USDT.</summary>
internal static class Given
{
    public static readonly Asset Usdt = new("USDT");
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 14, 2);

    public static Asset A(string code) => new(code);

    public static Holding Held(string asset, decimal quantity, string account = "paper", HoldingStatus status = HoldingStatus.Free) =>
        new(A(asset), quantity, account, status);

    public static Account Place(string name, Permissions may = Permissions.Buy | Permissions.Sell) =>
        new(name, new VenueId(name), may, TaxTreatment.Taxable, []);

    public static MarketSnapshot Prices(params (string Asset, decimal Price)[] prices) =>
        new(Now, prices.Select(p => new Quote(new Price(p.Price, A(p.Asset), Usdt), Now)));

    public static Portfolio Portfolio((string Asset, decimal Price)[] prices, Holding[] holdings, HoldingRules? rules = null, Account[]? accounts = null) =>
        new(Usdt, new Book([.. accounts ?? [Account.Paper]], [.. holdings]), Prices(prices), rules ?? HoldingRules.Default, prices.Select(p => A(p.Asset)));

    public static Intent To(params (string Asset, decimal Weight)[] weights) => To(Mode.Full, null, weights);

    public static Intent To(Mode mode, decimal? newCash, params (string Asset, decimal Weight)[] weights)
    {
        ImmutableArray<TargetWeight> wanted = [.. weights.Select(w => new TargetWeight(A(w.Asset), w.Weight)).OrderBy(w => w.Asset)];
        return new Intent("asked for", wanted, new TargetSet(wanted, 1 - wanted.Sum(w => w.Weight), []), mode, newCash, []);
    }

    public static PlanRules Fees(decimal fee, decimal spread = 0, Sizing sizing = Sizing.AfterCosts) =>
        PlanRules.Free with { Costs = new CostSchedule(CostRules.None with { Fee = fee, Spread = spread }, ImmutableDictionary<string, CostRules>.Empty, sizing) };

    public static Instrument Spot(string asset, decimal lot, decimal minNotional = 0, decimal minQuantity = 0, string venue = "", string quote = "USDT", string? fee = null) =>
        new Instrument.Spot
        {
            Venue = new VenueId(venue), Symbol = $"{asset}/{quote}", Base = A(asset), Quote = A(quote),
            Rules = new TradingRules(lot, 0, minQuantity, minNotional), FeeAsset = fee is null ? null : A(fee),
        };

    public static PlanRules On(this PlanRules rules, params Instrument[] instruments) => rules with { Instruments = new InstrumentSet("test", [.. instruments]) };

    public static PlanRules Limited(this PlanRules rules, Limits limits) => rules with { Limits = limits };

    public static Plan Made(Intent intent, Portfolio portfolio, PlanRules? rules = null) =>
        Assert.IsType<PlanResult.Made>(Planner.Make(intent, portfolio, rules ?? PlanRules.Free)).Plan;

    public static PlanResult.Refused Refused(Intent intent, Portfolio portfolio, PlanRules? rules = null) =>
        Assert.IsType<PlanResult.Refused>(Planner.Make(intent, portfolio, rules ?? PlanRules.Free));

    /// <summary>The plan in words, a line a trade: what tests read.</summary>
    public static string[] Words(Plan plan) =>
        [.. plan.Trades.Select(t => $"{(t.Side == Side.Sell ? "sell" : "buy")} {Figures.Exact(t.Quantity)} {t.Instrument.Base}")];

    public static string[] Codes(Plan plan) => [.. plan.NotTraded.Select(n => $"{n.Asset} {n.Code}")];
}
