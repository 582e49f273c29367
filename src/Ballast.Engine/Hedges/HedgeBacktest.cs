using Ballast.Numerics.Hedging;

namespace Ballast.Engine.Hedges;

/// <summary>Hedges a position of options along a path by a rule; every look asks <see cref="HedgeDecision"/>, which sees nothing later.</summary>
public static class HedgeBacktest
{
    /// <remarks>The hedge is opened at its target by every rule alike; at the last point options are settled and the hedge is closed.</remarks>
    public static HedgeOutcome Run(HedgePath path, HedgeRule rule, HedgeSettings settings)
    {
        var (points, account, looks) = (path.Points, new HedgeAccount(settings, path.First), new Looks(rule.Every, path));
        var ends = account.Trade(settings.Target - account.Delta(points[0]), points[0].Price);
        double cost = 0, running = 0, usual = 0;
        var (trades, memory) = (0, default(HedgeMemory));
        for (var i = 1; i < points.Count; i++)
        {
            account.Move(points[i - 1], points[i]);
            if (i == points.Count - 1 || !looks.IsDue(points[i], settings.Memory)) continue;
            var (band, shift) = rule.At(points[i], settings, path.Units);
            var look = new HedgeLook(account.Delta(points[i]) + shift, settings.Target, band, points[i].Time) { Due = rule is HedgeRule.FixedTime, Lot = settings.Lot };
            var step = HedgeDecision.Decide(look, memory);
            memory = step.Memory;
            if (step.Trade != 0) (cost, trades) = (cost + account.Trade(step.Trade, points[i].Price), trades + 1);
            running += HedgeForecast.Next(points[i], step.Distance + step.Trade, band, rule, looks.Moves, settings);
            usual += HedgeForecast.Usual(points[i], band, rule, looks.Moves, settings);
        }
        var last = points[^1];
        ends += account.Trade(-account.Hedge, last.Price);
        var profit = account.WealthMoney(last);
        return new(cost, ends, account.Mismatch, account.Squares, trades, running, usual, account.Funding, profit, profit / last.Price);
    }

    /// <summary>When it is time to look, and how far the price moved from look to look.</summary>
    private sealed class Looks(double every, HedgePath path)
    {
        // A clock in seconds is read into years with rounding.
        private const double Slack = 1e-8;
        private double last = path.First.Time, price = path.First.Price;

        public MoveAverage Moves { get; private set; } = path.MovesIn(every);

        public bool IsDue(HedgePoint point, double memory)
        {
            if (point.Time - last < every - Slack) return false;
            Moves = Moves.Next(point.Price / price - 1, memory);
            (last, price) = (point.Time, point.Price);
            return true;
        }
    }
}
