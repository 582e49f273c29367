using Ballast.Derivatives;
using Ballast.Engine.Venues;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Futures;
using Ballast.Numerics.Options;
using Ballast.Tests.Derivatives;
using Ballast.Tests.Numerics.Options;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Engine.Venues;

/// <summary>What contracts on paper gain and lose, against closed formulas and values of others.</summary>
public class PaperFormulaTests
{
    /// <summary>Half of the last decimal that is paid.</summary>
    private const decimal Cent = 0.5e-8m;

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);
    private static readonly Asset Btc = new("BTC"), Usdc = new("USDC");
    private static readonly Instrument.Derivative Inverse = Contracts.Contract("BTC-PERPETUAL"), Linear = Contracts.Contract("BTC_USDC-PERPETUAL");

    private static PaperBooks Empty => PaperBooks.Opened([]);

    [Fact]
    [Trait("Category", "Vectors")]
    public void A_future_that_is_closed_pays_what_others_compute()
    {
        foreach (var x in OptionRow.Read("perps_futures.csv"))
        {
            var contract = x.Cells["kind"] == "inverse" ? Inverse : Linear;
            var (size, entry, mark) = ((decimal)x["size(linear coins / inverse USD)"], (decimal)x["entry"], (decimal)x["mark"]);
            var expected = (decimal)(contract.Inverse ? x["pnl_coin"] : x["pnl_usd_at_mark"]);

            var books = PaperContracts.Trade(PaperContracts.Trade(Empty, contract, size, entry, Start), contract, -size, mark, Start);

            Assert.Empty(books.Positions);
            Assert.InRange(books.Of(contract.Settlement) - expected, -Cent - 1e-12m * Math.Abs(expected), Cent + 1e-12m * Math.Abs(expected));
        }
    }

    [Fact]
    [Trait("Category", "Vectors")]
    public void Funding_sums_up_to_what_others_compute()
    {
        foreach (var x in OptionRow.Read("deribit_funding_rate.csv"))
        {
            var (index, elapsed) = ((decimal)x["index"], Duration.FromMilliseconds((long)x["elapsed_ms"]));
            var rate = new FundingRule.Damped(x["damper"], -x["cap"], x["cap"]).Rate(FundingRule.Premium(x["mark"], x["index"]));
            var books = PaperContracts.Trade(Empty, Inverse, (decimal)x["inverse_position_usd"], index, Start);
            var payments = 0;
            for (var at = Duration.Zero; at < elapsed; payments++)
            {
                at = Duration.Min(elapsed, at + Duration.FromMinutes(41));
                books = PaperContracts.Fund(books, (Instrument.Perpetual)Inverse, rate, index, Start + at);
            }
            var sum = books.Of(Btc) + books.Positions[Inverse.Symbol].Accrued;
            Assert.InRange(sum - (decimal)x["funding_coins_to_account"], -payments * Cent, payments * Cent);
        }
    }

    [Fact]
    public void Funding_is_paid_by_the_hour_and_with_the_end_of_the_position()
    {
        var books = PaperContracts.Trade(Empty, Inverse, 100_000, 50_000, Start);
        books = PaperContracts.Fund(books, (Instrument.Perpetual)Inverse, 0.0008, 50_000, Start + Duration.FromMinutes(30));
        Assert.Equal((0m, -0.0001m), (books.Of(Btc), Math.Round(books.Positions[Inverse.Symbol].Accrued, 12)));

        Assert.Equal(-0.0001m, PaperContracts.Trade(books, Inverse, -100_000, 50_000, Start).Of(Btc));
        books = PaperContracts.Fund(books, (Instrument.Perpetual)Inverse, 0.0008, 50_000, Start + Duration.FromMinutes(60));
        Assert.Equal((-0.0002m, 0m), (books.Of(Btc), books.Positions[Inverse.Symbol].Accrued));

        var slept = PaperContracts.Fund(books, (Instrument.Perpetual)Inverse, 0.0008, 50_000, Start + Duration.FromDays(3));
        Assert.Equal(-0.0004m, slept.Of(Btc));
    }

    [Theory]
    [InlineData("BTC-27NOV26-80000-C", 2, 100_000, "0.4")]
    [InlineData("BTC-27NOV26-80000-C", -2, 100_000, "-0.4")]
    [InlineData("BTC-27NOV26-80000-C", 2, 64_000, "0")]
    [InlineData("BTC-27NOV26-80000-P", 3, 64_000, "0.75")]
    [InlineData("BTC-27NOV26-80000-P", -3, 64_000, "-0.75")]
    [InlineData("BTC-27NOV26-80000-P", 3, 80_000, "0")]
    [InlineData("BTC_USDC-27NOV26-80000-C", 2, 100_000, "40000")]
    [InlineData("BTC_USDC-27NOV26-80000-P", -2, 64_000, "-32000")]
    public void An_option_is_settled_at_its_intrinsic_value(string name, int quantity, int delivery, string paid)
    {
        var option = Contracts.Contract(name);
        var bought = PaperContracts.Trade(Empty, option, quantity, 0.05m, Start);
        Assert.Equal(-0.05m * quantity, bought.Of(option.Settlement));

        var over = PaperContracts.Deliver(bought, option, delivery, Start);

        Assert.Empty(over.Positions);
        Assert.Equal(decimal.Parse(paid), over.Of(option.Settlement) - bought.Of(option.Settlement));
    }

    [Fact]
    public void A_dated_future_is_settled_at_the_index()
    {
        var books = PaperContracts.Deliver(PaperContracts.Trade(Empty, Contracts.Contract("BTC-27NOV26"), 80_000, 80_000, Start), Contracts.Contract("BTC-27NOV26"), 100_000, Start);
        Assert.Empty(books.Positions);
        Assert.Equal(80_000m * (1 / 80_000m - 1 / 100_000m), books.Of(Btc));
    }

    /// <summary>Whatever is added, reduced and turned: what the account is worth is the sum of what each fill has gained on its own.</summary>
    [Fact]
    public void Equity_changes_by_the_sum_over_all_fills() => Check.One(Chance.Cases(300), Prop.ForAll(Fills.ToArbitrary(), fills =>
    {
        foreach (var contract in new[] { Inverse, Linear })
        {
            var (books, mark, own) = (Empty, 50_000m, 0m);
            foreach (var (lots, price) in fills)
            {
                var quantity = contract.Inverse ? lots * 10m : lots * 0.01m;
                books = PaperContracts.Trade(books, contract, quantity, price, Start);
                own += contract.Inverse ? quantity * (1m / price - 1m / mark) : quantity * (mark - price);
            }
            var open = books.Positions.TryGetValue(contract.Symbol, out var held) ? held.Of(contract).Settles(-held.Quantity, mark) : 0;
            var bound = fills.Length * Cent + 1e-18m;
            Assert.InRange(books.Of(contract.Settlement) + open - own, -bound, bound);
            Assert.Equal(fills.Sum(f => contract.Inverse ? f.Lots * 10m : f.Lots * 0.01m), held?.Quantity ?? 0);
        }
    }));

    private static Gen<(int Lots, decimal Price)[]> Fills => (from lots in Gen.Choose(-50, 50).Where(l => l != 0) from price in Gen.Choose(20_000, 90_000) select (lots, (decimal)price)).NonEmptyListOf().Select(f => f.ToArray());

    [Fact]
    public void Books_are_the_same_after_they_were_written_and_read()
    {
        var books = PaperContracts.Fund(PaperContracts.Trade(PaperBooks.Opened([KeyValuePair.Create(Btc, 2m)]), Inverse, -30, 51_234.5m, Start), (Instrument.Perpetual)Inverse, 0.001, 50_000, Start + Duration.FromMinutes(5));
        var read = PaperBooks.Read(books.Text());

        Assert.Equal(books.Text(), read.Text());
        Assert.Equal(books.Positions, read.Positions);
        var (one, other) = (PaperContracts.Trade(books, Inverse, 60, 49_000, Start), PaperContracts.Trade(read, Inverse, 60, 49_000, Start));
        Assert.Equal(one.Text(), other.Text());
    }

    [Fact]
    public void A_file_from_before_there_were_contracts_is_read()
    {
        var read = PaperBooks.Read("""{"balances":{"USDT":"100.5"},"orders":[],"trades":[],"numbers":7}""");
        Assert.Equal((100.5m, 0, 7L), (read.Of(new("USDT")), read.Positions.Count, read.Numbers));
    }
}
