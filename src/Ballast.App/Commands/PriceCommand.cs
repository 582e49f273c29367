using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Output;
using Ballast.Numerics.Options;

namespace Ballast.App.Commands;

/// <summary><c>ballast price</c>: prices and Greeks of the options in a table.</summary>
internal static class PriceCommand
{
    public const string Units = "Raw: derivatives of the price, in its own unit (coin where settlement is inverse); vega, rho and phi per 1.00, theta, charm and color a year.";

    public static Command Create() => OptionVerb.Create("price", "vol",
        """
        Prices European options, with twelve Greeks: Black-Scholes on a spot, Black 76 on a forward, settled in money or in coin.

        F.csv has the columns type, strike, years or expiry, forward or spot, vol, and may have rate, yield and settlement (linear or inverse).

        Example:
          ballast price options.csv --at 2026-11-23
        """,
        Units,
        ["price", "delta", "gamma", "vega", "theta", "rho", "phi", "vanna", "volga", "charm", "speed", "color", "zomma", "flag"],
        shown: ["price", "delta", "gamma", "vega", "theta", "flag"], Row);

    private static JsonObject Row(OptionLine line)
    {
        var v = line.Value();
        return new()
        {
            ["price"] = Json.Estimate(v.Price), ["delta"] = Json.Estimate(v.Delta), ["gamma"] = Json.Estimate(v.Gamma), ["vega"] = Json.Estimate(v.Vega),
            ["theta"] = Json.Estimate(v.Theta), ["rho"] = Json.Estimate(v.Rho), ["phi"] = Json.Estimate(v.Phi), ["vanna"] = Json.Estimate(v.Vanna),
            ["volga"] = Json.Estimate(v.Volga), ["charm"] = Json.Estimate(v.Charm), ["speed"] = Json.Estimate(v.Speed), ["color"] = Json.Estimate(v.Color),
            ["zomma"] = Json.Estimate(v.Zomma), ["flag"] = line.Years == 0 ? "EXPIRED" : null,
        };
    }
}

/// <summary><c>ballast iv</c>: the volatilities that prices of options say.</summary>
internal static class ImpliedCommand
{
    public static Command Create() => OptionVerb.Create("iv", "price",
        """
        The volatility that each option's price says, or why it says none.

        F.csv has the columns type, strike, years or expiry, forward or spot, price, and may have rate, yield and settlement (linear or inverse).

        Example:
          ballast iv quotes.csv --at 2026-11-23
        """,
        "Volatilities are fractions per year's root; an empty one has its reason in the column flag.", ["vol", "flag"], shown: ["vol", "flag"], Row);

    private static JsonObject Row(OptionLine line)
    {
        if (line.Years == 0) return new() { ["vol"] = null, ["flag"] = "EXPIRED" };
        var found = line.Implied();
        return new() { ["vol"] = Json.Estimate(found.Volatility), ["flag"] = Flag(found.Verdict) };
    }

    private static string? Flag(VolatilityVerdict verdict) => verdict switch
    {
        VolatilityVerdict.Good => null,
        VolatilityVerdict.NoTimeValue => "NO_TIME_VALUE",
        VolatilityVerdict.NoInformation => "NO_INFORMATION",
        VolatilityVerdict.BelowIntrinsic => "BELOW_INTRINSIC",
        VolatilityVerdict.AboveMaximum => "ABOVE_MAX",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
    };
}
