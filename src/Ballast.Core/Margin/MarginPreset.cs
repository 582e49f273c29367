using Ballast.Money;
using Ballast.Numerics.Margin;

namespace Ballast.Margin;

/// <summary>How a venue asked for margin on a date: data with a source, never complete and never for ever.</summary>
/// <param name="Name">Unique, such as deribit_spm_btc_2024.</param>
/// <param name="Family">What users say when they mean the newest for their coin, such as deribit-pm.</param>
/// <param name="AsOf">When it was read; null for a rule without a date.</param>
/// <param name="Verified">How sure it is: official, captured, third party, assumed.</param>
public sealed record MarginPreset(string Name, string Family, LocalDate? AsOf, string Verified, string Source, MarginRules Rules)
{
    private const int FreshDays = 90;

    /// <summary>What it is for; null for any underlying.</summary>
    public Asset? Underlying { get; init; }

    /// <summary>What it leaves out or assumes, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Days since it was read; null where it has no date.</summary>
    public int? Age(Instant now) => AsOf is { } read ? Period.DaysBetween(read, now.InUtc().Date) : null;

    /// <summary>Whether it is older than 90 days: the venue may ask for something else by now.</summary>
    public bool Stale(Instant now) => Age(now) > FreshDays;
}

/// <summary>The kinds of margin. Closed.</summary>
public abstract record MarginRules
{
    private MarginRules() { }

    /// <summary>The worst of many scenarios, with add-ons.</summary>
    public sealed record Scenarios(ScenarioRules Rules) : MarginRules
    {
        /// <summary>Whether the venue's texts leave open when the volatility floor applies: then both readings are shown, and the larger decides.</summary>
        public bool FloorOpen { get; init; }

        /// <summary>Whether everything in an account, coins held included, is margined together in money; else each settlement currency is an account.</summary>
        public bool Cross { get; init; }

        /// <summary>What of an asset's equity is added to initial margin, a fraction; cross accounts only.</summary>
        public ImmutableDictionary<Asset, double> Haircuts { get; init; } = ImmutableDictionary<Asset, double>.Empty;

        /// <summary>The rules with the other reading of the floor.</summary>
        public ScenarioRules Otherwise => Rules with { Volatility = Rules.Volatility with { FloorFirst = !Rules.Volatility.FloorFirst } };
    }

    /// <summary>Position by position.</summary>
    public sealed record Standard(StandardMargin Rules) : MarginRules;

    /// <summary>Futures settled in money, each by the venue's table of tiers for its symbol, such as BTCUSDT.</summary>
    public sealed record Tiered(ImmutableDictionary<string, MaintenanceTiers> Tables) : MarginRules
    {
        /// <summary>The table of a contract; null where there is none, or where it is no such future.</summary>
        public MaintenanceTiers? Of(Instruments.Instrument.Derivative contract) =>
            contract is Instruments.Instrument.Option || contract.Inverse ? null : Tables.GetValueOrDefault($"{contract.Base}{contract.Settlement}");
    }
}

/// <summary>Why there is no margin figure: what is wrong, where, and with which value.</summary>
/// <param name="Code">Stable, UPPER_SNAKE.</param>
/// <param name="Field">What it is about: an instrument, an option of the command.</param>
/// <param name="Value">The value that is wrong; empty where it is missing.</param>
public sealed record MarginRefusal(string Code, string Field, string Value, string Reason);
