namespace Ballast.Planning;

/// <summary>A plan that broke no limit when it was looked at once more. Only <see cref="Review"/> makes one, and only such a plan can be sent.</summary>
public sealed class ApprovedPlan
{
    internal ApprovedPlan(Plan plan) => Plan = plan;

    public Plan Plan { get; }
}

/// <summary>What came of the review. Closed.</summary>
public abstract record ReviewResult
{
    private ReviewResult() { }

    public sealed record Approved(ApprovedPlan Plan) : ReviewResult;

    /// <summary>Every objection, not only the first.</summary>
    public sealed record Refused(ImmutableArray<Objection> Objections) : ReviewResult;
}

/// <summary>A limit that a plan would break: a stable code and a sentence with the figures.</summary>
public sealed record Objection(string Code, string Reason);
