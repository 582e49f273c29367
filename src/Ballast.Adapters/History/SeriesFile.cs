using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.Money;
using NodaTime.Text;

namespace Ballast.Adapters.History;

/// <summary>Rows over time in a CSV that begins with <c>timestamp,symbol</c>, added to at its end only: what a stop cuts off is cut off whole, and fetching goes on from there.</summary>
public abstract class SeriesFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path, _header;
    private readonly int _columns;
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>Opens it to be added to, or begins it. What it is made from is kept beside it, in <c>FILE.source.json</c>.</summary>
    /// <exception cref="InvalidDataException">It is another's file, or of another source; it was not touched.</exception>
    protected SeriesFile(string path, string header, JsonObject source)
    {
        (_path, _header, _columns) = (path, header, header.Split(',').Length);
        Check(path, source);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Scan();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public IEnumerable<string> Symbols => _series.Keys;

    /// <summary>The first and the last row of a symbol and how many there are; null where there is none.</summary>
    public Series? Of(string symbol) => _series.GetValueOrDefault(symbol);

    public void Dispose()
    {
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds rows, all or, where the disk refuses them, none; in the hands of the system when this returns.</summary>
    /// <exception cref="InvalidOperationException">One is not later than the one before of its symbol.</exception>
    protected void Append(IEnumerable<(Instant At, string Symbol, string Cells)> rows)
    {
        var (text, end) = (new StringBuilder(), _file.Length);
        foreach (var (at, symbol, cells) in rows)
        {
            if (!Take(at, symbol)) throw new InvalidOperationException($"a row of {symbol} at {at} after one at {Of(symbol)!.Last}");
            text.Append(InstantPattern.ExtendedIso.Format(at)).Append(',').Append(symbol).Append(',').Append(cells).Append('\n');
        }
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            _file.Flush();
        }
        catch (IOException)
        {
            _file.SetLength(end);
            throw;
        }
    }

    protected static string Cell(decimal? value) => value is { } number ? Figures.Exact(number) : "";

    private static void Check(string path, JsonObject source)
    {
        var beside = path + ".source.json";
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            WholeFile.Write(Path.GetFullPath(beside), source.ToJsonString() + "\n");
            return;
        }
        var known = File.Exists(beside) ? Parse(beside) : null;
        if (known is null) throw new InvalidDataException($"{path} was not fetched by this program; expected a new file, or one with its {Path.GetFileName(beside)}");
        foreach (var (name, value) in source)
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
    private void Scan()
    {
        var whole = AfterLastLine();
        using (var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.UTF8))
        {
            var number = 0;
            for (var line = reader.ReadLine(); line is not null;)
            {
                var next = reader.ReadLine();
                if (next is null && whole < _file.Length) break;
                if (++number == 1 ? line != _header : !Take(line)) throw new InvalidDataException($"{_path}:{number}: this is no line of such a file; it was not touched");
                line = next;
            }
        }
        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
        if (whole == 0) _file.Write(Encoding.UTF8.GetBytes(_header + "\n"));
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

    private bool Take(string line) =>
        line.Split(',') is [var time, var symbol, ..] cells && cells.Length == _columns && InstantPattern.ExtendedIso.Parse(time) is { Success: true, Value: var at } && Take(at, symbol);

    private bool Take(Instant at, string symbol)
    {
        var known = Of(symbol);
        if (known is not null && at <= known.Last) return false;
        _series[symbol] = known is null ? new Series(at, at, 1, null, 0) : known.And(at);
        return true;
    }
}

/// <summary>What is known of one symbol's rows.</summary>
/// <param name="Step">The shortest time between two rows; null before there are two.</param>
/// <param name="Gaps">How often more than that lies between two rows, as far as it was known when they came.</param>
public sealed record Series(Instant First, Instant Last, int Count, Duration? Step, int Gaps)
{
    internal Series And(Instant at)
    {
        var step = at - Last;
        return this with { Last = at, Count = Count + 1, Step = Step is { } known && known <= step ? known : step, Gaps = Step is { } usual && step > usual * 1.5 ? Gaps + 1 : Gaps };
    }
}
