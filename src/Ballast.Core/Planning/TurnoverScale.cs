namespace Ballast.Planning;

/// <summary>Scales all trades down in proportion where they would be more than the turnover limit still allows.</summary>
internal static class TurnoverScale
{
    /// <summary>Value that may be traded; null without a limit.</summary>
    public static decimal? Apply(DraftLine[] drafts, Terms terms, PlanNotes notes)
    {
        if (terms.TurnoverLeft is not { } left) return null;
        var wished = 0m;
        foreach (var draft in drafts) wished += Math.Abs(draft.Goal - draft.Value);
        if (wished <= left) return left;
        notes.TurnoverShare = left / wished;
        foreach (var draft in drafts) draft.Goal = draft.Value + (draft.Goal - draft.Value) * left / wished;
        return left;
    }
}
