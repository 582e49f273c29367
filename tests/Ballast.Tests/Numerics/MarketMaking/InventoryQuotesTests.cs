using Ballast.Numerics.Allocation;
using Ballast.Numerics.MarketMaking;

namespace Ballast.Tests.Numerics.MarketMaking;

public class InventoryQuotesTests
{
    private static readonly MakerMarket Paper = new(0.9, 0.3, 0.3);

    /// <summary>The maker's problem itself, stepped back in time with every distance tried: u = −exp(−γ(x + qs + θ_q)), a fill at δ moves the mid by ξ against him.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 0)]
    [InlineData(0, 0.8)]
    [InlineData(-0.03, 0.5)]
    public void They_solve_the_problem_of_the_maker(double drift, double adverse)
    {
        var market = new MakerMarket(1.2, 0.7, 0.5) { Drift = drift, AdverseSelection = adverse };
        var (limit, gamma, time) = (3, 0.2, 4.0);
        var exact = InventoryQuotes.Exact(market, limit, gamma, time).OrThrow();
        var tried = Stepped(market, limit, gamma, time, steps: 4000);

        for (var i = 0; i <= 2 * limit; i++)
        {
            Assert.Equal(tried[i].Bid is null, exact[i].Bid is null);
            if (tried[i].Bid is { } bid) Assert.Equal(bid, exact[i].Bid!.Value, 2e-3);
            if (tried[i].Ask is { } ask) Assert.Equal(ask, exact[i].Ask!.Value, 2e-3);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.002, 0)]
    [InlineData(0, 0.5)]
    public void Far_from_end_and_limit_the_formula_is_near_them(double drift, double adverse)
    {
        var market = Paper with { Drift = drift, AdverseSelection = adverse };
        var exact = InventoryQuotes.Exact(market, 60, 0.01, 5000).OrThrow();
        for (var q = -3; q <= 3; q++)
        {
            var formula = InventoryQuotes.FarFromEnd(market, q, 0.01).OrThrow();
            Assert.Equal(exact[q + 60].Bid!.Value, formula.Bid!.Value, 4e-3);
            Assert.Equal(exact[q + 60].Ask!.Value, formula.Ask!.Value, 4e-3);
        }
    }

    [Fact]
    public void Without_drift_buying_mirrors_selling()
    {
        var all = InventoryQuotes.Exact(Paper, 30, 0.01, 600).OrThrow();
        for (var i = 0; i <= 60; i++)
            if (all[i].Bid is { } bid) Assert.Equal(bid, all[60 - i].Ask!.Value, 1e-12);
        Assert.Null(all[60].Bid);
        Assert.Null(all[0].Ask);
    }

    /// <summary>The values of the outer inventories are 10⁻⁴⁰⁰ of the largest: only their relative digits say what to quote.</summary>
    [Fact]
    public void Values_that_differ_by_hundreds_of_digits_keep_theirs()
    {
        var all = InventoryQuotes.Exact(new(1, 1, 5), 40, 1, 1e9).OrThrow();
        Assert.All(all, q => Assert.True((q.Bid is null || double.IsFinite(q.Bid.Value)) && (q.Ask is null || double.IsFinite(q.Ask.Value))));
        for (var i = 1; i < 40; i++) Assert.True(all[40 + i].Bid > all[39 + i].Bid);
    }

    [Fact]
    public void What_cannot_be_quoted_is_refused()
    {
        Assert.Equal("NoFillModel", Code(InventoryQuotes.FarFromEnd(Paper with { Decay = 0 }, 0, 0.01)));
        Assert.Equal("NoFillModel", Code(InventoryQuotes.FarFromEnd(Paper with { Arrivals = -1 }, 0, 0.01)));
        Assert.Equal("NoRiskAversion", Code(InventoryQuotes.FarFromEnd(Paper, 0, 0)));
        Assert.Equal("NoVolatility", Code(InventoryQuotes.Exact(Paper with { Volatility = double.NaN }, 0, 5, 0.01, 1)));
        Assert.Equal("InventoryBeyondLimit", Code(InventoryQuotes.Exact(Paper, 6, 5, 0.01, 1)));
        Assert.Equal("NoRiskAversion", Code(AvellanedaStoikov.Of(Paper, 100, 0, -1, 1)));
    }

    [Fact]
    public void Little_risk_aversion_quotes_one_over_k()
    {
        foreach (var gamma in (double[])[1e-6, 1e-8, 1e-9, 1e-15, 1e-300])
            Assert.Equal(2 / 1.5, AvellanedaStoikov.Of(new(140, 1.5, 2), 100, 0, gamma, 1).OrThrow().ConstantSpread, 1e-6);
    }

