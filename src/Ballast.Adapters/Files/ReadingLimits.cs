namespace Ballast.Adapters.Files;

/// <summary>How much of outsiders' text is read before it is refused, so that a hostile or mistaken file cannot take the machine.</summary>
/// <param name="Bytes">Of one file, uncompressed.</param>
/// <param name="Cells">Rows times columns of all series read together.</param>
/// <param name="Columns">Of one table.</param>
/// <param name="LineBytes">Of one line.</param>
/// <param name="Faults">That are listed; the rest is counted.</param>
public sealed record ReadingLimits(int Bytes, long Cells, int Columns, int LineBytes, int Faults)
{
    public static ReadingLimits Default { get; } = new(Bytes: 512 << 20, Cells: 50_000_000, Columns: 9_999, LineBytes: 1 << 20, Faults: 20);
}
