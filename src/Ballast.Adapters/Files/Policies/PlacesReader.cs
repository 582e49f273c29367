using Ballast.Adapters.Files.Yaml;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads where things are held: accounts, the rules for what is held, and the money expected to come and go.</summary>
internal sealed class PlacesReader(Draft draft)
{
    private static readonly (string Key, HoldingStatus Status)[] Statuses =
    [
        ("locked", HoldingStatus.Locked), ("staked", HoldingStatus.Staked), ("earn", HoldingStatus.Earn),
        ("cold", HoldingStatus.Cold), ("collateral", HoldingStatus.Collateral),
    ];

    public ImmutableArray<Account> Accounts(YamlNode? node)
    {
        if (node is null)
        {
            draft.Accounts.Add(Account.Paper.Name);
            return [Account.Paper];
        }
        var accounts = ImmutableArray.CreateBuilder<Account>();
        foreach (var (name, entry) in Shape.Named(node, "accounts", draft.Faults))
        {
            draft.Accounts.Add(name.Text);
            if (Section.Open(entry.Value, PolicyKeys.Account, draft.Faults, entry.Blame) is { } section) accounts.Add(AccountOf(name.Text, section));
        }
        return accounts.ToImmutable();
    }

    private Account AccountOf(string name, Section section)
    {
        section.Requires("venue", "paper");
        var venue = section.Make<string>("venue", Kinds.Name) ?? "";
        var may = section.List("may", Kinds.Choice(("buy", Permissions.Buy), ("sell", Permissions.Sell), ("move", Permissions.Move)))
            .Aggregate(Permissions.None, (all, one) => all | one);
        var tax = section.Get("tax", Kinds.Choice(("taxable", TaxTreatment.Taxable), ("deferred", TaxTreatment.Deferred), ("exempt", TaxTreatment.Exempt)));
        if (section.Get("margin", Kinds.Choice(("none", false), ("isolated", true), ("cross", true), ("portfolio", true))) == true && !draft.Hedges)
            draft.Faults.NotYet(section.Blame("margin"), "an account with margin and no `hedge`", "expected none");
        return new(name, new VenueId(venue), section.Has("may") ? may : Permissions.Buy | Permissions.Sell, tax ?? TaxTreatment.Taxable, section.List("assets", Kinds.Asset));
    }

    public HoldingRules Holdings(Section? section)
    {
        if (section is null) return HoldingRules.Default;
        var statuses = ImmutableDictionary.CreateBuilder<HoldingStatus, StatusRule>();
        foreach (var (key, status) in Statuses)
            if (section.Sub(key, PolicyKeys.Status) is { } rule) statuses[status] = StatusOf(rule);
        return new(SameAs(section), section.Get("dust", Kinds.Money(draft.Base)) ?? default, statuses.ToImmutable());
    }

    private static StatusRule StatusOf(Section section) => new(
        section.Get<bool>("counts", Kinds.YesNo) ?? true,
        section.Get("sell", Kinds.Choice(("no", SellRule.No), ("yes", SellRule.Yes), ("last", SellRule.Last), ("false", SellRule.No), ("true", SellRule.Yes))) ?? SellRule.No);

    private ImmutableDictionary<Asset, Asset> SameAs(Section section)
    {
        var same = ImmutableDictionary.CreateBuilder<Asset, Asset>();
        var places = new Dictionary<Asset, Place>();
        if (!section.Has("sameAs")) return same.ToImmutable();
        foreach (var (name, entry) in Shape.Named(section["sameAs"], "sameAs", draft.Faults))
        {
            if (Shape.Text(entry.Value, name.Text, draft.Faults) is not { } text) continue;
            if (Kinds.Asset(text.Text) is { Complaint: { } c }) draft.Faults.Add(text.Place, c);
            else (same[new(name.Text)], places[new(name.Text)]) = (new(text.Text), entry.Blame);
        }
        foreach (var (form, counted) in same)
        {
            if (same.TryGetValue(counted, out var last)) draft.Faults.Add(places[form], "SAME_AS_CHAIN", $"{form} counts as {counted}, which counts as {last}", $"expected the asset itself, {form}: {last}");
            if (draft.Targets.Assets.Contains(form)) draft.Faults.Add(places[form], "SAME_AS_TARGET", $"{form} counts as {counted}, and has a target of its own", "expected one of the two");
        }
        return same.ToImmutable();
    }

    public ImmutableArray<ExpectedFlow> Flows(YamlNode? node) => [.. Shape.List(node, "flows", draft.Faults).Select(FlowOf).OfType<ExpectedFlow>()];

    private ExpectedFlow? FlowOf(YamlNode node)
    {
        if (Section.Open(node, PolicyKeys.Flow, draft.Faults) is not { } section) return null;
        var money = Kinds.PositiveMoney(draft.Base);
        Amount? deposit = section.Get("deposit", money), withdraw = section.Get("withdraw", money);
        if (section.Has("deposit") == section.Has("withdraw"))
            draft.Faults.Add(section.Place, "MISSING_KEY", section.Has("deposit") ? "a flow is either a deposit or a withdrawal" : "the flow has no amount", "expected `deposit` or `withdraw`");
        var into = section.Make<string>("into", Kinds.Name);
        if (into is not null) draft.RequireAccount(section.Blame("into"), into);
        return ScheduleReader.Read(section, draft) is { } schedule && (deposit ?? -withdraw) is { } amount ? new(amount, schedule, into) : null;
    }
}
