using System.Diagnostics;
using System.Net;
using System.Text;
using Ballast.App.Watching;
using Ballast.Engine.Running;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.Tests.Serving;

/// <summary>What is told outside, and that nothing is unless asked for.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void Requests_are_sent_to_a_collector_where_the_standard_variables_name_one()
    {
        using var collector = new Collector();
        using var desk = DeskProcess.In(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_BSP_SCHEDULE_DELAY"] = "100", ["OTEL_METRIC_EXPORT_INTERVAL"] = "200" });
        desk.As("vera").Get("/api/v1/portfolios/core/plan");
        collector.Until("/v1/traces", "GET /api/v1/portfolios/{id}/plan");
        collector.Until("/v1/metrics", "http.server.request.duration");
        collector.Until("/v1/metrics", "http.response.status_code");
        collector.Until("/v1/traces", "ballast");
        var sent = collector.Everything;
        foreach (var secret in new[] { desk.As("vera").Cookie!.Split('=')[1], new Uri(desk.Links["vera"]).Query["?token=".Length..], "/portfolios/core", "vera" }) Assert.DoesNotContain(secret, sent);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public void Nothing_is_sent_where_it_is_switched_off(string name, string value)
    {
        using var collector = new Collector();
        using var desk = DeskProcess.In(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_BSP_SCHEDULE_DELAY"] = "50", ["OTEL_METRICS_EXPORTER"] = "none", [name] = value });
        for (var i = 0; i < 20; i++, Thread.Sleep(20)) desk.As("vera").Get("/api/v1/overview");
        Assert.Equal("", collector.Everything);
    }

    [Fact]
    public async Task Plans_and_orders_are_spans_of_their_own_length_once_they_are_durable()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == Telemetry.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => { lock (spans) spans.Add(a); },
        };
        ActivitySource.AddActivityListener(listener);
        var counted = new List<string>();
        using var meters = new System.Diagnostics.Metrics.MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == Telemetry.Name) l.EnableMeasurementEvents(i); } };
        meters.SetMeasurementEventCallback<long>((i, n, tags, _) => { lock (counted) counted.Add($"{i.Name} {n} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"); });
        meters.Start();
        var at = Instant.FromUtc(2026, 11, 23, 12, 0);
        Tradable pair = new("BTC/USDT", TradableKind.Spot, new("BTC"), new("USDT"), new("USDT"), 0.00001m, 0.01m, 0.00001m, 5m);
        var plan = new ExecutionPlan("watched-plan", "core", "why", "schedule", at, at + Duration.FromHours(1), new("USDT"), 100m, "a", "b", new(), [new ParentOrder(1, "watched-account", pair, Side.Sell, 0.1m, 40_000m, 4_000m, "over")]);
        var order = new OrderRequest(new OrderId(7), "watched-account", "watched-plan", 1, 1, pair, Side.Sell, 0.1m, 40_000m, at + Duration.FromMinutes(1));
        var journal = new WatchedJournal(new MemoryJournal());
        await journal.AppendAsync([new JournalRecord.PlanCreated(at, plan), new JournalRecord.Intended(at + Duration.FromSeconds(1), order)], CancellationToken.None);
        await journal.AppendAsync([new JournalRecord.OrderMoved(at + Duration.FromSeconds(3), order.Id, OrderState.Open, OrderCause.AllFillsBooked, OrderState.Filled, null, null), new JournalRecord.PlanMoved(at + Duration.FromSeconds(9), plan.Id, PlanStatus.Completed, "")], CancellationToken.None);
        Activity[] ours;
        lock (spans) ours = [.. spans.Where(s => (string?)s.GetTagItem("ballast.plan.id") == "watched-plan")];
        Assert.Equal([("order", 2.0), ("plan", 9.0)], ours.Select(s => (s.OperationName, s.Duration.TotalSeconds)).Order());
        Assert.DoesNotContain(ours.SelectMany(s => s.TagObjects), t => t.Value?.ToString() is { } v && (v.Contains("0.1") || v.Contains("40000")));
        lock (counted) Assert.Contains("ballast.orders 1 filled watched-account", counted);
    }

    /// <summary>Takes what is exported, as a collector would.</summary>
    private sealed class Collector : IDisposable
    {
        private HttpListener _http = new();
        private readonly List<(string Path, string Text)> _taken = [];

        public Collector()
        {
            while (!Begin()) _http = new HttpListener();
            _ = TakeAsync();
        }

        /// <summary>On a port that is free, unless somebody takes it in between.</summary>
        private bool Begin()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            _http.Prefixes.Add(Url + "/");
            try
            {
                _http.Start();
                return true;
            }
            catch (HttpListenerException)
            {
                return false;
            }
        }

        public string Url { get; private set; } = "";

        public string Everything { get { lock (_taken) return string.Concat(_taken.Select(t => t.Text)); } }

        /// <summary>Waits for it, as long as the test runner does.</summary>
        public void Until(string path, string text)
        {
            for (var i = 0; i < 600; i++, Thread.Sleep(50))
                lock (_taken)
                    if (_taken.Any(t => t.Path == path && t.Text.Contains(text, StringComparison.Ordinal))) return;
            Assert.Fail($"{text} was never sent to {path}");
        }

        public void Dispose() => _http.Close();

        private async Task TakeAsync()
        {
            while (_http.IsListening)
                try
                {
                    var context = await _http.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                    var text = await reader.ReadToEndAsync();
                    lock (_taken) _taken.Add((context.Request.Url!.AbsolutePath, text));
                    context.Response.ContentType = "application/x-protobuf";
                    context.Response.Close();
                }
                catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
        }
    }
}
