using Ballast.Money;

namespace Ballast.Tests.Money;

public class FiguresTests
{
    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("0.000", "0")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Exact_figures_keep_every_digit_and_no_more(string written, string said) =>
        Assert.Equal(said, Figures.Exact(decimal.Parse(written, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Money_is_grouped_and_has_a_true_minus()
    {
        Assert.Equal("128 438.40", Figures.Money(128_438.4m));
        Assert.Equal("−1 000.00", Figures.Money(-1000m));
        Assert.Equal("0.00", Figures.Money(-0.001m));
    }

    [Fact]
    public void Shares_are_points_or_per_cent()
    {
        Assert.Equal("8.66", Figures.Points(0.0866));
        Assert.Equal("25 %", Figures.Percent(0.25));
        Assert.Equal("12.5 %", Figures.Percent(0.125m));
        Assert.Equal("100 %", Figures.Percent(1.0));
    }

    [Fact]
    public void A_sign_is_shown_where_it_is_the_news()
    {
        Assert.Equal("+8.66", Figures.Signed(8.66));
        Assert.Equal("−4.06", Figures.Signed(-4.06));
        Assert.Equal("0.00", Figures.Signed(0.001));
    }

    [Fact]
    public void Basis_points_are_exact() => Assert.Equal("7.5 bps", Figures.Bps(0.00075m));

    [Fact]
    public void One_is_no_plural() => Assert.Equal(("1 look", "2 looks"), (Figures.Count(1, "look"), Figures.Count(2, "look")));
}
