using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>One back-test or sweep of the desk: how far it is, and what it came to.</summary>
internal sealed class LabRun(string folder, JsonObject asked, int total, string by, Instant created, Action<string, JsonObject> tell) : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _cancel = new();
    private readonly Lock _gate = new();
    private string _state = "queued";
    private string? _trouble;
    private long _start, _told;
    private double? _seconds;

    public string Id => Path.GetFileName(folder);

    public int Done { get; private set; }

    public int Total => total;

    public bool Ended => _state is not ("queued" or "running");

    public CancellationToken Token => _cancel.Token;

    /// <summary>A run of before, as its folder has it; null where there is none. What ran when the desk ended was cut off.</summary>
    public static LabRun? Kept(string folder)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "run.json")))!;
            var created = Commands.Options.Time((string)json["created"]!, "created")!.Value;
            return new LabRun(folder, (JsonObject)json["asked"]!.DeepClone(), (int)json["total"]!, (string)json["by"]!, created, (_, _) => { })
            {
                _state = (string)json["state"]! is "queued" or "running" ? "cancelled" : (string)json["state"]!, Done = (int)json["done"]!, _seconds = (double?)json["seconds"], _trouble = (string?)json["trouble"],
            };
        }
        catch (Exception fault) when (fault is IOException or JsonException or NullReferenceException or InvalidOperationException or InvalidInputException or ArgumentNullException)
        {
            return null;
        }
    }

    public JsonObject ToJson()
    {
        lock (_gate)
            return new()
            {
                ["id"] = Id, ["asked"] = asked.DeepClone(), ["by"] = by, ["created"] = Json.Time(created), ["state"] = _state, ["done"] = Done, ["total"] = total,
                ["seconds"] = Json.Estimate(_seconds ?? (_start == 0 ? null : Stopwatch.GetElapsedTime(_start).TotalSeconds)), ["trouble"] = _trouble, ["report"] = Ended && File.Exists(Path.Combine(folder, "report.html")),
            };
    }

    public JsonNode? Result() => Path.Combine(folder, "result.json") is var path && File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;

    public string? Page() => Path.Combine(folder, "report.html") is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    public JsonObject? Curves(IReadOnlyList<int> places) => LabCurves.Read(folder, places);

    public void Cancel() => _cancel.Cancel();

    public void Begin()
    {
        (_state, _start) = ("running", Stopwatch.GetTimestamp());
        Say();
    }

    /// <summary>So many are finished; pages hear it twice a second.</summary>
    public void Report(int done)
    {
        lock (_gate)
        {
            Done = Math.Max(Done, done);
            if (Stopwatch.GetElapsedTime(_told) < Between) return;
            _told = Stopwatch.GetTimestamp();
        }
        tell("run", ToJson());
    }

    public void End(string state, JsonObject? result, string? page, LabCurves? curves, string? trouble)
    {
        if (result is not null) WholeFile.Write(Path.Combine(folder, "result.json"), result.ToJsonString());
        if (page is not null) WholeFile.Write(Path.Combine(folder, "report.html"), page);
        curves?.Write(folder);
        lock (_gate) (_seconds, _trouble, _state) = (_start == 0 ? 0 : Stopwatch.GetElapsedTime(_start).TotalSeconds, trouble, state);
        Say();
    }

    public void Keep() => WholeFile.Write(Path.Combine(folder, "run.json"), ToJson().ToJsonString());

    private void Say()
    {
        Keep();
        tell("run", ToJson());
    }

    public void Dispose() => _cancel.Dispose();
}
