using System.Text;
using Ballast.Gates;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.Tests.Records;

public class RecordCodecTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 11, 23, 11, 30) + Duration.FromNanoseconds(120_000_001);

    private static readonly Tradable Pair = new("BTC/USDT", TradableKind.Spot, new("BTC"), new("USDT"), new("USDT"), 0.00001m, 0.01m, 0.00001m, 5m);

    private static readonly OrderRequest Order = new(OrderId.Of("binance", "p1", 1, 0), "binance", "p1", 1, 0, Pair, Side.Buy, 0.5m, 40000.10m, At);

    public static TheoryData<JournalRecord> Records =>
    [
        new JournalRecord.Started(At, 3, "0.1.0", "desk"),
        new JournalRecord.Decided(At, "core", "hold", "nothing is due", null, "ab", [new Note("ETH", "STAKED", "staked: counts, never sold")]),
        new JournalRecord.Decided(At, "core", "hold", "nothing is due", null, "ab", [], new Amount(12_345.678m, new("USDT"))),
        new JournalRecord.PlanCreated(At, new ExecutionPlan("p1", "core", "drift", "schedule", At, At, new("USDT"), 100m, "a", "b", new(), [new ParentOrder(1, "binance", Pair, Side.Buy, 1m, 2m, 2m, "short \"by\" 1")])),
        new JournalRecord.Intended(At, Order),
        new JournalRecord.OrderMoved(At, Order.Id, OrderState.Sent, OrderCause.Acknowledged, OrderState.Open, "42", null),
        new JournalRecord.Filled(At, "binance", Order.Id, new TradeReport("7", "42", Order.Id, "BTC/USDT", Side.Buy, 0.25m, 40000m, new(0.00025m, new("BTC")), At), Pair),
        new JournalRecord.PlanMoved(At, "p1", PlanStatus.SuspendedUnknown, "no answer for 15 min"),
        new JournalRecord.External(At, "binance", new("USDT"), 1000.10m, "deposit", "k"),
        new JournalRecord.Paid(At, "deribit", new PaymentReport("p7-1", "BTC-27NOV26-95000-P", PaymentKind.Delivery, new(-0.125m, new("BTC")), 4m, 84444.44m, At)),
        new JournalRecord.Configured(At, "core", "ab", "live"),
        new JournalRecord.PlanApproved(At, "p1", "vera", "fee <b>fine</b>"),
        new JournalRecord.PlanDeclined(At, "p1", "vera", null),
        new JournalRecord.Reconciled(At, "binance", At, "cd"),
        new JournalRecord.Mismatched(At, "binance", At, "the venue has 1 BTC more"),
        new JournalRecord.Accepted(At, "binance", "vera", "moved to cold storage"),
        new JournalRecord.Denied(At, "p1", 2, "collar", "2.5 %", "2 %"),
        new JournalRecord.KillSet(At, "*", "me", "test"),
        new JournalRecord.KillCleared(At, "*", "me", "looked at it"),
        new JournalRecord.Unwinding(At, "p1", 1, "leg 2 failed: no margin"),
        new JournalRecord.LimitsAsked(At, [new LimitNumber("openOrders", 10m)]),
        new JournalRecord.Remembered(At, "core", "{}"),
    ];

    [Fact]
    public void Every_record_is_among_them() =>
        Assert.Equal(typeof(JournalRecord).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(JournalRecord))).Select(t => t.Name).Order(), Records.Select(r => r.Data.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_comes_back_as_it_was_and_has_one_form(JournalRecord record)
    {
        var bytes = RecordCodec.Write(record);

        var back = RecordCodec.Read(RecordCodec.TypeOf(record), bytes);

        Assert.Equal(record.GetType(), back.GetType());
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(RecordCodec.Write(back)));
    }

    [Fact]
    public void Exact_figures_are_text() =>
        Assert.Contains("\"quantity\":\"0.5\",\"price\":\"40000.1\"", Encoding.UTF8.GetString(RecordCodec.Write(new JournalRecord.Intended(At, Order))));

    [Fact]
    public void A_member_that_is_not_known_is_refused() =>
        Assert.Throws<System.Text.Json.JsonException>(() => RecordCodec.Read(16, "{\"scope\":\"*\",\"by\":\"a\",\"reason\":\"b\",\"at\":\"2026-11-23T11:30:00Z\",\"more\":1}"u8));

    [Fact]
    public void An_id_is_the_same_for_the_same_purpose_and_legal_everywhere()
    {
        var id = OrderId.Of("binance", "p1", 1, 0);

        Assert.Equal(id, OrderId.Of("binance", "p1", 1, 0));
        Assert.NotEqual(id, OrderId.Of("binance", "p1", 1, 1));
        Assert.Matches("^ba11[0-9a-f]{8}4[0-9a-f]{3}[89ab][0-9a-f]{15}$", id.ToString());
        Assert.True(id.IsOurs);
        foreach (var form in new[] { id.ToString(), "0x" + id, Guid.ParseExact(id.ToString(), "N").ToString() })
            Assert.True(OrderId.TryParse(form, out var read) && read == id);
    }
}
