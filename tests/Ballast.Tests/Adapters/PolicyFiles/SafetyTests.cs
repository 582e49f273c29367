using Ballast.Adapters.Files;
using Ballast.Gates;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Tests.Adapters.PolicyFiles;

public class SafetyTests
{
    [Fact]
    public void Without_the_section_the_usual_limits_hold()
    {
        var limits = GateLimits.Of(Read(""));
        foreach (var limit in GateLimit.All) Assert.Equal(limit.Of(new GateLimits()), limit.Of(limits));
        Assert.False(limits.OnlyAllowed);
    }

    [Fact]
    public void Every_limit_can_be_set_and_is_read_back_in_words()
    {
        var policy = Read("""
            safety:
              orderShare: 2%
              orderMost: 20000 USDT
              depthShare: 5%
              volumeShare: 0.5%
              blindShare: 0.2%
              collar: 0.4%
              weightSlack: 1%
              exposure: 2.5x
              marginUse: 50%
              turnoverHour: 20%
              turnoverDay: 60%
              ordersPerSecond: 1
              ordersPerHour: 60
              openOrders: 4
              repeats: 2
              shortfall: 0.3%
              fees: 0.2%
              allow: [BTC, USDT]
              legsApart: 1%
              priceAge: 10s
              priceGap: 0.25%
              priceJump: 3%
              priceStill: 2m
              peg: 1%
              raiseAfter: 1d
            """);
        var limits = GateLimits.Of(policy);

        Assert.Equal((0.02m, 20_000m, 0.05m, 0.005m, 0.002m, 0.004m), (limits.OrderShare, limits.OrderMost, limits.DepthShare, limits.VolumeShare, limits.BlindShare, limits.Collar));
        Assert.Equal((0.01m, 2.5m, 0.5m, 0.2m, 0.6m), (limits.WeightSlack, limits.Exposure, limits.MarginUse, limits.TurnoverHour, limits.TurnoverDay));
        Assert.Equal((1, 60, 4, 2), (limits.OrdersPerSecond, limits.OrdersPerHour, limits.OpenOrders, limits.Repeats));
        Assert.Equal((0.003m, 0.002m, 0.01m), (limits.Shortfall, limits.Fees, limits.LegRisk));
        Assert.Equal((Duration.FromSeconds(10), 0.0025m, 0.03m, Duration.FromMinutes(2), 0.01m, Duration.FromDays(1)), (limits.PriceAge, limits.PriceGap, limits.PriceJump, limits.PriceStill, limits.Peg, limits.RaiseAfter));
        Assert.Equal([new Asset("BTC"), new Asset("USDT")], limits.Allowed);
        var words = PolicyWords.Of(policy);
        Assert.Equal(GateLimit.All.Length, words.Count(w => w.StartsWith("Gate ", StringComparison.Ordinal)));
        Assert.Contains("Gate L1: 2% of the value is the most of one order.", words);
        Assert.Contains("Gate L1: 20000 USDT is the most of one order.", words);
        Assert.Contains("Gate L13: only BTC and USDT may be traded.", words);
        Assert.Contains("A limit that is raised is in force after 1 day; one that is lowered, at once.", words);
    }

    [Fact]
    public void Each_ceiling_itself_may_be_set_and_no_more()
    {
        foreach (var limit in GateLimit.All)
        {
            var at = Text(limit, limit.Ceiling);
            Assert.Equal(limit.Ceiling, Read($"safety: {{ {limit.Key}: {at} }}\n").Safety.Limits[limit.Key]);
            var beyond = Text(limit, limit.Unit == LimitUnit.Wait ? limit.Ceiling - 1 : limit.Unit == LimitUnit.Share ? limit.Ceiling + 0.0001m : limit.Ceiling + 1);
            Assert.Equal("ABOVE_CEILING", Assert.Single(PolicyFile.Read("core.yaml", With($"safety: {{ {limit.Key}: {beyond} }}\n")).Faults).Code);
        }
    }

    [Fact]
    public void The_usual_limits_are_within_their_ceilings() =>
        Assert.All(GateLimit.All, l => Assert.False(l.IsLooser(l.Of(new GateLimits()), l.Ceiling), l.Key));

    [Fact]
    public void What_is_said_in_two_places_holds_in_both()
    {
        Assert.Equal(2m, GateLimits.Of(Read("limits: { grossExposure: 0x..2x }\nsafety: { exposure: 3x }\n")).Exposure);
        Assert.Equal(1m, GateLimits.Of(Read("limits: { grossExposure: 0x..2x }\nsafety: { exposure: 1x }\n")).Exposure);
        Assert.Equal(6m, GateLimits.Of(Read("limits: { grossExposure: 0x..6x }\n")).Exposure);
    }

    [Fact]
    public void All_faults_of_the_section_are_found_at_once() =>
        Assert.Equal(["ABOVE_CEILING", "NO_UNIT", "ABOVE_CEILING"], PolicyFile.Read("core.yaml", With("safety:\n  orderShare: 99%\n  exposure: 3\n  raiseAfter: 5s\n")).Faults.Select(f => f.Code));

    private static Policy Read(string section)
    {
        var reading = PolicyFile.Read("core.yaml", With(section));
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }

    private static string With(string section) => FaultCases.Good.Replace("limits: { minTrade: 10 USDT }\n", section);

    private static string Text(GateLimit limit, decimal value) => limit.Unit switch
    {
        LimitUnit.Share => Figures.Exact(value * 100) + "%",
        LimitUnit.Multiple => Figures.Exact(value) + "x",
        LimitUnit.Money => Figures.Exact(value) + " USDT",
        LimitUnit.Count => Figures.Exact(value),
        _ => Figures.Exact(value) + "s",
    };
}
