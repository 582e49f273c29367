using System.Text.RegularExpressions;

namespace Ballast.Instruments;

/// <summary>What a venue's contracts count and in which steps they trade, by patterns of their names; the first that fits decides.</summary>
/// <param name="Source">Where that was learnt: a file, or a dated preset, fit to be printed.</param>
public sealed record ContractSet(string Source, VenueId Venue, ImmutableArray<ContractTerms> Terms)
{
    /// <summary>The contract of a name; null where it is none, or where nothing is known of such contracts.</summary>
    public Instrument.Derivative? Find(string name) => ContractName.Parse(name) is { } contract ? Find(contract) : null;

    /// <summary>The contract of a name taken apart; null where nothing is known of such contracts.</summary>
    public Instrument.Derivative? Find(ContractName name)
    {
        var symbol = name.ToString();
        return Terms.FirstOrDefault(t => t.Names.Fits(symbol)) is { } terms ? Contract(name, symbol, terms) : null;
    }

    private Instrument.Derivative Contract(ContractName name, string symbol, ContractTerms terms) => (name.Expiry, name.Strike) switch
    {
        (null, _) => new Instrument.Perpetual
        {
            Venue = Venue, Symbol = symbol, Base = name.Underlying, Quote = name.Quote, Settlement = name.Settlement,
            AmountIn = terms.AmountIn, Multiplier = terms.Multiplier, Rules = terms.Rules,
        },
        ({ } expiry, null) => new Instrument.Future
        {
            Venue = Venue, Symbol = symbol, Base = name.Underlying, Quote = name.Quote, Settlement = name.Settlement,
            AmountIn = terms.AmountIn, Multiplier = terms.Multiplier, Rules = terms.Rules, Expiry = expiry,
        },
        ({ } expiry, { } strike) => new Instrument.Option
        {
            Venue = Venue, Symbol = symbol, Base = name.Underlying, Quote = name.Quote, Settlement = name.Settlement,
            AmountIn = terms.AmountIn, Multiplier = terms.Multiplier, Rules = terms.Rules, Expiry = expiry, Strike = strike, Right = name.Right!.Value,
        },
    };
}

/// <summary>What contracts of some names count and in which steps they trade.</summary>
/// <param name="Multiplier">How much of <paramref name="AmountIn"/> one of the venue's quantity is.</param>
public sealed record ContractTerms(NamePattern Names, AmountIn AmountIn, decimal Multiplier, TradingRules Rules);

/// <summary>A pattern of names in which a star stands for any letters and digits: <c>BTC-*-C</c>.</summary>
public sealed record NamePattern(string Text)
{
    private readonly Regex _form = new("^" + Regex.Escape(Text).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);

    public bool Fits(string name) => _form.IsMatch(name);

    /// <summary>Patterns are equal by their text.</summary>
    public bool Equals(NamePattern? other) => Text == other?.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
