using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Words;

/// <summary>How a policy is run, in sentences.</summary>
internal static class RunWords
{
    public static IEnumerable<string> Of(Policy policy)
    {
        var run = policy.Run;
        if (run != new RunRules())
        {
            yield return $"Running, look every {PolicyWords.Span(run.Check)}; {Ask(run.Approve)}; what fell due while nobody looked is {(run.CatchUp ? "done once" : "skipped")}.";
            yield return $"Orders: {Way(run)}{(run.Slices > 1 ? $", each trade in {run.Slices} parts" : "")}; when the loop stops, working orders are {(run.CancelOnStop ? "cancelled" : "left")}.";
        }
        foreach (var notice in policy.Notify) yield return $"Tell by {notice.By} about: {string.Join(", ", notice.About)}.";
    }

    private static string Ask(Approval? approval) => approval switch
    {
        Approval.Never => "nobody is asked before a plan is carried out",
        Approval.Above(var amount) => $"a person approves plans that trade more than {Figures.Money(amount.Value, amount.Asset)} {amount.Asset}",
        Approval.Always => "a person approves every plan",
        _ => "a person approves every plan of real money",
    };

    private static string Way(RunRules run) => run.Orders switch
    {
        OrderWay.MakerFirst => $"first post-only, after {PolicyWords.Span(run.Wait)} at the market's price",
        OrderWay.Market => "at the market's price, within the slippage allowed",
        _ => $"limits at the market's price, priced anew after {PolicyWords.Span(run.Wait)}",
    };
}
