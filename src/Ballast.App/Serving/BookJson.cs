using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Planning;

namespace Ballast.App.Serving;

/// <summary>Derivatives as the page shows them. What a verb prints is under that verb's name, unchanged.</summary>
internal static class BookJson
{
    /// <summary>Points of a payoff on each side of the price, one per cent apart.</summary>
    private const int Reach = 50;

    /// <param name="legs">What is traded first, at its marks.</param>
    /// <param name="far">With where it would be liquidated.</param>
    public static JsonObject Of(SeenBook seen, ImmutableArray<Position> legs, bool far)
    {
        var question = seen.Question(legs);
        var desk = After(seen, legs);
        var report = desk.Exposures;
        return new()
        {
            ["id"] = seen.Place.Id, ["name"] = seen.Policy.Name, ["at"] = Json.Time(report.At), ["readAt"] = Json.Time(seen.Read), ["numeraire"] = seen.Policy.Hedge?.Numeraire.ToString().ToLowerInvariant(),
            ["exposure"] = ExposureJson.Of(desk, report, null), ["ladder"] = Json.Array(report.Underlyings.Select(Ladder)),
            ["margin"] = question is null ? null : question.After is null ? MarginJson.Refused(question) : MarginJson.Of(MarginAnswer.Of(question, null, double.PositiveInfinity), far),
            ["legs"] = Json.Array(legs.Select(l => new JsonObject { ["instrument"] = l.Contract.Symbol, ["quantity"] = Json.Exact(l.Quantity) })),
        };
    }

    public static Policy Counting(Policy policy, string? numeraire) => numeraire switch
    {
        null => policy,
        "coin" or "money" when policy.Hedge is { } hedge => policy with { Hedge = hedge with { Numeraire = numeraire == "coin" ? Derivatives.Numeraire.Coin : Derivatives.Numeraire.Money } },
        "coin" or "money" => policy,
        _ => throw Problem.Bad($"numeraire: `{numeraire}`; expected coin or money."),
    };

    /// <summary>Each sensitivity beside the range that the policy wants it in; null where it is free.</summary>
    public static JsonObject? Outlook(Policy policy, SeenBook seen)
    {
        if (policy.Hedge is not { } rules || seen.Desk.Exposures is not { Complete: true, Underlyings: [var exposure] }) return null;
        var look = new AccountLook(exposure, rules.Numeraire, rules.Outlook, null);
        return new(Enum.GetValues<Greek>().Select(g => KeyValuePair.Create(g.ToString().ToLowerInvariant(), look.LevelOf(g) is not { } level ? null
            : (JsonNode?)new JsonObject { ["value"] = Json.Estimate(level.Value), ["low"] = Json.Estimate(level.Low), ["high"] = Json.Estimate(level.High), ["unit"] = level.Unit.Code, ["inside"] = level.Distance == 0 })));
    }

    /// <summary>The sensitivities of each expiry and strike that has a position; futures have no strike.</summary>
    private static JsonObject Ladder(Exposure x) => new()
    {
        ["underlying"] = x.Underlying.Code,
        ["cells"] = Json.Array(x.Positions.GroupBy(p => (p.Contract.Expires, (p.Contract as Instrument.Option)?.Strike)).OrderBy(g => g.Key.Expires ?? Instant.MaxValue).ThenBy(g => g.Key.Strike).Select(g =>
        {
            var greeks = Sensitivities.Of(g, (double)x.Index);
            return new JsonObject
            {
                ["expiry"] = g.Key.Expires is { } expiry ? Json.Time(expiry) : null, ["strike"] = Json.Exact(g.Key.Strike), ["instruments"] = Json.Texts(g.Select(p => p.Contract.Symbol)),
                ["delta"] = Json.Estimate(greeks.Delta), ["gamma"] = Json.Estimate(greeks.GammaCoins), ["vega"] = Json.Estimate(greeks.VegaPoint), ["theta"] = Json.Estimate(greeks.ThetaDay),
            };
        })),
    };

