namespace Ballast.App.Output;

/// <summary>How a command ended, as its exit code says it.</summary>
public static class Outcome
{
    public const int Done = 0;

    /// <summary>Bad input or usage; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Refused: a limit, infeasible, unsafe.</summary>
    public const int Refused = 3;

    /// <summary>The outside world failed: disk, network, venue.</summary>
    public const int WorldFailed = 4;

    /// <summary>A defect of ours.</summary>
    public const int Defect = 5;

    /// <summary>Trades are due; only with <c>--exit-code</c>.</summary>
    public const int TradesDue = 10;
}
