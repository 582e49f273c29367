using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;
using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Margin;

/// <summary>What must hold for any account: held against plain sums, the scalar formulas and brute force.</summary>
public class MarginPropertyTests
{
    private const double Index = 60_000;

    private static readonly ScenarioRules Rules = new(ScenarioRules.Grid(0.16, 4, [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]), new(0.5, 0.25) { UpFloor = 0.5, ShortPower = 0.3, LongPower = 0.13 })
    {
        Edge = 0.16, Dampener = 100_000, Roll = new(0.075, 0.01), Liquidity = new(200_000, 5e-5, 0.1), MaintenanceFactor = 0.8,
    };

    /// <summary>Books of up to 12 legs in coin, from a seed.</summary>
    private static IEnumerable<Leg[]> Drawn(int books)
    {
        var random = new System.Random(20261123);
        double Between(double a, double b) => a + (b - a) * random.NextDouble();
        for (var i = 0; i < books; i++)
            yield return [.. Enumerable.Range(0, random.Next(1, 13)).Select(_ => random.Next(4) == 0
                ? new Leg(LegKind.InverseFuture, Between(-10, 10), Between(58_000, 63_000), random.Next(3) * 0.2)
                : new Leg(LegKind.InverseOption, Between(-20, 20), Between(59_000, 62_000), new[] { 0.01, 0.08, 0.5 }[random.Next(3)])
                    { Right = (OptionKind)random.Next(2), Strike = Math.Round(Between(30, 120)) * 1_000, Volatility = Between(0.3, 1.2) })];
    }

    private static ScenarioBook Book(IReadOnlyList<Leg> legs, ScenarioRules? rules = null) => new(rules ?? Rules, CountedIn.Coin, Index, legs);

    [Fact]
    public void Each_gain_is_that_of_the_scalar_formula()
    {
        foreach (var legs in Drawn(60))
            foreach (var risk in Book(legs).Legs)
                for (var s = 0; s < Rules.Scenarios.Count; s++)
                {
                    var scenario = Rules.Scenarios[s];
                    var scale = scenario.Far ? 0.16 / Math.Abs(scenario.Move) * (1 + scenario.Move) / (1 + Math.Sign(scenario.Move) * 0.16) : 1;
                    var gain = risk.Leg.Gain(scenario.Move, Rules.Volatility.At(scenario.Volatility, risk.Leg.Volatility, risk.Leg.Years), risk.Leg.Years);
                    // The scalar time value of a far put is a part of a price many times the forward.
                    Assert.Equal(gain * scale, risk.Gains[s], 1e-12 * Math.Abs(risk.Leg.Quantity) * Math.Max(1, risk.Leg.Strike / risk.Leg.Price / (1 + scenario.Move)));
                }
    }

    [Fact]
    public void The_parts_of_the_positions_sum_to_the_whole()
    {
        foreach (var legs in Drawn(300))
        {
            var book = Book(legs);
            var shares = book.Shares();
            Assert.Equal(book.Margin.Scan, shares.Sum(s => s.Scan), 1e-12 * Math.Max(1, book.Margin.Scan));
            Assert.Equal(book.Margin.Roll, shares.Sum(s => s.Roll), 1e-12);
            Assert.Equal(book.Margin.Liquidity, shares.Sum(s => s.Liquidity), 1e-12);
        }
    }

    [Fact]
    public void Twice_the_book_scans_twice_without_the_dampener()
    {
        var plain = Rules with { Dampener = 0, Liquidity = null };
        foreach (var legs in Drawn(300))
        {
            Leg[] twice = [.. legs.Select(l => l with { Quantity = 2 * l.Quantity })];
            Assert.Equal(2 * Book(legs, plain).Margin.Risk, Book(twice, plain).Margin.Risk, 1e-11);
        }
    }

    [Fact]
    public void Two_books_together_scan_at_most_their_sum()
    {
        var plain = Rules with { Dampener = 0, Liquidity = null };
        var books = Drawn(200).ToArray();
        foreach (var (one, other) in books.Zip(books.Skip(1)))
        {
            var both = Book([.. one, .. other], plain).Margin;
            Assert.True(both.Risk <= Book(one, plain).Margin.Risk + Book(other, plain).Margin.Risk + 1e-11);
        }
        Assert.All(books, legs => Assert.True(Book(legs, plain).Diversification >= -1e-11));
    }

