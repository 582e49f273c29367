namespace Ballast.Planning;

/// <summary>What came of planning: a plan, perhaps without any trade, or the reason why none can be made. Closed.</summary>
public abstract record PlanResult
{
    private PlanResult() { }

    public sealed record Made(Plan Plan) : PlanResult;

    /// <summary>No plan: a stable code and a sentence with the figures.</summary>
    public sealed record Refused(string Code, string Reason) : PlanResult;
}