    public static JsonObject Payoff(SeenBook seen, MarginQuestion question, int days)
    {
        var account = question.After!;
        double[] expiries = [.. account.Parts.SelectMany(p => p.Positions).Where(p => p.Leg.IsOption).Select(p => 365 * p.Leg.Years).Distinct().Order()];
        (string Name, double Days)[] times = [("now", 0), ($"in {Figures.Count(days, "day")}", days), .. expiries.Take(1).Select(d => ("at the first expiry", d)), .. expiries.Skip(1).TakeLast(1).Select(d => ("at the last expiry", d))];
        double[] moves = [.. Enumerable.Range(-Reach, 2 * Reach + 1).Select(i => i / 100.0)];
        var part = account.Parts.MaxBy(p => p.Positions.Length)!;
        return new()
        {
            ["at"] = Json.Time(account.At), ["unit"] = account.Unit.Code, ["index"] = Json.Estimate(part.Account.Index), ["days"] = days,
            ["sigma"] = Json.Estimate(part.Volatility * Math.Sqrt(Math.Max(1, days) / 365.0)), ["moves"] = Json.Array(moves.Select(m => Json.Estimate(m))),
            ["prices"] = Json.Array(moves.Select(m => Json.Estimate(part.Account.Index * (1 + m)))),
            ["curves"] = Json.Array(times.Select(t => Curve(account, t.Name, t.Days, moves))),
            ["note"] = "volatilities as they are; in money the coins held count, in coin they do not move",
        };
    }

    private static JsonObject Curve(MarginAccount account, string name, double days, double[] moves)
    {
        WhatIfCell[] cells = [.. moves.Select(m => WhatIfCell.Gains(account, m, 0, days))];
        return new()
        {
            ["name"] = name, ["days"] = Json.Estimate(days), ["pnl"] = Json.Array(cells.Select(c => Json.Estimate(c.Gain))), ["pnlMoney"] = Json.Array(cells.Select(c => Json.Estimate(c.GainMoney))),
        };
    }

    public static JsonObject Plan(SeenBook seen, MarginQuestion question, LegRoute route) => new()
    {
        ["at"] = Json.Time(question.After!.At), ["unit"] = question.After.Unit.Code, ["order"] = LegLines.Json(route),
        ["trades"] = Json.Array(question.Legs.Select((l, i) => new JsonObject
        {
            ["leg"] = i + 1, ["instrument"] = l.Contract.Symbol, ["side"] = l.Position.Quantity > 0 ? "buy" : "sell", ["quantity"] = Json.Exact(Math.Abs(l.Position.Quantity)), ["mark"] = Json.Exact(l.Mark),
            ["halfSpread"] = Json.Exact(seen.Desk.Chain.Find(l.Contract)?.HalfSpread), ["delta"] = Json.Estimate(l.NetDelta),
        })),
        ["notes"] = Json.Texts(["nothing was sent", .. question.After.Preset.Notes]), ["units"] = seen.Desk.Units,
    };

    public static JsonObject Contracts(Chain chain) => new()
    {
        ["at"] = Json.Time(chain.At),
        ["items"] = Json.Array(chain.Quotes.Where(q => q.Mark is not null && !(q.Contract.Expires <= chain.At))
            .OrderBy(q => q.Contract.Expires ?? Instant.MaxValue).ThenBy(q => (q.Contract as Instrument.Option)?.Strike ?? 0).ThenBy(q => q.Contract.Symbol, StringComparer.Ordinal).Select(q => new JsonObject
            {
                ["instrument"] = q.Contract.Symbol, ["mark"] = Json.Exact(q.Mark), ["iv"] = Json.Estimate(q.Volatility), ["bid"] = Json.Exact(q.Bid), ["ask"] = Json.Exact(q.Ask),
                ["expiry"] = q.Contract.Expires is { } expiry ? Json.Time(expiry) : null, ["lot"] = Json.Exact(q.Contract.Rules.Lot), ["amountIn"] = (q.Contract.AmountIn == AmountIn.Money ? q.Contract.Quote : q.Contract.Base).Code,
            })),
        ["next"] = null,
    };

    private static Commands.Desk After(SeenBook seen, ImmutableArray<Position> legs)
    {
        var known = legs.Select(l => PositionPricer.Price(l, seen.Desk.Chain)).OfType<PricedPosition.Known>().ToImmutableArray();
        return known.IsEmpty ? seen.Desk : seen.Desk with { Book = MarginAccounts.Traded(seen.Desk.Book, known, seen.Desk.Chain) };
    }
}
