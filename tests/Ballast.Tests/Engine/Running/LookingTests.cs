using Ballast.Adapters.Files;
using Ballast.Engine.Running;
using Ballast.Execution;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Tests.Execution;
using Ballast.Triggers;

namespace Ballast.Tests.Engine.Running;

/// <summary>A look decides on prices that are believed, and says which are not.</summary>
public class LookingTests
{
    private static readonly Policy Policy = PolicyFile.Read("core.yaml", """
        version: 1
        name: core
        base: USDT
        accounts: { venue: { venue: binance } }
        targets: { weights: { BTC: 50%, USDT: 50% } }
        rebalance: { when: [ { drift: 5% } ] }
        """).Value!;

    [Fact]
    public void A_price_that_is_not_believed_is_not_decided_on_and_its_reason_is_the_answer()
    {
        var desk = new Desk().Open(btc: 1, usdt: 10_000);
        for (var s = 0; s < 3; s++) desk.Wait(1).Quote("BTC/USDT", 40_000, 40_001);
        Assert.NotNull(Look(desk).Plan);

        desk.Wait(1).Quote("BTC/USDT", 80_000, 80_001);
        var looked = Look(desk);
        Assert.Null(looked.Plan);
        Assert.Equal(("PRICE_JUMP", "the price of BTC/USDT moved by 100 % at once, and 5 % is believed without waiting"), looked.Refusal);

        desk.Wait(1).Quote("BTC/USDT", 40_000, 40_001);
        Assert.NotNull(Look(desk).Plan);
    }

    [Fact]
    public void A_price_that_nothing_here_is_worth_in_stops_no_decision()
    {
        var desk = new Desk().Open(btc: 1, usdt: 10_000).Wait(1).Quote("ETH/USDT", 4_000, 4_001);
        Assert.NotNull(Look(desk).Plan);
    }

    private static Looked Look(Desk desk) =>
        Looking.Look(new LookSources(Policy, InstrumentSet.Paper, new Book(Policy.Accounts, []), _ => null, 365), desk.State, Memory.Empty, desk.Now);
}
