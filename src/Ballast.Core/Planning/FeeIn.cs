using Ballast.Money;

namespace Ballast.Planning;

/// <summary>In which asset a fee is taken: the quote asset, the asset that a buy receives, or a third one while there is enough of it.</summary>
internal static class FeeIn
{
    public static FeeKind Kind(Route route, Side side) => Asset(route) switch
    {
        { } asset when asset == route.Instrument.Quote => FeeKind.Quote,
        { } asset when asset == route.Instrument.Base => side == Side.Buy ? FeeKind.Received : FeeKind.Quote,
        _ => FeeKind.Third,
    };

    /// <summary>The file's choice first, then the instrument's own rule.</summary>
    public static Asset Asset(Route route) => route.Costs.FeeAsset ?? route.Instrument.FeeAsset ?? route.Instrument.Quote;
}

internal enum FeeKind { Quote, Received, Third }
