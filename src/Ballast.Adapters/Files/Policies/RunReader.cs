using Ballast.Adapters.Files.Yaml;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads the sections of the running loop. They are checked in full; what they will do is said, and that nothing does it yet.</summary>
internal sealed class RunReader(Draft draft)
{
    private static readonly Kind<string> Topic = Words("due", "traded", "refused", "margin", "disconnected", "report");

    public string? Run(Section? section)
    {
        if (section is null) return null;
        section.Get<Duration>("check", Kinds.Span);
        section.Make<string>("approve", Approve);
        section.Make("missed", Words("skip", "once"));
        section.Make("onDisconnect", Words("cancel", "leave"));
        if (section.Sub("orders", PolicyKeys.Orders) is { } orders)
        {
            orders.Make("type", Words("limit", "market", "maker-first"));
            orders.Get<Duration>("wait", Kinds.Span);
            orders.Get("slices", Kinds.Count(1, 1000));
        }
        var said = PolicyKeys.Run.Keys.Where(section.Has).Select(k => section[k] is YamlNode.Scalar text ? $"{k} {text.Text}" : k);
        return $"run ({string.Join(", ", said)}) is not active yet: plans and back-tests do not use it";
    }

    public string? Notify(YamlNode? node)
    {
        if (node is null) return null;
        var channels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in Shape.List(node, "notify", draft.Faults))
        {
            if (Section.Open(item, PolicyKeys.Notice, draft.Faults) is not { } notice) continue;
            if (notice.Requires("about", "[due]") && notice.List("about", Topic).IsEmpty && notice["about"] is YamlNode.List { Items.IsEmpty: true })
                draft.Faults.Add(notice.Blame("about"), "EMPTY", "`about` is empty", "expected at least one topic");
            if (notice.Requires("by", "email") && notice.Make("by", Words("telegram", "email", "webhook", "ntfy")) is { } by) channels.Add(by);
        }
        return $"notify (by {Quoted.And(channels)}) is not active yet: nothing is sent";
    }

    private Parsed<string> Approve(string text) =>
        text.StartsWith("above ", StringComparison.Ordinal) ? Kinds.Money(draft.Base)(text[6..]).To(a => a.ToString())
        : Kinds.Money(draft.Base)(text).Ok ? new Complaint("BAD_VALUE", $"`{Quoted.Short(text)}` does not say when to ask", $"did you mean above {text}?")
        : Words("always", "never", "above MONEY")(text);

    private static Kind<string> Words(params string[] words) => Kinds.Choice([.. words.Select(w => (w, w))]);
}
