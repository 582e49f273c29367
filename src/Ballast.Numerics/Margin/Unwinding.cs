using Ballast.Numerics.Derivatives;

namespace Ballast.Numerics.Margin;

/// <summary>How one leg of an account may be closed.</summary>
/// <param name="UnitCost">What closing one coin of it costs, in the account's unit: half a spread and a fee; infinite where nobody takes it.</param>
/// <param name="Lot">The smallest part, in coins; 0 for any.</param>
public readonly record struct Exit(double UnitCost, double Lot = 0);

/// <summary>One step of closing an account down, with the margin that the engine asks for after it.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Coins">How much is traded to close, signed: a short is bought back.</param>
/// <param name="Cost">In the account's unit.</param>
/// <param name="Released">How much less margin is asked for.</param>
/// <param name="Margin">What the account needs afterwards.</param>
/// <param name="Delta">What its net delta is afterwards, in coins.</param>
public sealed record UnwindStep(int Leg, double Coins, double Cost, double Released, ScenarioMargin Margin, double Delta)
{
    /// <summary>Margin released for each unit of cost; infinite where it costs nothing.</summary>
    public double Worth => Cost > 0 ? Released / Cost : double.PositiveInfinity;
}

/// <summary>Closes an account down step by step, always the part that frees the most margin for its cost; the engine is asked anew after every step.</summary>
public sealed class Unwinding
{
    private const int MostSteps = 400;

    private readonly ScenarioBook _book;
    private readonly IReadOnlyList<Exit> _exits;
    private readonly Func<ScenarioMargin, double> _margin;
    private readonly double[] _closed, _minus;

    private Unwinding(ScenarioBook book, IReadOnlyList<Exit> exits, Func<ScenarioMargin, double> margin)
    {
        if (exits.Count != book.Legs.Count) throw new ArgumentException($"{exits.Count} exits for {book.Legs.Count} legs");
        foreach (var exit in exits)
            if (!(exit.UnitCost >= 0 && exit.Lot >= 0)) throw new ArgumentOutOfRangeException(nameof(exits), exit, "costs and lots are not negative");
        (_book, _exits, _margin) = (book, exits, margin);
        (_closed, _minus) = (new double[exits.Count], new double[exits.Count]);
    }

    /// <summary>A ladder by initial margin released per unit of cost, until initial margin is at most the target: of whole legs, or where delta is to be kept in twentieths, one after the other.</summary>
    /// <param name="deltaTo">How far the net delta, in coins, may stand from what it is now; infinite for any.</param>
    public static IReadOnlyList<UnwindStep> Ladder(ScenarioBook book, IReadOnlyList<Exit> exits, double target, double deltaTo = double.PositiveInfinity) =>
        Joined(new Unwinding(book, exits, m => m.Initial).Run(target, double.IsFinite(deltaTo) ? 0.05 : 1, deltaTo, offsets: false));

    /// <summary>Steps that follow each other on one leg are one.</summary>
    private static List<UnwindStep> Joined(List<UnwindStep> steps)
    {
        var joined = new List<UnwindStep>();
        foreach (var step in steps)
            if (joined.Count > 0 && joined[^1] is var last && last.Leg == step.Leg)
                joined[^1] = step with { Coins = last.Coins + step.Coins, Cost = last.Cost + step.Cost, Released = last.Released + step.Released };
            else joined.Add(step);
        return joined;
    }

    /// <summary>What a venue would close, as it is usually described: first futures that stand against each other, then in twentieths the part that frees the most maintenance for its cost and does not worsen the worst scenario, until maintenance is at most the target.</summary>
    /// <param name="target">Such as 0.9 of equity.</param>
    public static IReadOnlyList<UnwindStep> Partial(ScenarioBook book, IReadOnlyList<Exit> exits, double target) =>
        new Unwinding(book, exits, m => m.Maintenance).Run(target, 0.05, double.PositiveInfinity, offsets: true);

