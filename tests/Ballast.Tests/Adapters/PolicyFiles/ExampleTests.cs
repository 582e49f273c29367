using Ballast.Adapters.Files;
using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Numerics.Optimisation;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class ExampleTests
{
    private static readonly Asset Btc = new("BTC"), Eth = new("ETH"), Usdt = new("USDT"), Eur = new("EUR");

    [Fact]
    public void The_smallest_file_is_read_whole()
    {
        var policy = Valid(Examples.Core);

        Assert.Equal(("core", Usdt, DateTimeZone.Utc), (policy.Name, policy.Base, policy.Zone));
        Assert.Equal([Account.Paper], policy.Accounts);
        var weights = Assert.IsType<TargetNode.Weights>(policy.Targets);
        Assert.Equal([new(Btc, 0.5m), new(Eth, 0.3m), new(new("SOL"), 0.1m), new(Usdt, 0.1m)], weights.Shares);
        Assert.Equal(new DriftDistance.Points(0.05m), Assert.IsType<Drift>(policy.Rebalance.When[1]).Over);
        Assert.Equal(new DriftDistance.OfTarget(0.25m), Assert.IsType<Drift>(policy.Rebalance.When[2]).Under);
        Assert.Equal(0.001m, policy.Costs.Default.Fee);
        Assert.Equal((new Amount(10, Usdt), 0.0025m), (policy.Limits.MinTrade, policy.Limits.CashBufferShare));
    }

    [Fact]
    public void Ten_coins_hold_what_they_say()
    {
        var policy = Valid(Examples.TenCoins);

        var weights = Assert.IsType<TargetNode.Weights>(policy.Targets);
        Assert.True(weights.CashRest);
        Assert.Equal(0.97m, weights.Shares.Sum(s => s.Weight));
        Assert.Equal(Permissions.None, policy.Accounts[1].May);
        Assert.Equal(Permissions.Buy | Permissions.Sell, policy.Accounts[0].May);
        Assert.Equal(Eth, policy.Holdings.Counted(new("stETH")));
        Assert.Equal(StatusRule.Kept, policy.Holdings.Of(HoldingStatus.Staked));
        Assert.Equal(new Amount(5, Usdt), policy.Holdings.Dust);
        var flow = Assert.Single(policy.Flows);
        Assert.Equal((new Amount(500, Usdt), "binance"), (flow.Amount, flow.Account));
        Assert.Equal(Instant.FromUtc(2026, 7, 1, 7, 0), flow.Schedule.NextDue(Instant.FromUtc(2026, 6, 15, 0, 0)));
    }

    [Fact]
    public void Ten_coins_act_as_they_say()
    {
        var rules = Valid(Examples.TenCoins).Rebalance;

        Assert.Equal(new Flow(new(100, Usdt)), rules.When[0]);
        var both = Assert.IsType<AllOf>(rules.When[1]);
        Assert.IsType<Every>(both.Rules[0]);
        Assert.Equal(new DriftDistance.OfTarget(0.2m), Assert.IsType<Drift>(both.Rules[1]).Over);
        Assert.Equal(new Measure(MeasureKind.RiskShare, Btc, 0.6, null, null, 1), rules.When[2]);
        Assert.Equal(new LookInterval.Every(Duration.FromDays(1)), rules.Interval);
        Assert.Equal(new Destination.PartWay(0.5), rules.To);
        Assert.Equal(Duration.FromDays(3), rules.Cooldown);
    }

    [Fact]
    public void Ten_coins_cost_and_limit_what_they_say()
    {
        var policy = Valid(Examples.TenCoins);

        Assert.Equal((0.001m, 0.0002m), (policy.Costs.Default.Fee, policy.Costs.Default.Spread));
        Assert.Equal(policy.Costs.Default with { Fixed = new(4, Usdt) }, policy.Costs.At("ledger"));
        Assert.Equal(new Amount(5000, Usdt), policy.Limits.MaxTrade);
        Assert.Equal((0.003m, Duration.FromMinutes(2)), (policy.Limits.Slippage!.Value, policy.Limits.PriceAge!.Value));
        Assert.Equal((Duration.FromMinutes(5), true, new Approval.Above(new(1000m, new("USDT")))), (policy.Run.Check, policy.Run.CatchUp, policy.Run.Approve));
        Assert.Equal("telegram", Assert.Single(policy.Notify).By);
    }

    [Fact]
    public void Sixty_forty_is_read_whole()
    {
        var policy = Valid(Examples.SixtyForty);

        var growth = Assert.IsType<TargetNode.Sleeves>(policy.Targets).Parts[0];
        var crypto = Assert.IsType<TargetNode.Sleeves>(growth.Node).Parts[1];
        Assert.Equal(("growth", 0.6m, "crypto", 0.25m), (growth.Name, growth.Share, crypto.Name, crypto.Share));
        var compute = Assert.IsType<TargetNode.Compute>(crypto.Node);
        Assert.Equal((Method.RiskBudget, Duration.FromDays(365)), (compute.Chain[0].Method, compute.Lookback));
        Assert.Equal([Btc, Eth], compute.Assets);
        Assert.Equal(["growth", "safety"], Assert.IsType<Drift>(policy.Rebalance.When[0]).Of);
        Assert.Equal(Instant.FromUtc(2026, 12, 31, 15, 0), Assert.IsType<Every>(policy.Rebalance.When[1]).Schedule.NextDue(Instant.FromUtc(2026, 6, 15, 0, 0)));
        Assert.Equal((Mode.BuyOnly, (Mode.Full, Duration.FromDays(90))), (policy.Rebalance.Mode, policy.Rebalance.Otherwise!.Value));
        Assert.Equal(TaxTreatment.Deferred, policy.Accounts[1].Tax);
        Assert.Equal(0.26375m, policy.Taxes!.ShortRate);
        Assert.Equal(Period.FromYears(1), policy.Taxes.ExemptAfter["crypto"]);
        Assert.Equal((new ShareRange(0, 0.12m), new ShareRange(0, 0.6m)), (policy.Limits.Weights[Btc], policy.Limits.EachWeight!.Value));
        Assert.Equal(new ShareRange(0, 0.18m), Assert.Single(policy.Limits.Groups).Share);
        Assert.Equal(new TurnoverLimit(0.2m, Period.FromYears(1)), policy.Limits.Turnover);
        Assert.Equal(new Amount(1, Eur), policy.Costs.Default.Minimum);
    }

    [Fact]
    public void An_options_book_says_what_it_is_held_to()
    {
        var policy = Valid(Examples.VolBook);
        var hedge = policy.Hedge!;

        Assert.Equal(("deribit", Numeraire.Coin, HedgeTo.BandEdge, LegMode.Together), (hedge.Book, hedge.Numeraire, hedge.To, hedge.Legs));
        Assert.Equal(new Aim.Between(new Amount(0, Btc), new Amount(0, Btc)), hedge.Outlook.Delta);
        Assert.IsType<Aim.Free>(hedge.Outlook.Gamma);
        Assert.Equal(new Aim.Between(new Amount(-500, new Asset("USD")), new Amount(500, new Asset("USD"))), hedge.Outlook.Vega);
        Assert.IsType<DeltaBand.LeastCost>(hedge.Band);
        Assert.Equal(["BTC-PERPETUAL", "BTC-*-C", "BTC-*-P"], hedge.With.Select(w => w.Text));
        Assert.Equal(new GreekDrift(Greek.Delta, new Amount(0.25m, Btc), new Amount(0.25m, Btc), 1), hedge.When[0]);
        Assert.Equal(new Measure(MeasureKind.MarginUse, null, 0.6, null, null, 1), hedge.When[2]);
        Assert.Equal([new EventPause(VenueEvent.Funding, Duration.FromMinutes(10)), new EventPause(VenueEvent.Expiry, Duration.FromMinutes(30))], hedge.Pauses);
        Assert.Equal(("deribit-pm", 0.4, 0.6, 0.8, "cold"), (policy.Margin!.Rules, policy.Margin.Aim, policy.Margin.Act, policy.Margin.Stop, policy.Margin.MoveFrom));
        Assert.Equal([ReliefWay.ReduceHedge, ReliefWay.MoveCollateral, ReliefWay.CloseWorst], policy.Margin.Relief);
        Assert.Equal(new ContractFees(0, 0.0005m, 0.0003m, 0.125m), policy.Costs.At("deribit").Contracts);
    }

    [Fact]
    public void An_options_book_reads_back_in_the_words_of_its_writer() => Expected.Matches("words-vol-book.txt", string.Join('\n', PolicyWords.Of(Valid(Examples.VolBook))) + "\n");

    private static Policy Valid(string text)
    {
        var reading = PolicyFile.Read("file.yaml", text);
        Assert.True(reading.Ok, FaultText.Render(reading.Faults));
        return reading.Value!;
    }
}
