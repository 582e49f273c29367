using Ballast.Derivatives;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Derivatives;

public class PositionTests
{
    /// <summary>100,000 USD at 50,000 and 100,000 USD at 100,000 are 3 coins: 200,000/3, not 75,000.</summary>
    [Fact]
    public void The_entry_of_an_inverse_position_is_the_harmonic_mean() =>
        Assert.Equal(200_000m / 3, Position("BTC-PERPETUAL", 100_000, 50_000).After(100_000, 100_000).Entry!.Value, 12);

    [Fact]
    public void The_entry_of_a_linear_position_is_the_mean() =>
        Assert.Equal(75_000m, Position("BTC_USDC-PERPETUAL", 1, 50_000).After(1, 100_000).Entry);

    [Fact]
    public void Closing_keeps_the_entry_and_turning_takes_the_new_price()
    {
        Assert.Equal(50_000m, Position("BTC-PERPETUAL", 100_000, 50_000).After(-40_000, 60_000).Entry);
        Assert.Equal(60_000m, Position("BTC-PERPETUAL", 100_000, 50_000).After(-140_000, 60_000).Entry);
    }

    [Fact]
    public void A_book_forgets_what_was_closed() =>
        Assert.Empty(new PositionBook([Position("BTC-PERPETUAL", 100, 50_000)], []).Add(Contract("BTC-PERPETUAL"), -100, 60_000, "").Positions);

    /// <summary>A public thread: one contract of 0.01 coin from 0.0200 to 0.0300 costs 0.0002 and gains 0.0001 BTC.</summary>
    [Fact]
    public void A_multiplier_counts()
    {
        var contract = (Ballast.Instruments.Instrument.Option)Contract("BTC-26JUN26-70000-C") with { Multiplier = 0.01m };
        PricedPosition.Known At(decimal mark) => new(new Position(contract, 1, null, ""), default, mark, default, null);

        Assert.Equal((0.0002m, 0.0001m), (At(0.02m).Value, At(0.03m).Value - At(0.02m).Value));
    }
}