    [Fact]
    public void A_leg_more_or_less_is_what_a_fresh_engine_says()
    {
        foreach (var legs in Drawn(300).Where(l => l.Length > 1))
        {
            var (rest, last) = (legs[..^1], legs[^1]);
            var whole = Book(legs);
            Assert.Equal(whole.Margin.Risk, Book(rest).With(last).Risk, 1e-12);
            Assert.Equal(Book(rest).Margin.Risk, whole.Without(legs.Length - 1).Risk, 1e-11);
            var half = Book([.. rest, last with { Quantity = last.Quantity / 2 }]).Margin.Risk;
            Assert.Equal(half, Book(rest).With(whole.Risks([last]), [0.5]).Risk, 1e-11);
        }
    }

    [Fact]
    public void The_floor_read_first_never_asks_less_for_a_short_option()
    {
        foreach (var legs in Drawn(100))
        {
            Leg[] shorts = [.. legs.Where(l => l.IsOption).Select(l => l with { Quantity = -Math.Abs(l.Quantity) })];
            var first = Book(shorts, Rules with { Volatility = Rules.Volatility with { FloorFirst = true } }).Margin.Risk;
            Assert.True(first >= Book(shorts).Margin.Risk - 1e-12);
        }
    }

    /// <summary>A tenth of a step, and no assumption: each interval of the search holds what a plain walk finds below zero.</summary>
    [Fact]
    public void Every_price_that_liquidates_is_in_an_interval()
    {
        var standard = new StandardMargin(0.15, 0.1, 0.075, new(0.02, 5e-5), new(0.01, 5e-5));
        var some = 0;
        foreach (var legs in Drawn(40))
        {
            var account = new CrossAccount(CountedIn.Coin, Index, [.. legs.Select(l => AccountLeg.Entered(l, l.Price))], [new(20, IsCoin: true)]);
            var found = LiquidationSearch.Of(account.Headroom(standard));
            some += found.Intervals.Count;
            double[] moves = [.. Enumerable.Range(0, 5_900).Select(i => -0.9 + i * 0.001)];
            var headroom = new double[moves.Length];
            account.Headroom(standard)(moves, headroom);
            for (var i = 0; i < moves.Length; i++)
                if (Math.Abs(headroom[i]) > 1e-3) Assert.Equal(headroom[i] < 0, found.Intervals.Any(x => moves[i] >= x.From && moves[i] <= x.To));
        }
        Assert.True(some > 20, $"only {some} intervals: the books are too safe to test anything");
    }

    /// <summary>Against a net of 400 by 400 points.</summary>
    [Fact]
    public void The_nearest_shock_is_nearer_than_any_of_a_net()
    {
        static double Headroom(double move, double volatility) => 1 + 2 * Math.Log(1 + move) - 1.5 * Math.Log(volatility) - Math.Log(1 + move) * Math.Log(1 + move);
        var found = Resilience.Nearest(Headroom, 0.03, 0.05)!.Value;
        var least = double.PositiveInfinity;
        for (var i = -400; i <= 400; i++)
            for (var j = -400; j <= 400; j++)
                if (Headroom(Math.Exp(i * 0.05 * 0.03) - 1, Math.Exp(j * 0.05 * 0.05)) < 0) least = Math.Min(least, Math.Sqrt(i * i + j * j) * 0.05);
        Assert.Equal(0, Headroom(found.Move, found.Volatility), 1e-8);
        Assert.InRange(least, found.Distance, found.Distance + 0.1);
    }

    [Fact]
    public void Nothing_near_is_no_shock() => Assert.Null(Resilience.Nearest((_, _) => 1, 0.03, 0.05));

    [Fact]
    public void An_account_in_liquidation_says_so()
    {
        var account = new CrossAccount(CountedIn.Money, 100, [AccountLeg.Entered(new(LegKind.LinearFuture, 10, 100), 150)], [new(400, IsCoin: false)]);

        Assert.True(LiquidationSearch.Of(account.Headroom(new StandardMargin(0, 0, 0, default, new(0.01, 0)))).Already);
    }

