namespace Ballast.Simulation;

/// <summary>The program's books beside the venue's.</summary>
internal static class Books
{
    /// <summary>Whether the journal's books of an account are the venue's to the last unit, or the journal says that they are not.</summary>
    public static bool Settled(Simulated world, SimulatedVenue venue)
    {
        var state = world.Process.State;
        if (state.Mismatches.ContainsKey(venue.Account) || !state.Opened.Contains(venue.Account)) return true;
        return Difference(state, venue) is null;
    }

    /// <summary>The first asset of which the two say otherwise; null where they agree.</summary>
    public static string? Difference(ExecutionState state, SimulatedVenue venue)
    {
        var ours = state.Balances.Of(venue.Account);
        foreach (var (asset, held) in venue.Books.Held)
            if (ours.GetValueOrDefault(asset) != held) return $"{asset}: the books have {ours.GetValueOrDefault(asset)}, the venue {held}";
        foreach (var (asset, held) in ours)
            if (venue.Books.Of(asset) != held) return $"{asset}: the books have {held}, the venue {venue.Books.Of(asset)}";
        return null;
    }
}
