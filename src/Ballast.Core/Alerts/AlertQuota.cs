using Ballast.Money;

namespace Ballast.Alerts;

/// <summary>Never a burst: at most so many messages in any hour on one channel, the rest held back and told together in one.</summary>
/// <param name="Sent">When messages went out, in the last hour.</param>
/// <param name="Held">What was held back, the oldest first.</param>
public sealed record AlertQuota(ImmutableQueue<Instant> Sent, ImmutableArray<Alert> Held)
{
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>How many kinds of thing a sum names.</summary>
    private const int MostNamed = 12;

    public static AlertQuota Full { get; } = new([], []);

    /// <summary>The quota after these, and what of them goes out now.</summary>
    public (AlertQuota Quota, ImmutableArray<Alert> Out) After(IEnumerable<Alert> alerts, Instant at, AlertRules rules)
    {
        var (sent, held, goes) = (Recent(at), Held, ImmutableArray.CreateBuilder<Alert>());
        foreach (var alert in alerts)
            // One place stays free for the sum of what is held; what is not urgent does not overtake what is held.
            if (sent.Count < rules.MostAnHour - 1 - (alert.Urgent ? 0 : rules.KeptForUrgent) && (alert.Urgent || held.IsEmpty)) Go(alert);
            else held = held.Add(alert);
        if (!held.IsEmpty && at - held[0].At >= rules.SumAfter && sent.Count < rules.MostAnHour)
        {
            Go(held.Length == 1 ? held[0] : SumOf(held, at));
            held = [];
        }
        return (new AlertQuota([.. sent], held), goes.ToImmutable());

        void Go(Alert alert)
        {
            sent.Add(at);
            goes.Add(alert);
        }
    }

    private List<Instant> Recent(Instant at) => [.. Sent.Where(s => at - s < Hour)];

    /// <summary>What came of each thing in the meantime, the latest word of it last.</summary>
    private static Alert SumOf(ImmutableArray<Alert> held, Instant at)
    {
        var kinds = held.GroupBy(a => (a.Code, a.Subject)).ToArray();
        var lines = kinds.Take(MostNamed).Select(k => k.Count() == 1 ? k.Last().Text : $"{k.Count()} times {k.Key.Code} {k.Key.Subject}, at last: {k.Last().Text}");
        var rest = kinds.Length > MostNamed ? $"\n{kinds.Length - MostNamed} other things: see the journal" : "";
        return new Alert(at, "", AlertKind.Sum, "HELD_BACK", "", $"{held.Length} more in the last {Spans.Words(at - held[0].At)}, held back so as not to flood you:\n{string.Join('\n', lines)}{rest}", held.Any(a => a.Urgent));
    }
}
