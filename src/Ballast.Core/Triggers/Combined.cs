namespace Ballast.Triggers;

/// <summary>Fires when any of its rules does. Its band is the tightest of theirs.</summary>
public sealed record AnyOf(ImmutableArray<ITrigger> Rules) : ITrigger
{
    public bool HasClock => Rules.All(r => r.HasClock);

    public string Words => string.Join(", or when ", Rules.Select(r => r.Words));

    public TriggerResult Check(Look look)
    {
        var answers = Rules.Select(r => r.Check(look)).ToArray();
        var fired = answers.Where(a => a.Fired).ToArray();
        var bands = answers.Select(a => a.Bands).OfType<BandSet>().Aggregate((BandSet?)null, (all, b) => all?.Intersect(b) ?? b);
        if (fired.Length > 0)
            return fired[0] with { Breached = [.. fired.SelectMany(f => f.Breached).Distinct()], Bands = fired.Any(f => f.Bands is null) ? null : bands };
        var nearest = answers.MaxBy(a => a.Way ?? -1)!;
        return answers.FirstOrDefault(a => a.State == TriggerState.Unknown) ?? nearest with { Bands = bands };
    }
}

/// <summary>Fires when all of its rules do and none of the excluded ones does. Its band is the widest of theirs.</summary>
/// <param name="Nots">Rules that must be quiet; after any of them there is no band.</param>
public sealed record AllOf(ImmutableArray<ITrigger> Rules, ImmutableArray<ITrigger> Nots) : ITrigger
{
    public bool HasClock => Rules.Any(r => r.HasClock);

    public string Words =>
        string.Join(" and ", Rules.Select(r => r.Words)) + string.Concat(Nots.Select(n => $", but not while {n.Words}"));

    public TriggerResult Check(Look look)
    {
        var answers = Rules.Select(r => r.Check(look)).ToArray();
        if (answers.FirstOrDefault(a => a.State == TriggerState.Unknown) is { } unknown) return unknown;
        var quiet = answers.FirstOrDefault(a => !a.Fired);
        if (quiet is not null) return quiet with { Way = answers.Min(a => a.Way), Bands = null };
        foreach (var not in Nots.Select(n => n.Check(look)))
            if (not.State != TriggerState.Quiet)
                return not.Fired ? TriggerResult.No($"held back: {not.Reason}", "until that ends") : not;
        if (answers.Count(a => a.Bands is not null) > 1 && !TogetherOutside(look, answers))
            return answers[0] with { State = TriggerState.Quiet, Reason = "no single asset is outside all the bands", ToGo = "until one asset is", Bands = null };
        var bands = Nots.IsEmpty ? answers.Select(a => a.Bands).OfType<BandSet>().Aggregate((BandSet?)null, (all, b) => all?.Unite(b) ?? b) : null;
        return answers[^1] with
        {
            Reason = string.Join(", and ", answers.Select(a => a.Reason)),
            Way = answers.Min(a => a.Way),
            Breached = [.. answers.SelectMany(a => a.Breached).Distinct()],
            SleeveBands = Nots.IsEmpty ? [.. answers.SelectMany(a => a.SleeveBands)] : [],
            Bands = bands,
        };
    }

    /// <summary>Several drift rules together mean the widest band: one asset must be outside all of them.</summary>
    private static bool TogetherOutside(Look look, IEnumerable<TriggerResult> answers) =>
        answers.Select(a => a.Bands).OfType<BandSet>().Aggregate((all, b) => all.Unite(b)).ByAsset.Any(b => b.Value.Breached(look.Portfolio.WeightOf(b.Key)));
}
