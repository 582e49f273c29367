using System.Globalization;
using System.Text.RegularExpressions;
using Ballast.Money;
using Ballast.Numerics.Options;

namespace Ballast.Instruments;

/// <summary>What the name of a contract says: Deribit's notation and CCXT's are read, Deribit's is written.</summary>
/// <param name="Underlying">What the contract is on.</param>
/// <param name="Quote">What its strike and the price of its underlying are in: USD for contracts settled in coin.</param>
/// <param name="Settlement">What gains and losses are paid in.</param>
/// <param name="Expiry">08:00 UTC of the day in the name; null for a perpetual.</param>
/// <param name="Strike">Options only.</param>
/// <param name="Right">Options only.</param>
/// <remarks><c>BTC-PERPETUAL</c> is <c>BTC/USD:BTC</c>; <c>SOL_USDC-27JUN26-150-C</c> is <c>SOL/USDC:USDC-260627-150-C</c>. A strike of 0.5 is written 0d5, as the venue does.</remarks>
public sealed partial record ContractName(Asset Underlying, Asset Quote, Asset Settlement, Instant? Expiry, decimal? Strike, OptionKind? Right)
{
    private const string Months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    /// <summary>Deribit's contracts, and those of most others, are settled at 08:00 UTC.</summary>
    private static readonly Duration Settled = Duration.FromHours(8);

    public bool Inverse => Settlement == Underlying;

    /// <summary>The name taken apart; null where it is none of a contract.</summary>
    public static ContractName? Parse(string name) =>
        DeribitForm().Match(name) is { Success: true } deribit ? OfDeribit(deribit)
        : CcxtForm().Match(name) is { Success: true } ccxt ? OfCcxt(ccxt)
        : null;

    /// <summary>Deribit's notation.</summary>
    public override string ToString()
    {
        var pair = Inverse ? Underlying.Code : $"{Underlying}_{Settlement}";
        if (Expiry is not { } expiry) return pair + "-PERPETUAL";
        var day = expiry.InUtc().Date;
        var dated = $"{pair}-{day.Day}{Months.Substring(3 * day.Month - 3, 3)}{day.Year % 100:00}";
        return Strike is { } strike ? $"{dated}-{Figures.Exact(strike).Replace('.', 'd')}-{(Right == OptionKind.Call ? 'C' : 'P')}" : dated;
    }

    private static ContractName? OfDeribit(Match name)
    {
        var underlying = new Asset(name.Groups["base"].Value);
        var settled = name.Groups["settle"] is { Success: true } settle ? new Asset(settle.Value) : underlying;
        var quote = settled == underlying ? new Asset("USD") : settled;
        if (name.Groups["perpetual"].Success) return new(underlying, quote, settled, null, null, null);
        var month = Months.IndexOf(name.Groups["month"].Value, StringComparison.Ordinal);
        return month % 3 != 0 ? null : Dated(underlying, quote, settled, name, month / 3 + 1, name.Groups["strike"].Value.Replace('d', '.'));
    }

    private static ContractName? OfCcxt(Match name)
    {
        var (underlying, quote, settled) = (new Asset(name.Groups["base"].Value), new Asset(name.Groups["quote"].Value), new Asset(name.Groups["settle"].Value));
        if (settled != underlying && settled != quote) return null;
        return name.Groups["year"].Success
            ? Dated(underlying, quote, settled, name, int.Parse(name.Groups["month"].Value, CultureInfo.InvariantCulture), name.Groups["strike"].Value)
            : new(underlying, quote, settled, null, null, null);
    }

    private static ContractName? Dated(Asset underlying, Asset quote, Asset settled, Match name, int month, string strike)
    {
        var (year, day) = (2000 + int.Parse(name.Groups["year"].Value, CultureInfo.InvariantCulture), int.Parse(name.Groups["day"].Value, CultureInfo.InvariantCulture));
        if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return null;
        var expiry = new LocalDate(year, month, day).AtMidnight().InUtc().ToInstant() + Settled;
        if (strike.Length == 0) return new(underlying, quote, settled, expiry, null, null);
        return decimal.TryParse(strike, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var at) && at > 0
            ? new(underlying, quote, settled, expiry, at, name.Groups["right"].Value == "C" ? OptionKind.Call : OptionKind.Put)
            : null;
    }

    [GeneratedRegex(@"^(?<base>[A-Z0-9]{1,12})(_(?<settle>[A-Z0-9]{2,8}))?-((?<perpetual>PERPETUAL)|(?<day>\d{1,2})(?<month>[A-Z]{3})(?<year>\d{2})(-(?<strike>\d{1,12}(d\d{1,8})?)-(?<right>[CP]))?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex DeribitForm();

    [GeneratedRegex(@"^(?<base>[A-Z0-9]{1,12})/(?<quote>[A-Z0-9]{2,8}):(?<settle>[A-Z0-9]{1,12})(-(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})(-(?<strike>\d{1,12}(\.\d{1,8})?)-(?<right>[CP]))?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex CcxtForm();
}
