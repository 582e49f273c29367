using Ballast.Adapters.Files.Yaml;
using Ballast.Money;

namespace Ballast.Adapters.Files.Policies;

/// <summary>What the later sections of a file need to know of the earlier ones: the base asset, the zone, and the names that can be referred to.</summary>
internal sealed class Draft(PlacedFaults faults)
{
    public PlacedFaults Faults { get; } = faults;
    public Asset Base { get; set; } = new("USDT");
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    /// <summary>Whether the file has a <c>hedge</c> section: then rules may look at a book's delta and margin.</summary>
    public bool Hedges { get; set; }

    public HashSet<string> Accounts { get; } = [];

    /// <summary>Targets as far as they could be read; the sections after them look names up here.</summary>
    public TargetNames Targets { get; } = new();

    /// <summary>Faults a name that stands for no account.</summary>
    public void RequireAccount(Place at, string name)
    {
        if (Accounts.Contains(name)) return;
        Faults.Add(at, "UNKNOWN_ACCOUNT", $"no account is named `{Quoted.Short(name)}`", Nearest.Advice(name, Accounts));
    }

    /// <summary>Faults a name that is neither a target asset nor a sleeve; where no target could be read, nothing is said of names.</summary>
    public bool RequireTarget(Place at, string name)
    {
        string[] known = [.. Targets.Assets.Select(a => a.Code), .. Targets.Sleeves];
        if (known.Contains(name) || Targets.Assets.Count == 0) return true;
        Faults.Add(at, "UNKNOWN_NAME", $"`{Quoted.Short(name)}` names no target", Nearest.Advice(name, known));
        return false;
    }
}

/// <summary>The names and the sizes that the target tree brings in.</summary>
internal sealed class TargetNames
{
    public SortedSet<Asset> Assets { get; } = [];
    public HashSet<string> Sleeves { get; } = [];

    /// <summary>Weight in the whole portfolio of what is fixed.</summary>
    public SortedDictionary<Asset, decimal> Fixed { get; } = [];

    /// <summary>Parts of the whole that are shared out among some assets by a computation.</summary>
    public List<(decimal Share, ImmutableArray<Asset> Assets)> Computed { get; } = [];

    /// <summary>Where each asset was first named.</summary>
    public Dictionary<Asset, Place> Places { get; } = [];

    /// <summary>False where a share could not be read, so that nothing may be concluded from the sizes.</summary>
    public bool SizesKnown { get; set; } = true;

    public void Name(Asset asset, Place place)
    {
        Assets.Add(asset);
        Places.TryAdd(asset, place);
    }
}