    [Fact]
    public void A_ladder_frees_what_is_asked_for_and_no_step_undoes_it()
    {
        foreach (var legs in Drawn(40))
        {
            var book = Book(legs);
            var target = 0.6 * book.Margin.Initial;
            var steps = Unwinding.Ladder(book, [.. legs.Select(_ => new Exit(0.001))], target);
            double[] closed = [.. legs.Select((l, i) => steps.Where(s => s.Leg == i).Sum(s => s.Coins))];
            Leg[] left = [.. legs.Select((l, i) => l with { Quantity = l.Quantity + closed[i] })];
            Assert.All(steps, s => Assert.True(s.Released > 0));
            if (steps.Count == 0) continue;
            Assert.Equal(Book(left).Margin.Initial, steps[^1].Margin.Initial, 1e-9);
            Assert.All(legs.Zip(left), p => Assert.True(Math.Abs(p.Second.Quantity) <= Math.Abs(p.First.Quantity) + 1e-9));
        }
    }

    [Fact]
    public void A_ladder_that_keeps_delta_keeps_it()
    {
        foreach (var legs in Drawn(40))
        {
            var book = Book(legs);
            var delta = book.Legs.Sum(r => r.Delta);
            Assert.All(Unwinding.Ladder(book, [.. legs.Select(_ => new Exit(0.001))], 0, deltaTo: 0.5), s => Assert.InRange(s.Delta, delta - 0.5 - 1e-9, delta + 0.5 + 1e-9));
        }
    }

    /// <summary>A long perpetual against a short future frees its roll charge before anything that trades the market is touched.</summary>
    [Fact]
    public void A_venue_closes_futures_that_stand_against_each_other_first()
    {
        Leg[] legs = [new(LegKind.InverseFuture, 4, Index), new(LegKind.InverseFuture, -3, Index, 0.25), new(LegKind.InverseOption, -5, Index, 0.1) { Right = OptionKind.Put, Strike = 55_000, Volatility = 0.6 }];
        var steps = Unwinding.Partial(Book(legs), [.. legs.Select(_ => new Exit(0.001))], 0.1);

        Assert.Equal([(0, -3.0), (1, 3.0)], steps.Take(2).Select(s => (s.Leg, Math.Round(s.Coins, 9))));
        Assert.All(steps.Skip(2), s => Assert.True(Math.Abs(s.Coins) <= 0.05 * Math.Abs(legs[s.Leg].Quantity) + 1e-9));
        Assert.True(steps[^1].Margin.Maintenance <= 0.1);
    }

    [Fact]
    public void Tiers_of_maintenance_are_solved_in_their_own_tier()
    {
        // 2 coins: at prices up to 25,000 the notional is in the first tier.
        var tiers = new MaintenanceTiers([new(50_000, 0.004, 0, 125), new(600_000, 0.005, 50, 100)]);

        var low = IsolatedLiquidation.Linear(2, 30_000, 20_000, tiers)!.Value;
        var high = IsolatedLiquidation.Linear(2, 60_000, 20_000, tiers)!.Value;

        Assert.Equal(20_000 + 2 * (low - 30_000), 0.004 * 2 * low, 1e-6);
        Assert.Equal(20_000 + 2 * (high - 60_000), 0.005 * 2 * high - 50, 1e-6);
        Assert.Equal(new MarginPair(400, 200), tiers.Of(50_000));
        Assert.Equal(0.005 * 50_000 - 50, tiers.Of(50_000).Maintenance, 1e-9);
    }

    [Fact]
    public void Numbers_that_are_no_books_are_our_mistake()
    {
        Assert.Throws<ArgumentException>(() => Book([new(LegKind.LinearFuture, 1, Index)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Book([new(LegKind.InverseFuture, double.NaN, Index)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScenarioBook(Rules, CountedIn.Coin, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => IsolatedLiquidation.Linear(1, 0, 1, MaintenanceTiers.Flat(0.01)));
        Assert.Throws<ArgumentOutOfRangeException>(() => IsolatedLiquidation.Inverse(1, 1, -1, MaintenanceTiers.Flat(0.01)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Slices([(2, 1), (1, 1)]));
    }
}
