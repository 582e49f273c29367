namespace Ballast.Adapters.Files.Policies;

/// <summary>The keys that one place of the portfolio file knows, and where the published schema lists them.</summary>
/// <param name="Name">As sentences name the place.</param>
/// <param name="InSchema">Path of the object that lists the same keys in <c>docs/portfolio.schema.json</c>.</param>
public sealed record KeySet(string Name, string InSchema, ImmutableArray<string> Keys);

/// <summary>Every key of the portfolio file, place by place. The schema lists the same; a test compares them.</summary>
public static class PolicyKeys
{
    public static KeySet File { get; } = new("the portfolio", "", [
        "version", "name", "base", "timeZone", "accounts", "holdings", "flows", "targets", "rebalance",
        "hedge", "margin", "cash", "costs", "taxes", "limits", "safety", "run", "notify"]);

    public static KeySet Account { get; } = new("an account", "properties/accounts/additionalProperties", ["venue", "may", "tax", "margin", "assets"]);

    public static KeySet Holdings { get; } = new("holdings", "properties/holdings", ["sameAs", "dust", "locked", "staked", "earn", "cold", "collateral"]);

    public static KeySet Status { get; } = new("a status", "$defs/status", ["counts", "sell"]);

    public static KeySet Flow { get; } = new("a flow", "properties/flows/items", ["deposit", "withdraw", "into", "every", "on", "at", "roll", "calendar", "from"]);

    public static KeySet Targets { get; } = new("targets", "properties/targets", ["weights", "compute", "sleeves", "cash"]);

    public static KeySet Sleeve { get; } = new("a sleeve", "$defs/sleeve", ["share", "weights", "compute", "sleeves", "cash"]);

    public static KeySet Compute { get; } = new("compute", "$defs/compute", [
        "method", "assets", "lookback", "renew", "covariance", "gaps", "returns", "views", "market", "budgets", "riskAversion", "riskFree", "return", "volatility",
        "confidence", "fraction", "clusters", "linkage", "scaleTo", "costsOver", "fallback"]);

    public static KeySet View { get; } = new("a view", "$defs/view", ["of", "over", "return", "confidence"]);

    public static KeySet ScaleTo { get; } = new("scaleTo", "$defs/compute/properties/scaleTo", ["volatility", "max"]);

    public static KeySet Rebalance { get; } = new("rebalance", "$defs/rebalance", [
        "when", "interval", "to", "riskAversion", "mode", "otherwise", "initialRebalance", "cooldown", "atLeastEvery", "pause"]);

    public static KeySet Otherwise { get; } = new("otherwise", "$defs/rebalance/properties/otherwise", ["mode", "after"]);

    public static KeySet PauseSpan { get; } = new("a pause", "$defs/pauseSpan", ["from", "until"]);

    public static KeySet PauseAround { get; } = new("a pause", "$defs/pauseAround", ["around", "for"]);

    public static KeySet Every { get; } = new("an `every` rule", "$defs/tEvery", ["every", "on", "at", "roll", "calendar", "from"]);

    public static KeySet Drift { get; } = new("a `drift` rule", "$defs/tDrift", ["drift", "of", "confirm"]);

    public static KeySet DriftSides { get; } = new("drift", "$defs/driftSides", ["over", "under"]);

    public static KeySet Measure { get; } = new("a `measure` rule", "$defs/tMeasure", ["measure", "of", "above", "below", "lookback", "confirm"]);

    public static KeySet FlowRule { get; } = new("a `flow` rule", "$defs/tFlow", ["flow"]);

    public static KeySet CashRule { get; } = new("a `cash` rule", "$defs/tCash", ["cash"]);

    public static KeySet Gain { get; } = new("a `gain` rule", "$defs/tGain", ["gain", "over", "riskAversion"]);

    public static KeySet All { get; } = new("an `all` rule", "$defs/tAll", ["all"]);

    public static KeySet Any { get; } = new("an `any` rule", "$defs/tAny", ["any"]);

    public static KeySet Not { get; } = new("a `not` rule", "$defs/tNot", ["not"]);

    public static KeySet Hedge { get; } = new("hedge", "properties/hedge", ["book", "outlook", "numeraire", "band", "riskAversion", "to", "with", "legs", "when", "pause"]);

    public static KeySet Outlook { get; } = new("outlook", "properties/hedge/properties/outlook", ["delta", "gamma", "vega"]);

    public static KeySet Margin { get; } = new("margin", "properties/margin", ["rules", "use", "relief", "moveFrom"]);

    public static KeySet MarginUse { get; } = new("use", "properties/margin/properties/use", ["aim", "act", "stop"]);

    public static KeySet Cash { get; } = new("cash", "properties/cash", ["interest"]);

    public static KeySet Costs { get; } = new("costs", "properties/costs", [
        "fee", "maker", "taker", "spread", "slippage", "borrow", "optionFee", "optionFeeCap",
        "minimum", "fixed", "gas", "impact", "feeAsset", "sizing", "at"]);

    public static KeySet AccountCosts { get; } = new("the costs of an account", "$defs/accountCosts", [
        "fee", "maker", "taker", "spread", "slippage", "borrow", "optionFee", "optionFeeCap",
        "minimum", "fixed", "gas", "impact", "feeAsset"]);

    public static KeySet Taxes { get; } = new("taxes", "properties/taxes", [
        "lots", "shortRate", "longRate", "longAfter", "exemptAfter", "harvest", "washSale"]);

    public static KeySet Limits { get; } = new("limits", "properties/limits", [
        "minTrade", "maxTrade", "maxTrades", "cashBuffer", "turnover", "slippage", "priceAge", "grossExposure", "weights", "groups", "never"]);

    public static KeySet Group { get; } = new("a group", "properties/limits/properties/groups/items", ["of", "share"]);

    public static KeySet Never { get; } = new("never", "properties/limits/properties/never", ["buy", "sell"]);

    public static KeySet Safety { get; } = new("safety", "properties/safety", [.. Gates.GateLimit.All.Select(l => l.Key), "allow"]);

    public static KeySet Run { get; } = new("run", "properties/run", ["check", "approve", "missed", "orders", "onDisconnect"]);

    public static KeySet Orders { get; } = new("orders", "properties/run/properties/orders", ["type", "wait", "slices"]);

    public static KeySet Notice { get; } = new("a notice", "properties/notify/items", ["about", "by"]);
}
