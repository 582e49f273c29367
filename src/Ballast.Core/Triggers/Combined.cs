namespace Ballast.Triggers;

/// <summary>Fires when any of its rules does. Its band is the tightest of theirs.</summary>
public sealed record AnyOf(ImmutableArray<ITrigger> Rules) : ITrigger
{
    public bool HasClock => Rules.Any(r => r.HasClock);

    public string Words => string.Join(", or when ", Rules.Select(r => r.Words));

    public TriggerResult Check(Look look)
    {
        var answers = Rules.Where(r => r.HasClock || !look.ClocksOnly).Select(r => r.Check(look)).ToArray();
        var fired = answers.Where(a => a.Fired).ToArray();
        var speaks = fired.Length > 0 ? fired[0] : answers.FirstOrDefault(a => a.State == TriggerState.Unknown) ?? answers.MaxBy(a => a.Way ?? -1)!;
        return speaks with
        {
            Why = fired.Length > 1 ? new(() => string.Join("; ", fired.Select(f => f.Reason))) : speaks.Why,
            Way = answers.Max(a => a.Way),
            Breached = [.. answers.SelectMany(a => a.Breached).Distinct().Order()],
            SleeveBands = [.. answers.SelectMany(a => a.SleeveBands)],
            Outside = answers.Any(a => a.Outside),
            Bands = fired.Any(f => f.Bands is null) ? null : BandSet.Tightest(answers.Select(a => a.Bands)),
        };
    }
}

/// <summary>Fires when all of its rules do and none of the excluded ones does. Its band is the widest of theirs.</summary>
/// <param name="Nots">Rules that must be quiet; after any of them there is no band.</param>
public sealed record AllOf(ImmutableArray<ITrigger> Rules, ImmutableArray<ITrigger> Nots) : ITrigger
{
    public bool HasClock => Rules.Any(r => r.HasClock);

    public string Words =>
        string.Join(" and ", Rules.Select(r => r is AnyOf any ? $"either {string.Join(" or ", any.Rules.Select(a => a.Words))}" : r.Words))
        + string.Concat(Nots.Select(n => $", but not when {n.Words}"));

    public TriggerResult Check(Look look)
    {
        // Whoever is asked because of a clock looks at everything then.
        var now = look.ClocksOnly ? look with { ClocksOnly = false } : look;
        var answers = Rules.Select(r => r.Check(now)).ToArray();
        if (answers.FirstOrDefault(a => a.State == TriggerState.Quiet) is { } quiet) return Quiet(quiet, answers);
        if (answers.FirstOrDefault(a => a.State == TriggerState.Unknown) is { } unknown) return unknown;
        foreach (var not in Nots.Select(n => n.Check(now)))
            if (not.State != TriggerState.Quiet)
                return not.Fired ? Quiet(TriggerResult.No(new(() => $"held back: {not.Reason}"), "until that ends"), answers) : not;
        var banded = answers.Select(a => a.Bands).OfType<BandSet>().Where(b => !b.ByAsset.IsEmpty).ToArray();
        if (!TogetherOutside(look, banded)) return Quiet(TriggerResult.No("no single asset is outside all the bands", "until one is"), answers);
        return new(TriggerState.Fired, answers.Min(a => a.Way), new(() => string.Join(", and ", answers.Select(a => a.Reason))), "", Breached(answers), Nots.IsEmpty ? Band(answers, banded) : null)
        {
            SleeveBands = Nots.IsEmpty ? [.. answers.SelectMany(a => a.SleeveBands)] : [],
            Outside = true,
        };
    }

    /// <summary>The band of a rule that waits for others is not in force.</summary>
    private static TriggerResult Quiet(TriggerResult speaks, TriggerResult[] answers) =>
        speaks with { Way = answers.Min(a => a.Way), Bands = null, SleeveBands = [], Breached = Breached(answers) };

    private static ImmutableArray<Money.Asset> Breached(TriggerResult[] answers) => [.. answers.SelectMany(a => a.Breached).Distinct().Order()];

    /// <summary>Several drift rules about the same assets mean the widest band: one asset must be outside all of them. About different ones, each stands for itself.</summary>
    private static bool TogetherOutside(Look look, BandSet[] banded) => banded.Length < 2
        || (BandSet.Widest(banded)!.ByAsset is var common && (common.IsEmpty || common.Any(b => b.Value.Breached(look.Portfolio.WeightOf(b.Key)))));

    private static BandSet? Band(TriggerResult[] answers, BandSet[] banded) => BandSet.Widest(banded) switch
    {
        null => answers.Select(a => a.Bands).OfType<BandSet>().FirstOrDefault(),
        { ByAsset.IsEmpty: true } => BandSet.Tightest(banded),
        var widest => widest,
    };
}
