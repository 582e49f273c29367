using System.Collections.Immutable;
using System.Diagnostics;
using Ballast.Adapters.Journal;
using Ballast.Execution;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using NodaTime;

namespace Ballast.Benchmarks;

/// <summary>Rows J1 to J3: how fast a journal is read and proven at a start, and how long an order waits for its intent to be durable on this disk.</summary>
internal static class JournalRows
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);

    private static readonly Tradable Btc = new("BTC/USDT", TradableKind.Spot, new("BTC"), new("USDT"), new("USDT"), 0.00001m, 0.01m, 0.00001m, 5m);

    /// <summary>False when what is read is not what was written.</summary>
    public static bool Run()
    {
        var folder = Path.Combine(Folders.Scratch, "journal");
        Console.WriteLine("row   what                                              result");
        var good = Replay(folder).GetAwaiter().GetResult();
        Commit(folder, "J2", 200, 10).GetAwaiter().GetResult();
        Commit(folder, "J3", 2_000, 5).GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
        return good;
    }

    /// <summary>The life of 200,000 records, read back three times: checksums, chain, records, state.</summary>
    private static async Task<bool> Replay(string folder)
    {
        var records = Plans(200_000);
        var written = ExecutionState.Of(records);
        await using (var journal = Fresh(folder))
            foreach (var some in records.Chunk(1_000)) await journal.AppendAsync(some, CancellationToken.None);
        var bytes = Directory.GetFiles(folder, "*.journal").Sum(f => new FileInfo(f).Length);
        var rates = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            await using var journal = new FileJournal(folder, TimeProvider.System, 64 * 1024 * 1024, JournalDisk.Real, checkpointEvery: run < 4 ? long.MaxValue : 1);
            var read = journal.Recall();
            rates.Add(records.Length / watch.Elapsed.TotalSeconds);
            if (read.Trades.Count == written.Trades.Count && read.Balances.Of("venue").SequenceEqual(written.Balances.Of("venue"))) continue;
            Console.WriteLine("J1: what was read is not what was written");
            return false;
        }
        var again = Stopwatch.StartNew();
        await using (var journal = new FileJournal(folder, TimeProvider.System)) journal.Recall();
        var fromCheckpoint = records.Length / again.Elapsed.TotalSeconds;
        var frames = Stopwatch.StartNew();
        var count = new JournalReader(folder).Frames().Count();
        Console.WriteLine($"J1    replay of {records.Length:N0} records to a state             {Timing.Median(rates):N0} records/s (goal 100,000), {bytes / (double)records.Length:0} bytes a record");
        Console.WriteLine($"J1c   the same from a checkpoint, every record proven       {fromCheckpoint:N0} records/s");
        Console.WriteLine($"J1p   of which the proof of bytes and chain alone        {count / frames.Elapsed.TotalSeconds:N0} records/s");
        return true;
    }

    /// <summary>Transitions that come at even times, each from a task of its own that waits until its record is durable.</summary>
    private static async Task Commit(string folder, string row, int perSecond, int seconds)
    {
        var records = Plans(perSecond * seconds);
        await using var journal = Fresh(folder);
        var watch = Stopwatch.StartNew();
        var waits = new Task<double>[records.Length];
        for (var i = 0; i < records.Length; i++)
        {
            while (watch.Elapsed.TotalSeconds < i / (double)perSecond) await Task.Delay(1);
            var record = records[i];
            waits[i] = Task.Run(async () =>
            {
                var from = Stopwatch.GetTimestamp();
                await journal.AppendAsync([record], CancellationToken.None);
                return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            });
        }
        var sorted = (await Task.WhenAll(waits)).Order().ToArray();
        Console.WriteLine($"{row}    {perSecond} transitions a second, {seconds} s, until durable        "
            + $"p50 {sorted[sorted.Length / 2]:0.00} ms, p99 {sorted[sorted.Length * 99 / 100]:0.00} ms (goal 50), longest {sorted[^1]:0.0} ms, {records.Length / (double)journal.Flushes:0.0} records a flush");
    }

    private static FileJournal Fresh(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var journal = new FileJournal(folder, TimeProvider.System);
        if (journal.Recall().Epoch > 0) throw new InvalidOperationException("a new journal has records");
        return journal;
    }

    /// <summary>Plan after plan of ten orders, each sent, opened and filled in two trades.</summary>
    private static JournalRecord[] Plans(int count)
    {
        var records = new List<JournalRecord>(count + 100) { new JournalRecord.Started(Start, 1, "benchmark", "here"), new JournalRecord.External(Start, "venue", new("USDT"), 1_000_000_000m, Reconciling.Opening, "0") };
        for (var plan = 0; records.Count < count; plan++) records.AddRange(Plan(plan, Start + Duration.FromSeconds(60L * plan)));
        return [.. records.Take(count)];
    }

    private static IEnumerable<JournalRecord> Plan(int number, Instant at)
    {
        var id = $"core-{number:d6}";
        ImmutableArray<ParentOrder> legs = [.. Enumerable.Range(1, 10).Select(i => new ParentOrder(i, "venue", Btc, Side.Buy, 0.012m, 60_000m, 720m, "BTC is 1.2 points under its target of 40 %", 0.001m))];
        yield return new JournalRecord.Decided(at, "core", "plan", "BTC drifted 1.2 points, more than 1", id, new string('a', 64), [new Note("BTC", "DRIFT", "1.2 points under its target")]);
        yield return new JournalRecord.PlanCreated(at, new ExecutionPlan(id, "core", "drift of 1.2 points", "schedule", at, at + Duration.FromMinutes(30), new("USDT"), 50_000m, new string('a', 64), new string('b', 64), new ExecutionStyle(), legs));
        yield return new JournalRecord.PlanApproved(at, id, "schedule", null);
        foreach (var leg in legs)
            foreach (var record in Order(leg, id, number, at + Duration.FromSeconds(leg.Number)))
                yield return record;
        yield return new JournalRecord.PlanMoved(at + Duration.FromSeconds(30), id, PlanStatus.Completed, "all of it is done");
    }

    private static IEnumerable<JournalRecord> Order(ParentOrder leg, string plan, int number, Instant at)
    {
        var id = OrderId.Of("venue", plan, leg.Number, 0);
        var venueId = $"{28_000_000_000 + 10L * number + leg.Number}";
        yield return new JournalRecord.Intended(at, new OrderRequest(id, "venue", plan, leg.Number, 0, leg.Tradable, leg.Side, leg.Quantity, leg.Price, at + Duration.FromSeconds(5)));
        yield return new JournalRecord.OrderMoved(at, id, OrderState.Intent, OrderCause.Sent, OrderState.Sent, null, null);
        yield return new JournalRecord.OrderMoved(at, id, OrderState.Sent, OrderCause.Acknowledged, OrderState.Open, venueId, null);
        yield return Fill(1);
        yield return new JournalRecord.OrderMoved(at, id, OrderState.Open, OrderCause.Fill, OrderState.Partial, null, null);
        yield return Fill(2);
        yield return new JournalRecord.OrderMoved(at, id, OrderState.Partial, OrderCause.FoundClosed, OrderState.Closing, null, null);
        yield return new JournalRecord.OrderMoved(at, id, OrderState.Closing, OrderCause.AllFillsBooked, OrderState.Filled, null, null);

        JournalRecord.Filled Fill(int trade) => new(at, "venue", id, new TradeReport($"{venueId}{trade}", venueId, id, leg.Tradable.Symbol, leg.Side, leg.Quantity / 2, leg.Price, new Amount(0.36m, new("USDT")), at), leg.Tradable);
    }
}
