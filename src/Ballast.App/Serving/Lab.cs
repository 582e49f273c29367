using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files.Policies;
using Ballast.Adapters.Running;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>Back-tests and sweeps that run beside the desk, one after the other; what they came to is kept in the data folder.</summary>
internal sealed class Lab : IDisposable
{
    private const int MostWaiting = 20;

    private readonly ConcurrentDictionary<string, LabRun> _runs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Shelf _shelf;
    private readonly string _folder;
    private readonly Action<string, JsonObject> _tell;
    private readonly CancellationToken _closing;

    public Lab(Shelf shelf, string folder, Action<string, JsonObject> tell, CancellationToken closing)
    {
        (_shelf, _folder, _tell, _closing) = (shelf, folder, tell, closing);
        if (Directory.Exists(folder))
            foreach (var kept in Directory.GetDirectories(folder).Select(LabRun.Kept).OfType<LabRun>()) _runs[kept.Id] = kept;
    }

    public Answer List(Call call) => Answer.Ok(new JsonObject
    {
        ["items"] = Json.Array(_runs.Values.OrderByDescending(r => r.Id, StringComparer.Ordinal).Take(100).Select(r => r.ToJson())), ["next"] = null,
        ["choices"] = new JsonObject
        {
            ["portfolios"] = Json.Array(_shelf.Places().Select(p => new JsonObject { ["id"] = p.Id, ["file"] = Path.GetFileName(p.File), ["prices"] = p.Prices is null ? null : Path.GetFileName(p.Prices) })),
            ["prices"] = Json.Texts(LabRequest.Offered(_shelf).Select(p => Path.GetFileName(p))), ["vary"] = Json.Texts(Variation.Keys),
        },
    });

    public Answer Estimate(Call call)
    {
        var asked = LabRequest.Of(_shelf, call.Body);
        return Answer.Ok(new JsonObject { ["policies"] = asked.Total, ["bars"] = asked.History.Count, ["seconds"] = Json.Estimate(new LabWork(asked).Seconds()) });
    }

    public Answer Start(Call call)
    {
        if (_runs.Values.Count(r => !r.Ended) >= MostWaiting) throw new Problem(429, "TOO_MANY_RUNS", $"{MostWaiting} runs wait already; cancel one.");
        var asked = LabRequest.Of(_shelf, call.Body);
        var run = new LabRun(Path.Combine(_folder, $"{call.Now.ToUnixTimeMilliseconds():d14}-{Guid.NewGuid():n}"[..23]), asked.Asked, asked.Total, call.Who, call.Now, _tell);
        _runs[run.Id] = run;
        run.Keep();
        _ = Task.Run(() => WorkAsync(run, asked), CancellationToken.None);
        return Answer.Told(run.ToJson());
    }

    public Answer One(Call call)
    {
        var json = Find(call).ToJson();
        json["result"] = Find(call).Result();
        return Answer.Ok(json);
    }

    /// <summary>Ends it; what is done stays. Ending what has ended changes nothing.</summary>
    public Answer Cancel(Call call)
    {
        var run = Find(call);
        run.Cancel();
        return Answer.Ok(run.ToJson());
    }

    public Answer Report(Call call) => new(200, null) { Page = Find(call).Page() ?? throw Problem.NotFound("report of that run") };

    /// <summary>The curves of some policies of a run beside holding.</summary>
    public Answer Curves(Call call)
    {
        int[] places = [.. (call.Query("places") ?? "0").Split(',').Select(part => int.TryParse(part, System.Globalization.NumberStyles.None, null, out var place) ? place : throw Problem.Bad($"places: `{part}` is no place of a row.")).Distinct()];
        if (places.Length > LabCurves.AtOnce) throw Problem.Bad($"places: {places.Length} curves at once; at most {LabCurves.AtOnce}.");
        return Answer.Ok(Find(call).Curves(places) ?? throw new Problem(404, "NO_CURVES", "No curves were kept of that run: it was not finished, or is from before they were kept. Run it again."));
    }

    private LabRun Find(Call call) => _runs.TryGetValue(call.Path("run"), out var run) ? run : throw Problem.NotFound("run of that name");

    private async Task WorkAsync(LabRun run, LabRequest asked)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(run.Token, _closing);
        var mine = false;
        try
        {
            await _turn.WaitAsync(ends.Token);
            mine = true;
            run.Begin();
            var (result, page, curves) = new LabWork(asked).Run(run.Report, ends.Token);
            run.End(ends.IsCancellationRequested && run.Done < run.Total ? "cancelled" : "done", result, page, curves, null);
        }
        catch (OperationCanceledException)
        {
            run.End("cancelled", null, null, null, null);
        }
        catch (Exception fault) // Whatever happens, the run says so, and the next has its turn.
        {
            Console.Error.WriteLine($"ballast serve: run {run.Id}: {fault}");
            run.End("failed", null, null, null, fault is IOException or UnauthorizedAccessException ? "The disk did not do what was asked." : "A defect of ours, not of your input; the program's own output says more.");
        }
        finally
        {
            if (mine) _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
