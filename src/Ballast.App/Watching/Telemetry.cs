using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ballast.App.Watching;

/// <summary>What can be watched from outside, under the names of the OpenTelemetry conventions. Nobody listens unless asked to, and then it costs next to nothing.</summary>
internal static class Telemetry
{
    public const string Name = "Ballast";

    private static readonly Meter _meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Histogram<double> Requests { get; } = _meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of requests to the desk.");

    public static UpDownCounter<long> EventStreams { get; } = _meter.CreateUpDownCounter<long>("ballast.desk.event_streams", "{stream}", "Pages that follow the desk's events.");

    public static Histogram<double> Decisions { get; } = _meter.CreateHistogram<double>("ballast.decision.duration", "s", "Duration of a look at a portfolio.");

    public static Counter<long> Plans { get; } = _meter.CreateCounter<long>("ballast.plans", "{plan}", "Plans, by what became of them.");

    public static Counter<long> Orders { get; } = _meter.CreateCounter<long>("ballast.orders", "{order}", "Orders, by the state they came into.");

    public static Counter<long> Fills { get; } = _meter.CreateCounter<long>("ballast.fills", "{fill}", "Trades booked.");

    public static Counter<long> Records { get; } = _meter.CreateCounter<long>("ballast.journal.records", "{record}", "Records made durable.");

    public static Histogram<double> Commits { get; } = _meter.CreateHistogram<double>("ballast.journal.commit.duration", "s", "Time until records are durable.");

    /// <summary>Does a piece of work as a span, and measures it.</summary>
    public static T Of<T>(string name, Histogram<double> duration, Func<Activity?, T> work)
    {
        using var span = Source.StartActivity(name);
        var start = Stopwatch.GetTimestamp();
        try
        {
            return work(span);
        }
        catch (Exception fault)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", fault.GetType().FullName);
            throw;
        }
        finally
        {
            duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }
}
