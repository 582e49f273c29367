using Ballast.Adapters.Files.Yaml;
using Ballast.Money;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads the target tree: at every level the shares sum to 100 %, unless cash takes the rest.</summary>
internal sealed class TargetsReader(Draft draft)
{
    private const int MaxDepth = 8;
    private const decimal Tolerance = 1e-9m;

    private static readonly string[] Shapes = ["weights", "compute", "sleeves"];

    public TargetNode? Read(Section section) => Node(section, 1m, 0);

    /// <param name="whole">What the level is of the whole portfolio.</param>
    private TargetNode? Node(Section section, decimal whole, int depth)
    {
        if (depth > MaxDepth) draft.Faults.Add(section.Place, "SLEEVES_TOO_DEEP", $"sleeves lie more than {MaxDepth} deep", "expected fewer levels");
        if (depth > MaxDepth || OneShape(section) is not { } shape) return null;
        var rest = section.Has("cash") && section.Get("cash", Kinds.Choice(("rest", true))) == true;
        TargetNode? node = shape switch
        {
            "weights" => Weights(section, whole, rest),
            "compute" => new ComputeReader(draft).Read(section, whole),
            _ => Sleeves(section, whole, rest, depth),
        };
        return node is null ? null : node with { CashRest = rest };
    }

    private string? OneShape(Section section)
    {
        var found = Shapes.Where(section.Has).ToArray();
        foreach (var second in found.Skip(1))
            draft.Faults.Add(section.KeyPlace(second), "SEVERAL_TARGETS", $"`{second}` stands beside `{found[0]}`", "expected one of weights, compute or sleeves");
        if (found.Length == 0)
            draft.Faults.Add(section.Place, "MISSING_KEY", "nothing says what to hold", "expected `weights`, `compute` or `sleeves`");
        return found.FirstOrDefault();
    }

    private TargetNode.Weights? Weights(Section section, decimal whole, bool rest)
    {
        var shares = new List<TargetWeight>();
        var faults = draft.Faults.Count;
        foreach (var (name, entry) in Shape.Named(section["weights"], "weights", draft.Faults))
        {
            var asset = new Asset(name.Text);
            draft.Targets.Name(asset, name.Place);
            if (Share(entry) is { } share) shares.Add(new(asset, share));
        }
        if (rest && shares.Exists(s => s.Asset == draft.Base))
            draft.Faults.Warn(section.KeyPlace("cash"), "CASH_TWICE", $"{draft.Base} has a share, and takes the rest too", "one of the two is enough");
        if (!Sums(section, "weights", "the weights", shares.Sum(s => s.Weight), rest, faults)) return null;
        Settle(shares, s => s.Weight, (s, extra) => s with { Weight = s.Weight + extra }, rest);
        foreach (var s in shares) draft.Targets.Fixed[s.Asset] = draft.Targets.Fixed.GetValueOrDefault(s.Asset) + s.Weight * whole;
        return new([.. shares]);
    }

    private TargetNode.Sleeves? Sleeves(Section section, decimal whole, bool rest, int depth)
    {
        var parts = new List<Sleeve>();
        var shares = new List<decimal?>();
        foreach (var (name, entry) in Shape.Named(section["sleeves"], "sleeves", draft.Faults))
        {
            Distinct(name);
            if (Section.Open(entry.Value, PolicyKeys.Sleeve, draft.Faults, entry.Blame) is not { } inner) continue;
            var share = inner.Requires("share", "50%") && inner["share"] is { } text ? Share(new(name, text)) : null;
            shares.Add(share);
            draft.Targets.SizesKnown &= share is not null;
            var node = Node(inner, whole * (share ?? 0m), depth + 1);
            if (share is not null && node is not null) parts.Add(new(name.Text, share.Value, node));
        }
        var known = shares.Count == (section["sleeves"] as YamlNode.Map)?.Entries.Length && shares.TrueForAll(s => s is not null);
        if (known && !Sums(section, "sleeves", "the shares of the sleeves", shares.Sum(s => s!.Value), rest, draft.Faults.Count)) return null;
        Settle(parts, p => p.Share, (p, extra) => p with { Share = p.Share + extra }, rest);
        return new([.. parts]);
    }

    private void Distinct(YamlNode.Scalar name)
    {
        if (!draft.Targets.Sleeves.Add(name.Text))
            draft.Faults.Add(name.Place, "DUPLICATE_NAME", $"two sleeves are named `{name.Text}`", "expected each name once, so that rules can refer to it");
    }

    private decimal? Share(YamlNode.Entry entry)
    {
        if (Shape.Text(entry.Value, entry.Key.Text, draft.Faults) is { } text)
        {
            var parsed = Kinds.Share(-1000m, 1000m)(text.Text);
            if (parsed is { Ok: true, Value: >= 0 }) return parsed.Value;
            draft.Faults.Add(text.Place, parsed.Complaint ?? new("NEGATIVE_TARGET", $"the target {text.Text} is negative", "expected 0% or more: portfolios are long only"));
        }
        draft.Targets.SizesKnown = false;
        return null;
    }

    /// <param name="faultsBefore">How many faults there were before the level: with a new one among the shares their sum says nothing.</param>
    private bool Sums(Section section, string key, string what, decimal sum, bool rest, int faultsBefore)
    {
        var legible = draft.Faults.Count == faultsBefore;
        draft.Targets.SizesKnown &= legible;
        if (!legible || sum <= 1 + Tolerance && (rest || sum >= 1 - Tolerance)) return legible;
        draft.Faults.Add(section.Blame(key), "TARGETS_NOT_NORMALISED", $"{what} sum to {Figures.Percent(sum, 9)}",
            rest ? "expected at most 100 % beside `cash: rest`" : "expected 100 %, or `cash: rest` beside them");
        draft.Targets.SizesKnown = false;
        return false;
    }

    /// <summary>Fractions such as 1/3 leave a last digit over: the largest share takes it, so that the sum is one exactly.</summary>
    private static void Settle<T>(List<T> parts, Func<T, decimal> share, Func<T, decimal, T> add, bool rest)
    {
        var missing = 1m - parts.Sum(share);
        if (parts.Count == 0 || missing == 0 || Math.Abs(missing) > Tolerance || rest && missing > 0) return;
        var largest = parts.IndexOf(parts.MaxBy(share)!);
        parts[largest] = add(parts[largest], missing);
    }
}
