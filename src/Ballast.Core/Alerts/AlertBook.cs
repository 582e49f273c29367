using Ballast.Money;

namespace Ballast.Alerts;

/// <summary>What lasts and whether it was told: each is told once when it begins and once when it ends, however often it comes and goes in between.</summary>
public sealed record AlertBook(ImmutableSortedDictionary<string, Lasting> Open)
{
    public static AlertBook Empty { get; } = new(ImmutableSortedDictionary<string, Lasting>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>The book after a look at what lasts now, and what is to be told because of it.</summary>
    /// <param name="now">All that lasts at this moment.</param>
    public (AlertBook Book, ImmutableArray<Alert> Told) After(IEnumerable<Condition> now, Instant at, AlertRules rules)
    {
        var (open, told) = (Open.ToBuilder(), ImmutableArray.CreateBuilder<Alert>());
        foreach (var condition in now)
        {
            var lasting = open.TryGetValue(condition.Key, out var known) ? known with { What = condition, Last = at } : new Lasting(condition, at, at, Told: false);
            if (!lasting.Told && (condition.Urgent || at - lasting.Since >= rules.Begins))
            {
                told.Add(new Alert(at, condition.Topic, AlertKind.Begins, condition.Code, condition.Subject, condition.Text, condition.Urgent));
                lasting = lasting with { Told = true };
            }
            open[condition.Key] = lasting;
        }
        foreach (var (key, lasting) in Open)
        {
            if (open[key].Last == at || at - lasting.Last < rules.Ends) continue;
            open.Remove(key);
            if (lasting.Told) told.Add(Over(lasting, at));
        }
        return (new AlertBook(open.ToImmutable()), told.ToImmutable());
    }

    private static Alert Over(Lasting lasting, Instant at) => new(at, lasting.What.Topic, AlertKind.Ends, lasting.What.Code, lasting.What.Subject,
        $"over after {Spans.Words(lasting.Last - lasting.Since)}: {lasting.What.Text}");
}

/// <summary>Something that lasts.</summary>
/// <param name="Since">When it was first seen.</param>
/// <param name="Last">When it was last seen.</param>
/// <param name="Told">Whether a person was told that it began.</param>
public sealed record Lasting(Condition What, Instant Since, Instant Last, bool Told);