    /// <summary>Holding 8 units for a wait of 2 at γσ² = 0.1 costs 6.4, trading them at 0.8 each costs 6.4.</summary>
    [Fact]
    public void Inventory_is_hedged_where_holding_it_costs_more()
    {
        var rule = InventoryHedge.Of(0.1, 0.8, 0.6, 0.8, 2, 3).OrThrow();
        Assert.Equal(8, rule.Trigger, 1e-12);
        Assert.Equal(Math.Cbrt(1.5 * 0.8 * 3 / 0.1), rule.Edge, 1e-12);
        Assert.Equal(0, rule.Trade(-8));
        Assert.Equal(9 - rule.Edge, rule.Trade(-9), 1e-12);
        Assert.Equal(rule.Edge - 9, rule.Trade(9), 1e-12);
        Assert.Equal(8, InventoryHedge.Of(0.1, 0.8, 0.6, 0.8, 2, 1e6).OrThrow().Edge, 1e-12);
        Assert.Equal("NoRiskAversion", Assert.IsType<Answer<InventoryHedge>.Refused>(InventoryHedge.Of(0, 1, 0, 1, 1, 1)).Code);
    }

    /// <summary>Whalley and Wilmott's band, ((3/2) λSΓ²/γ)^⅓, is the same with the variance (ΓσS)² of a delta.</summary>
    [Fact]
    public void The_edge_is_the_band_of_an_option_s_hedge()
    {
        var (lambda, s, gamma, vol, aversion) = (0.001, 100.0, 0.02, 0.4, 0.05);
        var rule = InventoryHedge.Of(aversion, vol * s, 0, lambda * s, 1e-9, gamma * vol * s * (gamma * vol * s)).OrThrow();
        Assert.Equal(Math.Cbrt(1.5 * lambda * s * gamma * gamma / aversion), rule.Edge, 1e-12);
    }

    [Fact]
    public void Each_venue_has_its_own_account()
    {
        var lines = VenueLedger.Of([new("A", 2, 100, -0.1), new("B", -2, 101, 0.2), new("A", -1, 102, 0)], new Dictionary<string, double> { ["A"] = 103, ["B"] = 103.5 });
        Assert.Equal([new VenueLedger("A", 1, -98, -0.1, 103), new VenueLedger("B", -2, 202, 0.2, -207)], lines);
        Assert.Equal([5.1, -5.2], lines.Select(l => Math.Round(l.Profit, 10)));
    }

    private static string Code<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Refused>(answer).Code;

    /// <summary>0 = θ' + μq − ½γσ²q² + (A/γ) max e^(−kδ)(1 − e^(−γ(δ + ...))) for each side, backwards from θ = 0 in Euler steps.</summary>
    private static (double? Bid, double? Ask)[] Stepped(MakerMarket m, int limit, double gamma, double time, int steps)
    {
        var (theta, size, quotes) = (new double[2 * limit + 1], 2 * limit + 1, new (double? Bid, double? Ask)[2 * limit + 1]);
        for (var step = 0; step <= steps; step++)
        {
            var next = new double[size];
            for (var i = 0; i < size; i++)
            {
                var q = i - limit;
                var bid = i + 1 < size ? Tried(m, gamma, theta[i + 1] - theta[i] - (q + 1) * m.AdverseSelection) : default;
                var ask = i > 0 ? Tried(m, gamma, theta[i - 1] - theta[i] + (q - 1) * m.AdverseSelection) : default;
                quotes[i] = (i + 1 < size ? bid.Distance : null, i > 0 ? ask.Distance : null);
                next[i] = theta[i] + time / steps * (m.Drift * q - 0.5 * gamma * m.Volatility * m.Volatility * q * q + bid.Worth + ask.Worth);
            }
            theta = next;
        }
        return quotes;
    }

    /// <summary>The distance with the most worth, by golden section.</summary>
    private static (double Distance, double Worth) Tried(MakerMarket m, double gamma, double change)
    {
        double Worth(double d) => m.Arrivals / gamma * Math.Exp(-m.Decay * d) * (1 - Math.Exp(-gamma * (d + change)));
        var (low, high, golden) = (-change, -change + 20 / m.Decay, 0.5 * (Math.Sqrt(5) - 1));
        for (var k = 0; k < 45; k++)
        {
            var (a, b) = (high - golden * (high - low), low + golden * (high - low));
            if (Worth(a) < Worth(b)) low = a;
            else high = b;
        }
        return (0.5 * (low + high), Worth(0.5 * (low + high)));
    }
}
