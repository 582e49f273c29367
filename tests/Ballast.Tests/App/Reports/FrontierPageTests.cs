using System.Text.Json;
using System.Text.RegularExpressions;
using Ballast.App.Reports;

namespace Ballast.Tests.App.Reports;

public sealed partial class FrontierPageTests
{
    private const string Hostile = "</script><script>alert(1)</script>\u202E\"'&";

    private static readonly FrontierCurve _curve = FrontierExample.Frontier().Frontier;

    [Fact]
    public void The_data_name_their_kind_and_speak_camel_case()
    {
        var (frontier, optimise) = (Json(ReportPage.Render(FrontierExample.Frontier())), Json(ReportPage.Render(FrontierExample.Optimise())));

        Assert.Equal("frontier", frontier.GetProperty("kind").GetString());
        Assert.Equal("minVariance", frontier.GetProperty("frontier").GetProperty("marks")[1].GetProperty("kind").GetString());
        Assert.Equal(0.04, frontier.GetProperty("frontier").GetProperty("riskFree").GetDouble());
        Assert.Equal("optimize", optimise.GetProperty("kind").GetString());
        Assert.Equal(3, optimise.GetProperty("tree").GetProperty("clusters").GetInt32());
        Assert.Equal(0.25, optimise.GetProperty("assets")[1].GetProperty("before").GetDouble());
    }

    [Fact]
    public void The_drawn_curve_rises_and_keeps_every_turning_point()
    {
        Assert.All(_curve.Points.Zip(_curve.Points.Skip(1)), pair =>
        {
            Assert.True(pair.Second.Return > pair.First.Return);
            Assert.True(pair.Second.Volatility >= pair.First.Volatility);
        });
        Assert.Equal(0.4 * 0.30 + 0.4 * 0.24 + 0.2 * 0.22, _curve.Points[^1].Return, 1e-12);
        Assert.True(_curve.Points.Count(point => point.Turning) > 5);
    }

    [Fact]
    public void No_asset_and_no_mark_lies_above_the_drawn_curve()
    {
        foreach (var mark in _curve.Marks)
        {
            var reached = _curve.Points.Last(point => point.Volatility <= mark.Volatility + 1e-12);
            var next = _curve.Points.FirstOrDefault(point => point.Volatility > mark.Volatility) ?? reached;

            Assert.InRange(mark.Return, -1, next.Return + 1e-12);
        }
    }

    [Fact]
    public void Weights_along_the_curve_sum_to_one_and_keep_their_limit()
    {
        for (var i = 0; i < _curve.Points.Count; i++)
            Assert.Equal(1, _curve.Assets.Sum(asset => asset.Weights[i]), 1e-9);
        Assert.All(_curve.Assets.SelectMany(asset => asset.Weights), weight => Assert.InRange(weight, -1e-9, 0.4 + 1e-9));
    }

    [Fact]
    public void Weights_and_shares_of_risk_are_said_without_script()
    {
        var words = Scripts().Replace(ReportPage.Render(FrontierExample.Optimise()), "");

        Assert.Contains("<tr><th scope=\"row\">BTC</th><td class=\"number dim\">40.00</td><td class=\"number strong\">", words);
        Assert.Contains("<th scope=\"col\" class=\"number\">Risk before</th>", words);
        Assert.Contains("<td class=\"mark\" data-chart=\"share-9\"></td>", words);
        Assert.Contains("data-chart=\"tree\"", words);
    }

    [Fact]
    public void Where_nothing_is_held_nothing_is_compared()
    {
        var words = Scripts().Replace(ReportPage.Render(FrontierExample.Optimise(known: false)), "");

        Assert.Contains("<th scope=\"col\">Asset</th>\n<th scope=\"col\" class=\"number\">Weight</th><th scope=\"col\" class=\"number\">Risk</th>", words);
        Assert.DoesNotContain("Before", words);
    }

    [Fact]
    public void The_portfolios_of_a_frontier_are_said_without_script()
    {
        var words = Scripts().Replace(ReportPage.Render(FrontierExample.Frontier()), "");

        Assert.Contains("<th scope=\"row\">Return</th><td class=\"number\">19.50</td>", words);
        Assert.Contains("<th scope=\"col\" class=\"number\">Least variance</th>", words);
        Assert.Contains("data-chart=\"composition\"", words);
    }

    [Fact]
    public void A_name_that_looks_like_script_stays_a_name()
    {
        var page = ReportPage.Render(FrontierExample.Frontier(first: Hostile));
        var noted = ReportPage.Render(FrontierExample.Optimise(note: Hostile));

        Assert.DoesNotContain("alert(1)</script>", page + noted);
        Assert.Contains("<p class=\"note\">&lt;/script&gt;", noted);
        Assert.DoesNotContain('<', Data().Match(page).Groups[1].Value);
        Assert.Equal(Hostile, Json(page).GetProperty("frontier").GetProperty("assets")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Weights_that_belong_to_other_assets_are_refused()
    {
        var marks = _curve.Marks.Select(mark => mark with { Weights = [1] }).ToArray();
        var fault = Assert.Throws<ArgumentException>(() => ReportPage.Render(FrontierExample.Frontier() with { Frontier = _curve with { Marks = marks } }));

        Assert.StartsWith("The weights of Current are 1 for 10 assets.", fault.Message);
    }

    [Fact]
    public void Half_known_holdings_are_refused()
    {
        var data = FrontierExample.Optimise();
        var assets = data.Assets.Select((asset, i) => i == 0 ? asset with { Before = null } : asset).ToArray();

        Assert.Throws<ArgumentException>(() => ReportPage.Render(data with { Assets = assets }));
    }

    [Fact]
    public void A_tree_that_lacks_a_join_is_refused()
    {
        var data = FrontierExample.Optimise();

        Assert.Throws<ArgumentException>(() => ReportPage.Render(data with { Tree = data.Tree! with { Merges = [] } }));
    }

    private static JsonElement Json(string page) => JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement;

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
