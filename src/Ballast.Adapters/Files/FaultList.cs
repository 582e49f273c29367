namespace Ballast.Adapters.Files;

/// <summary>Collects what is wrong over one reading: the first faults in full, the rest as a count.</summary>
internal sealed class FaultList(ReadingLimits limits)
{
    private readonly List<Fault> _kept = [];

    public int Count { get; private set; }

    /// <summary>Whether the next fault would only be counted: its words need not be made.</summary>
    public bool Full => _kept.Count >= limits.Faults;

    public void Add(Fault fault)
    {
        Count++;
        if (!Full) _kept.Add(fault);
    }

    /// <summary>Counts a fault whose words nobody will see.</summary>
    public void AddUnseen() => Count++;

    public Reading<T> Failed<T>(string file) where T : class
    {
        var unseen = Count - _kept.Count;
        return Reading.Failed<T>(unseen == 0 ? _kept : [.. _kept, Rest(file, unseen)]);
    }

    private static Fault Rest(string file, int unseen) =>
        new(file, 0, 1, 1, "MORE_FAULTS", unseen == 1 ? "there is 1 more fault" : $"there are {unseen} more faults", "only the first are listed", "");
}
