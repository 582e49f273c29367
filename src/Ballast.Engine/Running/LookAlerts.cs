using Ballast.Alerts;
using Ballast.Execution;

namespace Ballast.Engine.Running;

/// <summary>What a look found that a person should know of until a later look finds otherwise.</summary>
public static class LookAlerts
{
    /// <param name="trades">Whether plans are carried out; a dry run tells what is due.</param>
    public static IEnumerable<Condition> Of(Looked looked, string policy, bool trades)
    {
        if (looked.Refusal is var (code, reason)) yield return new Condition(code.StartsWith("MARGIN", StringComparison.Ordinal) ? Topics.Margin : Topics.Refused, code, policy, reason);
        else if (!trades && (looked.Plan is { Trades.IsEmpty: false } || looked.Hedge is { Trades.IsEmpty: false })) yield return new Condition(Topics.Due, "TRADES_DUE", policy, looked.Reason);
        if (looked.Hedge is { Relief.IsEmpty: false } hedge) yield return new Condition(Topics.Margin, "MARGIN_ABOVE_LIMIT", policy, hedge.Reason);
    }
}
