using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>Series measured, each over its own periods, and compared over those that they have in common.</summary>
/// <param name="Common">The first and the last period of the comparison; null where there was none.</param>
internal sealed record MetricsStudy(MetricsSeries Input, ImmutableArray<MeasuredSeries> Series, Contest? Contest, (int First, int Last)? Common, ImmutableSortedDictionary<string, string> Notes)
{
    /// <summary>With fewer returns chance cannot be told from anything.</summary>
    public const int Fewest = 60;

    public IEnumerable<(MeasuredSeries Series, Bout Bout)> Bouts =>
        Contest is null ? [] : Series.Where(s => s.Compared).Zip(Contest.Bouts);

    public static MetricsStudy Of(MetricsSeries input)
    {
        var notes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var measured = input.Table.Names.Select((name, i) => Measure(input, name, input.Table.Series[i])).ToArray();
        var tried = Enumerable.Range(0, measured.Length).Where(i => measured[i].Metrics is not null && measured[i].Name != input.Rival).ToArray();
        var evidence = SharpeEvidence.Of([.. tried.Select(i => measured[i].Metrics!)], input.PeriodsAYear);
        for (var k = 0; k < tried.Length; k++) measured[tried[k]] = measured[tried[k]] with { Evidence = evidence[k], Trials = tried.Length };
        var (contest, common) = Compare(input, measured, notes);
        return new MetricsStudy(input, [.. measured], contest, common, notes.ToImmutable());
    }

    private static MeasuredSeries Measure(MetricsSeries input, string name, double[] returns)
    {
        if (Span.Of(returns) is not { } span) return new MeasuredSeries(name, null, "it has no return");
        if (span.Gaps > 0) return new MeasuredSeries(name, span, $"{span.Gaps} empty {(span.Gaps == 1 ? "cell" : "cells")} between its returns");
        var own = returns[span.First..(span.Last + 1)];
        if (own.Length < 2) return new MeasuredSeries(name, span, "one return has no statistics");
        var rate = input.RiskFree / input.PeriodsAYear;
        var beside = input.Benchmark?[span.First..(span.Last + 1)];
        var metrics = SeriesMetrics.Of(own, input.PeriodsAYear, rate);
        return new MeasuredSeries(name, span, null)
        {
            Metrics = metrics,
            Evidence = SharpeEvidence.Of(metrics, input.PeriodsAYear, variance: 0, trials: 1) with { Deflated = null },
            Relative = beside is null || ReturnSeries.Fault(beside) is not null ? null : RelativeMetrics.Of(own, beside, input.PeriodsAYear, rate),
            WhyNotRelative = beside is null ? "there is no benchmark" : "the benchmark lacks returns in its periods",
            Chance = own.Length < Fewest ? null : BlockBootstrap.Alone(own, input.PeriodsAYear, new BootstrapPlan(input.Seed), rate),
        };
    }

    /// <summary>All series without gaps against the rival, over the periods that all of them have.</summary>
    private static (Contest?, (int, int)?) Compare(MetricsSeries input, MeasuredSeries[] measured, ImmutableSortedDictionary<string, string>.Builder notes)
    {
        if (input.RivalReturns is not { } rival) return (null, null);
        if (Span.Of(rival) is not { Gaps: 0 } whole) return Without("the series that the others are compared with has gaps, or no returns");
        var others = Enumerable.Range(0, measured.Length).Where(i => measured[i].Metrics is not null && measured[i].Name != input.Rival).ToArray();
        if (others.Length == 0) return Without("there is nothing to compare with it");
        var (first, last) = (Math.Max(whole.First, others.Max(i => measured[i].Span!.Value.First)), Math.Min(whole.Last, others.Min(i => measured[i].Span!.Value.Last)));
        if (last - first + 1 < Fewest) return Without($"the series have {Math.Max(0, last - first + 1)} periods in common: with fewer than {Fewest} chance cannot be told from anything");
        foreach (var i in others) measured[i] = measured[i] with { Compared = true };
        double[] Cut(double[] returns) => returns[first..(last + 1)];
        return (Contest.Of([.. others.Select(i => Cut(input.Table.Series[i]))], Cut(rival), input.PeriodsAYear, new BootstrapPlan(input.Seed), input.RiskFree / input.PeriodsAYear), (first, last));

        (Contest?, (int, int)?) Without(string why)
        {
            notes["differences"] = why;
            return (null, null);
        }
    }
}

/// <summary>One series with its figures.</summary>
/// <param name="WhyNot">Why it has none; null where it has.</param>
internal sealed record MeasuredSeries(string Name, Span? Span, string? WhyNot)
{
    public SeriesMetrics? Metrics { get; init; }
    public RelativeMetrics? Relative { get; init; }
    public string? WhyNotRelative { get; init; }

    /// <summary>Intervals of its own figures; null with too few returns.</summary>
    public BlockBootstrap? Chance { get; init; }

    public SharpeEvidence Evidence { get; init; }

    /// <summary>How many series were tried together with it, itself included; 0 for the one that they are compared with.</summary>
    public int Trials { get; init; }

    public bool Compared { get; init; }
}

/// <summary>From the first to the last return of a series, and how many are missing between.</summary>
internal readonly record struct Span(int First, int Last, int Gaps)
{
    public static Span? Of(double[] returns)
    {
        var (first, last) = (Array.FindIndex(returns, r => !double.IsNaN(r)), Array.FindLastIndex(returns, r => !double.IsNaN(r)));
        return first < 0 ? null : new Span(first, last, returns[first..(last + 1)].Count(double.IsNaN));
    }
}
