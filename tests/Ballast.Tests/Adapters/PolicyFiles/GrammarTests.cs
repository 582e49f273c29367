using Ballast.Adapters.Files;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class GrammarTests
{
    [Theory]
    [InlineData("BTC: 50%", "BTC: .5")]
    [InlineData("BTC: 50%", "BTC: 0.5")]
    [InlineData("BTC: 50%", "BTC: 1/2")]
    [InlineData("drift: 5%", "drift: 1/20")]
    [InlineData("drift: 5%", "drift: 0.05")]
    [InlineData("drift: 5%", "drift: 2 sigma of 30d")]
    [InlineData("drift: 5%", "drift: 100 USDT")]
    [InlineData("drift: 5%", "cash: 5%")]
    [InlineData("drift: 5%", "cash: 100 USDT")]
    [InlineData("drift: 5%", "gain: 1.5x cost")]
    [InlineData("drift: 5%", "gain: least-cost")]
    [InlineData("drift: 5%", "every: 4h")]
    [InlineData("drift: 5%", "every: 10 days")]
    [InlineData("drift: 5%", "every: \"0 9 * * 1-5\"")]
    [InlineData("drift: 5%", "measure: riskShare\n      above: 0.6")]
    [InlineData("drift: 5%", "measure: grossExposure\n      above: 2x")]
    [InlineData("drift: 5%", "measure: netExposure\n      below: 50%")]
    [InlineData("drift: 5%", "{ every: month, on: second friday }")]
    [InlineData("drift: 5%", "{ every: week, on: monday, at: \"09:00\" }")]
    [InlineData("drift: 5%", "{ every: quarter, on: first business day, roll: nearest, calendar: weekdays, from: 2026-01-01 }")]
    [InlineData("to: target", "to: 33% of the way")]
    [InlineData("to: target", "to: least-cost\n  riskAversion: 2")]
    [InlineData("to: target", "to: target\n  pause: [ { from: 2026-12-24, until: 2026-12-25T09:00:00Z } ]")]
    [InlineData("to: target", "to: target\n  initialRebalance: yes")]
    [InlineData("to: target", "to: target\n  initialRebalance: true")]
    [InlineData("fee: 10 bps", "fee: 0.1%")]
    [InlineData("fee: 10 bps", "taker: 5 bps, spread: 2 bps, impact: 0.7, minimum: 1 USDT, fixed: 1 USDT, gas: 0.5 USDT, feeAsset: BNB, sizing: before-costs")]
    [InlineData("costs:", "cash: { interest: -1% }\ncosts:")]
    [InlineData("costs:", "cash: { interest: 1/25 }\ncosts:")]
    [InlineData("costs:", "taxes: { lots: hifo, shortRate: 25%, longRate: 1/8, longAfter: 365 days, exemptAfter: { BTC: 1 year }, harvest: yes, washSale: avoid }\ncosts:")]
    [InlineData("minTrade: 10 USDT", "cashBuffer: 5%, turnover: 20% a month, slippage: 30 bps, grossExposure: 0x..1x, priceAge: 2m, never: { buy: [SOL], sell: [BTC] }")]
    [InlineData("interval: 1d", "interval: 3")]
    [InlineData("interval: 1d", "interval: 1.5h")]
    [InlineData("costs:", "holdings: { dust: 5 USDT, locked: { counts: no, sell: last } }\ncosts:")]
    [InlineData("costs:", "run: { approve: above 5 USDT, orders: { type: limit, wait: 5s, slices: 4 } }\ncosts:")]
    [InlineData("costs:", "flows: [ { withdraw: 5 USDT, every: month, on: day 1 } ]\ncosts:")]
    [InlineData("Europe/Berlin", "UTC")]
    [InlineData("Europe/Berlin", "America/Argentina/Buenos_Aires")]
    [InlineData("Europe/Berlin", "Etc/GMT+5")]
    public void What_the_grammar_allows_is_read(string find, string replace)
    {
        Assert.Contains(find, FaultCases.Good);

        var reading = PolicyFile.Read("core.yaml", FaultCases.Good.Replace(find, replace));

        Assert.True(reading.Ok, FaultText.Render(reading.Faults));
    }
}
