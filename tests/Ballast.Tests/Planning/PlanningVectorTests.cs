using System.Text.Json;
using Ballast.Costs;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Tests.Planning;

/// <summary>The reference vectors of plans, on the exact planner.</summary>
[Trait("Category", "Vectors")]
public class PlanningVectorTests
{
    public static TheoryData<string> Ids(string function)
    {
        var ids = new TheoryData<string>();
        foreach (var c in Cases().Where(c => c.GetProperty("fn").GetString() == function)) ids.Add(c.GetProperty("id").GetString()!);
        return ids;
    }

    [Theory, MemberData(nameof(Ids), "plan.selfFinancing")]
    public void The_value_after_costs_is_the_root(string id)
    {
        var (given, expected, tolerance) = Case(id);
        var (values, targets, fees) = (Numbers(given, "values"), Numbers(given, "targets"), Numbers(given, "feeRates"));
        var value = values.Sum() + given.GetProperty("cash").GetDecimal();
        var lines = values.Select((v, i) => new SizedLine(targets[i], v, fees[i], fees[i])).ToArray();
        var after = SelfFinancing.ValueAfter(value, lines, [new Pool(0, 1)])!.Value;
        Near(expected.GetProperty("postValue").GetDecimal(), after, tolerance);
        var trades = values.Select((v, i) => targets[i] * after - v).ToArray();
        Near(Numbers(expected, "tradesValue"), trades, tolerance);
        Assert.True(Math.Abs(value - after - trades.Select((x, i) => fees[i] * Math.Abs(x)).Sum()) < 1e-22m);
    }

    [Theory, MemberData(nameof(Ids), "plan.integer")]
    public void The_search_finds_the_best_whole_lots(string id)
    {
        var (given, expected, tolerance) = Case(id);
        var (price, hold, weight, lot) = (Numbers(given, "price"), Numbers(given, "hold"), Numbers(given, "w"), Numbers(given, "lot"));
        var cash = given.GetProperty("cash").GetDecimal();
        var value = cash + price.Zip(hold, (p, q) => p * q).Sum();
        var costs = CostRules.None with { Fee = given.GetProperty("fee").GetDecimal() };
        var tickets = price.Select((p, i) => new Ticket
        {
            Asset = new Asset($"A{i}"), Side = weight[i] * value < hold[i] * p ? Side.Sell : Side.Buy, Want = Math.Abs(weight[i] * value - hold[i] * p),
            Price = p, Lot = lot[i], MinValue = given.GetProperty("minNot").GetDecimal(), Costs = costs, MaxQuantity = weight[i] * value < hold[i] * p ? hold[i] : null,
        }).ToArray();
        var (chosen, proven) = LotSearch.Choose(tickets, LotBounds.Single(cash, given.GetProperty("buf").GetDecimal(), given.TryGetProperty("K", out var k) ? k.GetInt32() : int.MaxValue));
        Assert.True(proven);
        Assert.Equal(Numbers(expected.GetProperty("quantities")[0]), chosen.Select((q, i) => hold[i] + (tickets[i].Buys ? q : -q)));
        Near(expected.GetProperty("objective").GetDecimal(), chosen.Select((q, i) => tickets[i].Loss(q)).Sum(), tolerance);
        Near(expected.GetProperty("cash").GetDecimal(), cash + chosen.Select((q, i) => tickets[i].Cash(q)).Sum(), tolerance);
    }

    [Theory, MemberData(nameof(Ids), "plan.greedyFloorThenShortfall")]
    public void Without_a_search_the_largest_shortfall_gets_the_next_lot(string id)
    {
        var (given, expected, tolerance) = Case(id);
        var (price, weight, value) = (Numbers(given, "prices"), Numbers(given, "targets"), given.GetProperty("value").GetDecimal());
        var tickets = price.Select((p, i) => new Ticket { Asset = new Asset($"A{i}"), Side = Side.Buy, Want = weight[i] * value, Price = p, Lot = 1 }).ToArray();
        var chosen = GreedyLots.Choose(tickets, LotBounds.Single(value));
        Assert.Equal(Numbers(expected, "quantities"), chosen);
        Near(expected.GetProperty("cash").GetDecimal(), value - chosen.Zip(price, (q, p) => q * p).Sum(), tolerance);
    }

