using Ballast.App.Reports;

namespace Ballast.App.Commands;

/// <summary>One measure of the policy beside the same of holding. What reads the same is the same: a difference that nobody can see is neither better nor worse.</summary>
internal static class BesideHolding
{
    /// <param name="more">Whether more is better; null where it is neither.</param>
    public static KeyFigure Of(string name, string hint, double? policy, double? hold, Func<double?, string> say, bool? more)
    {
        var (text, other) = (say(policy), hold is null ? "–" : say(hold));
        var compared = more is not null && policy is not null && hold is not null && text != other;
        return new(name, hint, text, other, !compared ? Comparison.None : policy > hold == more ? Comparison.Better : Comparison.Worse);
    }
}
