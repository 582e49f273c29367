namespace Ballast.Schedules;

/// <summary>Finds the next of a numbered sequence of due times, from a guess of its number.</summary>
internal static class DueSearch
{
    // Far more than any run of due times that one holiday period can roll onto a day; it also ends a search past the last year.
    private const int FarthestStep = 10_000;

    /// <summary>The first due time after an instant. Due times must not decrease with their number; null means that a number has none.</summary>
    public static Instant? FirstAfter(Instant after, long guess, long lowest, Func<long, Instant?> due)
    {
        var number = Math.Max(guess, lowest);
        for (var step = 0; step < FarthestStep && number > lowest && !(due(number) <= after); step++) number--;
        for (var step = 0; step < FarthestStep; step++, number++)
            if (due(number) is { } found && found > after) return found;
        return null;
    }
}