    private List<UnwindStep> Run(double target, double share, double deltaTo, bool offsets)
    {
        var (steps, now) = (new List<UnwindStep>(), _book.Margin);
        var from = Delta();
        if (offsets && _margin(now) > target)
            foreach (var (leg, fraction) in Offsets())
                steps.Add(Take(leg, fraction, ref now));
        while (_margin(now) > target && steps.Count < MostSteps)
        {
            var best = Enumerable.Range(0, _exits.Count).Select(leg => Try(leg, Part(leg, share), now))
                .Where(s => s is not null && s.Released > 0 && s.Margin.Scan <= now.Scan && Math.Abs(s.Delta - from) <= deltaTo).MaxBy(s => s!.Worth);
            if (best is null) break;
            steps.Add(Take(best.Leg, Enough(best, now, target), ref now));
        }
        return steps;
    }

    /// <summary>The fraction of a step that suffices, in whole lots: nothing is closed that need not be.</summary>
    private double Enough(UnwindStep step, ScenarioMargin now, double target)
    {
        var fraction = -step.Coins / _book.Legs[step.Leg].Leg.Quantity;
        if (_margin(step.Margin) > target) return fraction;
        var (low, high) = (0.0, fraction);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            if (_margin(Try(step.Leg, middle, now)!.Margin) > target) low = middle; else high = middle;
        }
        var (size, lot) = (Math.Abs(_book.Legs[step.Leg].Leg.Quantity), _exits[step.Leg].Lot);
        return lot == 0 ? high : Math.Min(Math.Ceiling(high * size / lot - 1e-9) * lot / size, fraction);
    }

    private UnwindStep Take(int leg, double fraction, ref ScenarioMargin now)
    {
        var step = Try(leg, fraction, now)!;
        _closed[leg] += fraction;
        now = step.Margin;
        return step;
    }

    /// <summary>A fraction of a leg to close: the share in whole lots, and no more than is left.</summary>
    private double Part(int leg, double share)
    {
        var (size, lot) = (Math.Abs(_book.Legs[leg].Leg.Quantity), _exits[leg].Lot);
        var wanted = size == 0 ? 0 : lot == 0 ? share : Math.Ceiling(share * size / lot - 1e-9) * lot / size;
        return Math.Min(wanted, 1 - _closed[leg]);
    }

    private UnwindStep? Try(int leg, double fraction, ScenarioMargin now)
    {
        if (fraction <= 1e-12 || _book.Legs[leg].Leg.Kind == LegKind.Coin || double.IsInfinity(_exits[leg].UnitCost)) return null;
        for (var i = 0; i < _closed.Length; i++) _minus[i] = -_closed[i];
        _minus[leg] -= fraction;
        var after = _book.With([.. _book.Legs], _minus);
        var coins = -fraction * _book.Legs[leg].Leg.Quantity;
        return new(leg, coins, Math.Abs(coins) * _exits[leg].UnitCost, _margin(now) - _margin(after), after, Delta() - fraction * _book.Legs[leg].Delta);
    }

    private double Delta() => _book.Legs.Select((risk, i) => risk.Delta * (1 - _closed[i])).Sum();

    /// <summary>Pairs of futures on opposite sides: as much of each as the other covers.</summary>
    private IEnumerable<(int Leg, double Fraction)> Offsets()
    {
        int[] futures = [.. Enumerable.Range(0, _exits.Count).Where(i => _book.Legs[i].Leg.Kind is LegKind.InverseFuture or LegKind.LinearFuture && double.IsFinite(_exits[i].UnitCost))];
        foreach (var buy in futures)
            foreach (var sell in futures)
            {
                var (held, against) = (_book.Legs[buy].Leg.Quantity * (1 - _closed[buy]), _book.Legs[sell].Leg.Quantity * (1 - _closed[sell]));
                if (!(held > 0 && against < 0)) continue;
                var coins = Math.Min(held, -against);
                yield return (buy, coins / _book.Legs[buy].Leg.Quantity);
                yield return (sell, coins / -_book.Legs[sell].Leg.Quantity);
            }
    }
}
