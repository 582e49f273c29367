using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.Money;
using NodaTime.Text;

namespace Ballast.Adapters.History;

/// <summary>Where bars come from; a file holds those of one source.</summary>
/// <param name="Server">Another server than the venue's own; null for its own.</param>
/// <param name="From">The first time that was asked for.</param>
public sealed record BarSource(string Venue, string Interval, string? Server, Instant From);

/// <summary>Bars in a CSV that the price reader takes, added to at its end only: what a stop cuts off is cut off whole, and fetching goes on from there.</summary>
public sealed class BarFile : IDisposable
{
    private const string Header = "timestamp,symbol,open,high,low,close,volume";

    private readonly FileStream _file;
    private readonly Dictionary<string, (Instant First, Instant Last, int Count)> _series = new(StringComparer.Ordinal);

    /// <summary>Opens it to be added to, or begins it. What it is made from is kept beside it, in <c>FILE.source.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is another's file, or of another source; it was not touched.</exception>
    public BarFile(string path, BarSource source)
    {
        Check(path, source);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Scan(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The first and the last bar of a symbol and how many there are; null where there is none.</summary>
    public (Instant First, Instant Last, int Count)? Of(string symbol) => _series.TryGetValue(symbol, out var known) ? known : null;

    /// <summary>Adds bars of a symbol; in the hands of the system when this returns.</summary>
    /// <exception cref="InvalidOperationException">One is not later than the one before.</exception>
    public void Add(string symbol, IEnumerable<Bar> bars)
    {
        var text = new StringBuilder();
        foreach (var bar in bars)
        {
            var known = Of(symbol);
            if (known is { } before && bar.At <= before.Last) throw new InvalidOperationException($"a bar of {symbol} at {bar.At} after one at {before.Last}");
            _series[symbol] = (known?.First ?? bar.At, bar.At, (known?.Count ?? 0) + 1);
            text.Append(InstantPattern.ExtendedIso.Format(bar.At)).Append(',').Append(symbol).Append(',').AppendJoin(',', Cell(bar.Open), Cell(bar.High), Cell(bar.Low), Cell(bar.Close), Cell(bar.Volume)).Append('\n');
        }
        _file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private static string Cell(decimal? value) => value is { } number ? Figures.Exact(number) : "";

    private static void Check(string path, BarSource source)
    {
        var (beside, json) = (path + ".source.json", new JsonObject { ["venue"] = source.Venue, ["interval"] = source.Interval, ["server"] = source.Server, ["from"] = source.From.ToString() });
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            WholeFile.Write(Path.GetFullPath(beside), json.ToJsonString() + "\n");
            return;
        }
        var known = File.Exists(beside) ? Parse(beside) : null;
        if (known is null) throw new InvalidDataException($"{path} was not fetched by this program; expected a new file, or one with its {Path.GetFileName(beside)}");
        foreach (var (name, value) in json)
            if (known[name]?.ToString() != value?.ToString()) throw new InvalidDataException($"{path} was fetched with {name} {known[name] ?? "none"}, not {value ?? (JsonNode)"none"}; choose another file");
    }

    private static JsonObject? Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Finds where each symbol ends, and cuts off a line that was not finished.</summary>
    private void Scan(string path)
    {
        var whole = AfterLastLine();
        using (var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8))
        {
            var number = 0;
            for (var line = reader.ReadLine(); line is not null;)
            {
                var next = reader.ReadLine();
                if (next is null && whole < _file.Length) break;
                if (++number == 1 ? line != Header : !Take(line)) throw new InvalidDataException($"{path}:{number}: this is no line of such a file; it was not touched");
                line = next;
            }
        }
        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
        if (whole == 0) _file.Write(Encoding.UTF8.GetBytes(Header + "\n"));
    }

    private long AfterLastLine()
    {
        for (var at = _file.Length - 1; at >= 0; at--)
        {
            _file.Position = at;
            if (_file.ReadByte() == '\n') return at + 1;
        }
        return 0;
    }

    private bool Take(string line)
    {
        if (line.Split(',') is not [var time, var symbol, _, _, _, _, _] || InstantPattern.ExtendedIso.Parse(time) is not { Success: true, Value: var at }) return false;
        if (_series.TryGetValue(symbol, out var known) && at <= known.Last) return false;
        _series[symbol] = (known.Count > 0 ? known.First : at, at, known.Count + 1);
        return true;
    }
}
