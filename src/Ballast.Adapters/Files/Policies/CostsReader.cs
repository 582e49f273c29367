using Ballast.Adapters.Files.Yaml;
using Ballast.Costs;
using Ballast.Money;
using Ballast.Taxes;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads what trading costs, what cash earns and how gains are taxed.</summary>
internal sealed class CostsReader(Draft draft)
{
    public CostSchedule Costs(Section? section)
    {
        if (section is null) return CostSchedule.None;
        var common = Rules(section, CostRules.None);
        var sizing = section.Get("sizing", Kinds.Choice(("after-costs", Sizing.AfterCosts), ("before-costs", Sizing.BeforeCosts)));
        return new(common, section.Has("at") ? ByAccount(section["at"], common) : ImmutableDictionary<string, CostRules>.Empty, sizing ?? Sizing.AfterCosts);
    }

    /// <summary>An account's costs are the common ones, but for the keys that it states itself.</summary>
    private ImmutableDictionary<string, CostRules> ByAccount(YamlNode? node, CostRules common)
    {
        var costs = ImmutableDictionary.CreateBuilder<string, CostRules>();
        foreach (var (name, entry) in Shape.Named(node, "at", draft.Faults))
        {
            draft.RequireAccount(name.Place, name.Text);
            if (Section.Open(entry.Value, PolicyKeys.AccountCosts, draft.Faults, entry.Blame) is { } section) costs[name.Text] = Rules(section, common);
        }
        return costs.ToImmutable();
    }

    private CostRules Rules(Section section, CostRules common)
    {
        section.NotYet("borrow");
        if (!draft.Hedges) section.NotYet("maker", "optionFee", "optionFeeCap");
        if (section.Has("fee") && section.Has("taker"))
            draft.Faults.Add(section.KeyPlace("taker"), "SAID_TWICE", "`taker` stands beside `fee`, and means the same here", "expected one of them");
        var money = Kinds.Money(draft.Base);
        return new(
            section.Get<decimal>("fee", Kinds.Bps) ?? section.Get<decimal>("taker", Kinds.Bps) ?? common.Fee,
            section.Get<decimal>("spread", Kinds.Bps) ?? common.Spread,
            section.Get<decimal>("slippage", Kinds.Bps) ?? common.Slippage,
            section.Get("minimum", money) ?? common.Minimum,
            Fixed(section, section.Get("fixed", money), section.Get("gas", money)) ?? common.Fixed,
            section.Get<double>("impact", Kinds.Coefficient) ?? common.Impact,
            section.Get<Asset>("feeAsset", Kinds.Asset) ?? common.FeeAsset)
        {
            Contracts = Contracts(section, common),
        };
    }

    /// <summary>What contracts cost: what is not said is as for everything else, and an option is never capped.</summary>
    private static ContractFees? Contracts(Section section, CostRules common)
    {
        decimal? maker = section.Get<decimal>("maker", Kinds.Bps), option = section.Get<decimal>("optionFee", Kinds.Bps), cap = section.Get<decimal>("optionFeeCap", Kinds.Bps);
        if (maker is null && option is null && cap is null) return common.Contracts;
        var taker = section.Get<decimal>("taker", Kinds.Bps) ?? section.Get<decimal>("fee", Kinds.Bps) ?? common.Contracts?.Taker ?? common.Fee;
        return new(maker ?? common.Contracts?.Maker ?? taker, taker, option ?? common.Contracts?.Option ?? taker, cap ?? common.Contracts?.OptionCap ?? 1m);
    }

    /// <summary>What is paid for each trade, of whatever name.</summary>
    private Amount? Fixed(Section section, Amount? each, Amount? gas)
    {
        if (each is null || gas is null) return each ?? gas;
        if (each.Value.Asset == gas.Value.Asset) return each + gas;
        draft.Faults.Add(section.Blame("gas"), "WRONG_UNIT", $"`fixed` is in {each.Value.Asset} and `gas` in {gas.Value.Asset}", "expected one asset for both");
        return null;
    }

    public static decimal CashInterest(Section? section) =>
        section is not null && section.Requires("interest", "4%") ? section.Get("interest", Kinds.Share(-1m, 1m)) ?? 0m : 0m;

    public TaxRules? Taxes(Section? section)
    {
        if (section is null) return null;
        section.Requires("lots", "fifo");
        var lots = section.Get("lots", Kinds.Choice(
            ("fifo", LotMethod.Fifo), ("lifo", LotMethod.Lifo), ("hifo", LotMethod.Hifo), ("lofo", LotMethod.Lofo),
            ("average", LotMethod.Average), ("least-tax", LotMethod.LeastTax), ("as-tagged", LotMethod.AsTagged)));
        var shortRate = section.Get("shortRate", Kinds.Share()) ?? 0m;
        return new(
            lots ?? LotMethod.Fifo, shortRate, section.Get("longRate", Kinds.Share()) ?? shortRate,
            section.Make<Period>("longAfter", RangeKinds.Age) ?? Period.FromYears(1), ExemptAfter(section),
            section.Get<bool>("harvest", Kinds.YesNo) ?? false,
            section.Get("washSale", Kinds.Choice(("ignore", WashSale.Ignore), ("warn", WashSale.Warn), ("avoid", WashSale.Avoid))) ?? WashSale.Warn);
    }

    private ImmutableDictionary<string, Period> ExemptAfter(Section section)
    {
        var ages = ImmutableDictionary.CreateBuilder<string, Period>();
        if (!section.Has("exemptAfter")) return ages.ToImmutable();
        foreach (var (name, entry) in Shape.Named(section["exemptAfter"], "exemptAfter", draft.Faults))
        {
            draft.RequireTarget(name.Place, name.Text);
            if (Shape.Text(entry.Value, name.Text, draft.Faults) is not { } text) continue;
            var age = RangeKinds.Age(text.Text);
            if (age.Complaint is { } c) draft.Faults.Add(text.Place, c);
            else ages[name.Text] = age.Value;
        }
        return ages.ToImmutable();
    }
}
