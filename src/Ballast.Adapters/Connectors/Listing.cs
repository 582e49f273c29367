using System.Text.Json;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Options;
using Ballast.Orders;

namespace Ballast.Adapters.Connectors;

/// <summary>The instruments that a venue lists.</summary>
internal static class Listing
{
    public static InstrumentSet Of(VenueSheet sheet, JsonElement answer) =>
        new($"{sheet.Venue}, as listed now{(sheet.Proven ? "" : " (not proven)")}", [.. Wire.Items(answer, "instruments").Select(e => One(sheet.Venue, e))]);

    private static Instrument One(VenueId venue, JsonElement e)
    {
        var (symbol, underlying, quote) = (Wire.Text(e, "symbol"), new Asset(Wire.Text(e, "base")), new Asset(Wire.Text(e, "quote")));
        var rules = new TradingRules(Positive(e, "lot"), Wire.Exact(e, "tick"), Wire.Exact(e, "minQuantity"), Wire.Exact(e, "minNotional"));
        var kind = Wire.Text(e, "kind");
        if (kind == "spot") return new Instrument.Spot { Venue = venue, Symbol = symbol, Base = underlying, Quote = quote, Rules = rules };
        var settlement = new Asset(Wire.Text(e, "settlement"));
        var (amountIn, multiplier) = (Wire.Text(e, "amountIn") == "money" ? AmountIn.Money : AmountIn.Coins, Positive(e, "multiplier"));
        return kind switch
        {
            "perpetual" => new Instrument.Perpetual { Venue = venue, Symbol = symbol, Base = underlying, Quote = quote, Rules = rules, Settlement = settlement, AmountIn = amountIn, Multiplier = multiplier },
            "future" => new Instrument.Future { Venue = venue, Symbol = symbol, Base = underlying, Quote = quote, Rules = rules, Settlement = settlement, AmountIn = amountIn, Multiplier = multiplier, Expiry = Wire.Time(e, "expiry") },
            "option" => new Instrument.Option
            {
                Venue = venue, Symbol = symbol, Base = underlying, Quote = quote, Rules = rules, Settlement = settlement, AmountIn = amountIn, Multiplier = multiplier,
                Expiry = Wire.Time(e, "expiry"), Strike = Positive(e, "strike"), Right = Wire.Text(e, "right") == "call" ? OptionKind.Call : OptionKind.Put,
            },
            _ => throw new FormatException($"an instrument of kind '{kind}'"),
        };
    }

    private static decimal Positive(JsonElement e, string name) => Wire.Exact(e, name) is > 0 and var value ? value : throw new FormatException($"'{name}' is not above zero");
}
