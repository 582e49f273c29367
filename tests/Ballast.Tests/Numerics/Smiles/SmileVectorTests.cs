using System.Text.Json;
using Ballast.Numerics.Smiles;
using Ballast.Tests.Numerics.Options;

namespace Ballast.Tests.Numerics.Smiles;

[Trait("Category", "Vectors")]
public class SmileVectorTests
{
    [Fact]
    public void Variance_its_slopes_and_the_butterfly_of_raw_SVI_agree()
    {
        foreach (var x in OptionRow.Read("svi_raw.csv"))
        {
            var (k, slice) = (x["k"], new RawSvi(x["a"], x["b"], x["rho"], x["m"], x["sigma"]));
            var w = slice.At(k);
            Same(x, "w", w.Value);
            Same(x, "w1", w.Slope);
            Same(x, "w2", w.Curvature);
            Same(x, "g", w.Butterfly(k));
            var check = ButterflyCheck.Of(slice.At, 2);
            Same(x, "gmin_on_[-2,2]_step_0.005", check.GridLeast);
            Assert.Equal(x["k_at_gmin"], check.GridAt, 1e-9);
            Assert.True(check.Least <= check.GridLeast && Math.Abs(check.At - check.GridAt) <= 0.0051, x.Cells["set"]);
            Assert.Equal(x.Cells["butterfly_free_on_grid"] == "yes", check.Holds);
        }
    }

    [Fact]
    public void Power_law_SSVI_agrees()
    {
        foreach (var x in OptionRow.Read("ssvi.csv"))
        {
            var (surface, theta) = (new PowerLawSsvi(x["rho"], x["eta"], x["gamma"]), x["theta"]);
            Same(x, "phi", surface.Phi(theta));
            Same(x, "w", surface.Slice(theta).At(x["k"]).Value);
            Same(x, "theta_phi_1p_abs_rho", surface.WingCondition(theta));
            Same(x, "theta_phi2_1p_abs_rho", surface.CurvatureCondition(theta));
            Assert.Equal(x.Cells["sufficient_butterfly_ok"] == "yes", surface.HasNoButterflies(theta));
            Assert.Equal(x["eta_times_1p_abs_rho"] <= 2 && x["gamma"] <= 0.5, surface.HasNoButterfliesAtAll);
        }
    }

    /// <summary>Within a ten-thousandth of volatility at the quotes, and without a butterfly on ±1.5, as the file asks.</summary>
    [Fact]
    public void A_slice_is_found_from_its_quotes()
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", "svi_fit.json");
        Assert.SkipUnless(File.Exists(path), "needs derivatives/svi_fit.json beside the vectors: set BALLAST_VECTORS");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement;
        SmileQuote[] quotes = [.. root.GetProperty("quotes").EnumerateArray().Select(q => new SmileQuote(q.GetProperty("k").GetDouble(), q.GetProperty("iv").GetDouble()))];
        var fit = SmileFit.Of(root.GetProperty("F").GetDouble(), root.GetProperty("T").GetDouble(), quotes).OrThrow();
        Assert.Equal(SmileMethod.Svi, fit.Method);
        Assert.True(fit.Rms <= 1e-4, $"{fit.Rms:R}");
        Assert.True(ButterflyCheck.Of(fit.Smile.Variance, 1.5).Least >= 0);
    }

    /// <summary>Within 1e-12, relative or absolute.</summary>
    private static void Same(OptionRow row, string column, double actual)
    {
        var expected = row[column];
        Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Max(1, Math.Abs(expected)), $"{row.File}: {column} is {actual:R}, expected {expected:R}");
    }
}
