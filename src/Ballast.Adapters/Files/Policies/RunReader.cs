using Ballast.Adapters.Files.Yaml;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads the sections of the running loop: how often to look, whom to ask, how to order, whom to tell.</summary>
internal sealed class RunReader(Draft draft)
{
    private static readonly Kind<string> Topic = Words("due", "traded", "refused", "margin", "disconnected", "report");

    public RunRules Run(Section? section)
    {
        var rules = new RunRules();
        if (section is null) return rules;
        rules = rules with
        {
            Check = section.Get<Duration>("check", Kinds.Span) ?? rules.Check,
            Approve = section.Make<Approval>("approve", Approve),
            CatchUp = section.Make("missed", Words("skip", "once")) != "skip",
            CancelOnStop = section.Make("onDisconnect", Words("cancel", "leave")) != "leave",
        };
        return section.Sub("orders", PolicyKeys.Orders) is not { } orders ? rules : rules with
        {
            Orders = orders.Get<OrderWay>("type", Kinds.Choice(("limit", OrderWay.Limit), ("market", OrderWay.Market), ("maker-first", OrderWay.MakerFirst))) ?? rules.Orders,
            Wait = orders.Get<Duration>("wait", Kinds.Span) ?? rules.Wait,
            Slices = orders.Get("slices", Kinds.Count(1, 1000)) ?? rules.Slices,
        };
    }

    public ImmutableArray<Notice> Notify(YamlNode? node)
    {
        if (node is null) return [];
        var notices = ImmutableArray.CreateBuilder<Notice>();
        foreach (var item in Shape.List(node, "notify", draft.Faults))
        {
            if (Section.Open(item, PolicyKeys.Notice, draft.Faults) is not { } notice) continue;
            var about = notice.Requires("about", "[due]") ? notice.List("about", Topic) : [];
            if (about.IsEmpty && notice["about"] is YamlNode.List { Items.IsEmpty: true })
                draft.Faults.Add(notice.Blame("about"), "EMPTY", "`about` is empty", "expected at least one topic");
            if (notice.Requires("by", "email") && notice.Make("by", Words("telegram", "email", "webhook", "ntfy")) is { } by) notices.Add(new Notice([.. about], by));
        }
        return notices.ToImmutable();
    }

    private Parsed<Approval> Approve(string text) => text switch
    {
        "always" => Parsed.Of<Approval>(new Approval.Always()),
        "never" => Parsed.Of<Approval>(new Approval.Never()),
        _ when text.StartsWith("above ", StringComparison.Ordinal) => Kinds.Money(draft.Base)(text[6..]).To<Approval>(a => new Approval.Above(a)),
        _ => Kinds.Money(draft.Base)(text).Ok ? new Complaint("BAD_VALUE", $"`{Quoted.Short(text)}` does not say when to ask", $"did you mean above {text}?")
            : Words("always", "never", "above MONEY")(text).To<Approval>(_ => new Approval.Always()),
    };

    private static Kind<string> Words(params string[] words) => Kinds.Choice([.. words.Select(w => (w, w))]);
}