    [Theory, MemberData(nameof(Ids), "plan.contribution")]
    public void New_money_goes_to_the_largest_gaps(string id)
    {
        var (given, expected, tolerance) = Case(id);
        var (values, targets, money) = (Numbers(given, "values"), Numbers(given, "targets"), given.GetProperty("contribution").GetDecimal());
        var gaps = values.Select((v, i) => targets[i] * (values.Sum() + money) - v).ToArray();
        var caps = gaps.Select(g => Math.Max(g, 0)).ToArray();
        Near(Numbers(expected, "leastSquares"), WaterFill.Fill(gaps, caps, Ones(gaps.Length), money, floor: 0), tolerance);
    }

    [Theory, MemberData(nameof(Ids), "plan.withdrawal")]
    public void Money_is_raised_from_the_largest_overweights(string id)
    {
        var (given, expected, tolerance) = Case(id);
        var (values, targets, money) = (Numbers(given, "values"), Numbers(given, "targets"), given.GetProperty("withdrawal").GetDecimal());
        var gaps = values.Select((v, i) => v - targets[i] * (values.Sum() - money)).ToArray();
        Near(Numbers(expected, "leastSquares"), WaterFill.Fill(gaps, values, Ones(gaps.Length), money, floor: null), tolerance);
    }

    [Theory, MemberData(nameof(Ids), "plan.valuationFx")]
    public void Positions_are_valued_through_the_rate_of_their_currency(string id)
    {
        var (given, expected, tolerance) = Case(id);
        var (baseAsset, positions) = (new Asset(given.GetProperty("base").GetString()!), given.GetProperty("positions").EnumerateArray().ToArray());
        var rates = given.GetProperty("fxToBase").EnumerateObject().Select(r => new Price((decimal)r.Value.GetDouble(), new Asset(r.Name), baseAsset));
        var prices = positions.Select(p => new Price(p.GetProperty("price").GetDecimal(), NameOf(p, "asset"), NameOf(p, "ccy")));
        var market = new MarketSnapshot(Given.Now, rates.Concat(prices).Select(p => new Quote(p, Given.Now)));
        var holdings = positions.Select(p => new Holding(NameOf(p, "asset"), p.GetProperty("qty").GetDecimal(), "paper"));
        var portfolio = new Portfolio(baseAsset, new Book([Account.Paper], [.. holdings]), market, HoldingRules.Default, []);
        Near(expected.GetProperty("total").GetDecimal(), portfolio.Value, tolerance);
        foreach (var value in expected.GetProperty("values").EnumerateObject()) Near(value.Value.GetDecimal(), portfolio[new Asset(value.Name)].Value, tolerance);
        foreach (var weight in expected.GetProperty("weights").EnumerateObject()) Assert.Equal(weight.Value.GetDouble(), portfolio.WeightOf(new Asset(weight.Name)), (double)tolerance);
    }

    private static Asset NameOf(JsonElement position, string key) => new(position.GetProperty(key).GetString()!);

    private static decimal[] Ones(int count) => [.. Enumerable.Repeat(1m, count)];

    private static void Near(decimal expected, decimal actual, decimal tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected}, got {actual}");

    private static void Near(decimal[] expected, decimal[] actual, decimal tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Near(expected[i], actual[i], tolerance);
    }

    private static decimal[] Numbers(JsonElement of, string name) => Numbers(of.GetProperty(name));

    private static decimal[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDecimal())];

    private static (JsonElement Given, JsonElement Expected, decimal Tolerance) Case(string id)
    {
        var found = Cases().First(c => c.GetProperty("id").GetString() == id);
        return (found.GetProperty("in"), found.GetProperty("out"), (decimal)found.GetProperty("tol_abs").GetDouble());
    }

    private static JsonElement[] Cases()
    {
        var path = Path.Combine(Repository.Vectors, "allocation", "planning.json");
        return [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cases").EnumerateArray()];
    }
}
