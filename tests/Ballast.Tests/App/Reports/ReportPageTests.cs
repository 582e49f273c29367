using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ballast.App.Reports;

namespace Ballast.Tests.App.Reports;

public sealed partial class ReportPageTests
{
    private const string Hostile = "</script><script>alert(1)</script><!--data-->\u202E\"'&";

    private static readonly string _page = ReportPage.Render(ReportExample.Backtest(bars: 200));

    [Fact]
    public void The_same_data_give_the_same_bytes() =>
        Assert.Equal(_page, ReportPage.Render(ReportExample.Backtest(bars: 200)));

    [Fact]
    public void The_policy_allows_exactly_what_is_inlined()
    {
        var policy = Policy().Match(_page).Groups[1].Value;

        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Equal(Hashes(InlineScript()), Sources(policy, "script-src"));
        Assert.Equal(Hashes(InlineStyle()), Sources(policy, "style-src"));
    }

    [Fact]
    public void Nothing_refers_to_the_outside()
    {
        var shown = _page.Replace("http://www.w3.org/", "", StringComparison.Ordinal);

        Assert.DoesNotMatch("(?i)https?:|src=\"|<link|@import|style=\"", shown);
    }

    [Fact]
    public void A_name_that_looks_like_script_stays_a_name()
    {
        var page = ReportPage.Render(ReportExample.Backtest(bars: 40, name: Hostile));

        Assert.DoesNotContain("alert(1)</script>", page);
        Assert.Contains("<h1>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!--data--&gt;U+202E&quot;&#39;&amp;</h1>", page);
        Assert.Equal(Hostile, Json(page).GetProperty("name").GetString());
    }

    [Fact]
    public void No_sign_of_the_data_can_open_an_element() =>
        Assert.DoesNotContain('<', JsonText(ReportPage.Render(ReportExample.Backtest(bars: 40, name: Hostile))));

    [Fact]
    public void The_main_thing_is_said_without_script()
    {
        var words = Scripts().Replace(_page, "");

        Assert.Contains("<p class=\"verdict\">\nRebalancing ended at <b>", words);
        Assert.Contains("<li>Synthetic prices: a seeded walk, not a market</li>", words);
        Assert.Contains("<th scope=\"row\">Volatility <small>a year</small></th><td class=\"number strong\">52.5 %</td>", words);
        Assert.Contains("<th scope=\"row\">2023</th>", words);
        Assert.Contains("<th scope=\"row\">Longest fall <small>high to new high</small></th><td class=\"number strong\">402 days</td>", words);
        Assert.Contains("This part needs script.", words);
    }

    [Fact]
    public void The_data_name_their_kind_and_speak_camel_case()
    {
        var data = Json(_page);

        Assert.Equal("backtest", data.GetProperty("kind").GetString());
        Assert.Equal(200, data.GetProperty("holdFall").GetArrayLength());
        Assert.Equal("worse", data.GetProperty("figures")[0].GetProperty("result").GetString());
        Assert.Equal(-0.05, data.GetProperty("assets")[0].GetProperty("bandLow").GetDouble());
    }

    [Fact]
    public void Ink_has_seven_digits()
    {
        var page = ReportPage.Render(ReportExample.Backtest(bars: 3) with { Cost = [12345.678901, 0.1 + 0.2, 0] });

        Assert.Equal("[12345.68,0.3,0]", Json(page).GetProperty("cost").GetRawText());
    }

    [Fact]
    public void A_number_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportPage.Render(ReportExample.Backtest(bars: 2) with { Cost = [0, double.NaN] }));

    [Fact]
    public void Series_of_other_times_are_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => ReportPage.Render(ReportExample.Backtest(bars: 40) with { Cost = [1, 2] }));

        Assert.StartsWith("Cost has 2 values for 40 times.", fault.Message);
    }

    [Fact]
    public void Months_are_signed_and_nothing_has_no_sign()
    {
        var months = new YearOfMonths(2024, [0.28, -0.157, 0.0001, null], -0.3);
        var page = ReportPage.Render(ReportExample.Backtest(bars: 40) with { Months = [months] });

        Assert.Contains("gain-3\">+28.0</td><td class=\"number loss-3\">−15.7</td><td class=\"number flat\">0.0</td><td class=\"number dim\">&#183;</td>", page);
    }

    [Fact]
    public void An_asterisk_without_a_partner_is_itself()
    {
        var page = ReportPage.Render(ReportExample.Backtest(bars: 40) with { Verdict = ["Paid *9* bps * a year"] });

        Assert.Contains("Paid <b>9</b> bps * a year", page);
    }

    [Fact]
    public void Neighbours_have_a_place_only_when_they_were_run()
    {
        var alone = ReportPage.Render(ReportExample.Backtest(bars: 40) with { Neighbours = null });

        Assert.Contains("data-chart=\"neighbours\"", Scripts().Replace(_page, ""));
        Assert.DoesNotContain("data-chart=\"neighbours\"", Scripts().Replace(alone, ""));
    }

    [Fact]
    public void A_sweep_shows_every_run()
    {
        var page = ReportPage.Render(ReportExample.Sweep());

        Assert.Equal("sweep", Json(page).GetProperty("kind").GetString());
        Assert.Contains("<tr class=\"chosen\"><th scope=\"row\">5 points</th>", page);
        Assert.Equal(12, Json(page).GetProperty("runs").GetArrayLength());
    }

    private static string[] Hashes(Regex element) =>
        [.. element.Matches(_page).Select(match => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'")];

    private static string[] Sources(string policy, string directive) =>
        policy.Split("; ").Single(part => part.StartsWith(directive, StringComparison.Ordinal)).Split(' ')[1..];

    private static JsonElement Json(string page) => JsonDocument.Parse(JsonText(page)).RootElement;

    private static string JsonText(string page) => Data().Match(page).Groups[1].Value;

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<script type=\"module\"[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<style[^>]*>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex InlineStyle();

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
