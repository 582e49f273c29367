using Ballast.Adapters.Files;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Numerics.Options;
using Ballast.Numerics.Smiles;

namespace Ballast.Tests.Numerics.Smiles;

/// <summary>A venue's own marks on quiet days and on the day of a crash; <c>./do bench chains</c> measures all of them.</summary>
public class RealSmileTests
{
    [Theory]
    [InlineData("chain_20260102T0918Z.csv.gz", 1288, 26)]
    [InlineData("chain_20260205T2129Z.csv.gz", 1840, 24)]
    [InlineData("chain_20260424T1042Z.csv.gz", 1724, 26)]
    public void Every_mark_is_Blacks_of_its_volatility_and_every_expiry_has_a_smile_without_butterflies(string file, int options, int expiries)
    {
        var path = Repository.RealData("deribit_option_chains/" + file);
        var chain = ChainFile.Load(path, ContractsFile.Preset(new VenueId("deribit"))!).Value!.At(null)!;

        double[] off = [.. chain.Quotes.Where(q => q.Contract is Instrument.Option).Select(q => Off(q, (Instrument.Option)q.Contract)).Order()];
        var smiles = ChainSmile.Of(chain);

        Assert.Equal((options, expiries), (off.Length, smiles.Length));
        Assert.True(off[off.Length / 2] < 5e-5 && off[(int)(0.99 * off.Length)] < 1.1e-3, $"median {off[off.Length / 2]:E1}, 99 % {off[(int)(0.99 * off.Length)]:E1}, worst {off[^1]:E1}");
        foreach (var smile in smiles) Assert.True(smile.Found is { Method: SmileMethod.Delta } or { Butterfly.Holds: true }, $"{smile.Underlying} {smile.Expiry}: {smile.Fit}");
    }

    private static double Off(ChainQuote quote, Instrument.Option option)
    {
        var forward = (double)quote.Underlying!.Value;
        var value = BlackScholes.OnForward(option.Right, forward, (double)option.Strike, (option.Expiry - quote.At).TotalDays / 365, 0, quote.Volatility!.Value);
        return Math.Abs(value.Price / forward - (double)quote.Mark!.Value);
    }
}
