using Ballast.Money;

namespace Ballast.Tests.Money;

public class SpansTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3600, "1 h")]
    [InlineData(11_520, "3 h 12 min")]
    [InlineData(86_400, "1 day")]
    [InlineData(97_200, "1 day 3 h")]
    [InlineData(172_800, "2 days")]
    [InlineData(31_536_000, "365 days")]
    [InlineData(-5, "0 s")]
    public void A_span_is_said_by_its_largest_parts(int seconds, string said) => Assert.Equal(said, Spans.Words(Duration.FromSeconds(seconds)));
}
