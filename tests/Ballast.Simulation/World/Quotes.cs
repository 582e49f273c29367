namespace Ballast.Simulation;

/// <summary>What prices were told, beside what they truly were, so that an order made from a bad one is known.</summary>
internal sealed class Quotes(Timeline time)
{
    private readonly Dictionary<(string, string), (TopOfBook Told, long At)> _told = [];

    public void Told(string account, TopOfBook top, VenueMarket market) => _told[(account, top.Symbol)] = (top, time.Now);

    public (TopOfBook Told, long At)? Last(string account, string symbol) => _told.TryGetValue((account, symbol), out var told) ? told : null;
}
