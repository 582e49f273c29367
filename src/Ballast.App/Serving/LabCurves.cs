using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Ballast.Adapters.Running;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>What 100 became under each policy of a run and by holding, and how far below its last high it was; thinned to what a picture can show.</summary>
internal sealed class LabCurves(Instant[] closes, int policies)
{
    /// <summary>Points of a curve; fewer where there are thousands of curves, so that they stay some megabytes.</summary>
    private const int Fine = 400, Coarse = 100, Many = 2000;

    /// <summary>So many are asked for at once.</summary>
    public const int AtOnce = 8;

    private readonly int[] _at = Places(closes.Length, policies > Many ? Coarse : Fine);
    private readonly SortedDictionary<int, float[]> _rows = [];
    private float[]? _hold;

    /// <param name="returns">Of each bar after the first.</param>
    public void Add(int place, double[] returns)
    {
        var row = Thin(returns);
        lock (_rows) _rows[place] = row;
    }

    public void Hold(double[]? returns) => _hold = returns is null ? null : Thin(returns);

    public void Write(string folder)
    {
        lock (_rows)
        {
            var head = new JsonObject { ["times"] = Json.Array(_at.Select(t => Json.Time(closes[t]))), ["hold"] = _hold is null ? null : Row(_hold) };
            WholeFile.Write(Path.Combine(folder, "curves.json"), head.ToJsonString());
            using var file = File.Create(Path.Combine(folder, "curves.bin"));
            foreach (var (place, row) in _rows)
            {
                file.Write(BitConverter.GetBytes(place));
                file.Write(MemoryMarshal.AsBytes(row.AsSpan()));
            }
        }
    }

    /// <returns>Null where none were kept.</returns>
    public static JsonObject? Read(string folder, IReadOnlyList<int> places)
    {
        if (!File.Exists(Path.Combine(folder, "curves.json")) || !File.Exists(Path.Combine(folder, "curves.bin"))) return null;
        var json = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "curves.json")))!;
        var found = new Dictionary<int, JsonObject>();
        using var file = new BinaryReader(File.OpenRead(Path.Combine(folder, "curves.bin")));
        for (var row = new float[2 * json["times"]!.AsArray().Count]; file.BaseStream.Position < file.BaseStream.Length;)
        {
            var place = file.ReadInt32();
            file.BaseStream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            if (places.Contains(place)) found[place] = Row(row);
        }
        json["curves"] = Json.Array(places.Where(found.ContainsKey).Select(p => { var curve = found[p]; curve["place"] = p; return curve; }));
        json["note"] = "what 100 became, deposits and withdrawals left out; the fall is the deepest since the point before";
        return json;
    }

    /// <summary>Values, then falls: a fall is the deepest since the point before, so that none is lost.</summary>
    private float[] Thin(double[] returns)
    {
        var (row, value, high, deepest, next) = (new float[2 * _at.Length], 100.0, 100.0, 0.0, 0);
        for (var t = 0; t < closes.Length; t++)
        {
            if (t > 0) value *= 1 + returns[t - 1];
            high = Math.Max(high, value);
            deepest = Math.Min(deepest, value / high - 1);
            if (t != _at[next]) continue;
            (row[next], row[_at.Length + next]) = ((float)value, (float)deepest);
            (next, deepest) = (next + 1, 0);
        }
        return row;
    }

    private static int[] Places(int bars, int most) => bars <= most ? [.. Enumerable.Range(0, bars)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * (bars - 1) / (most - 1)))];

    private static JsonObject Row(float[] row) => new() { ["values"] = Numbers(row.AsSpan(0, row.Length / 2)), ["falls"] = Numbers(row.AsSpan(row.Length / 2)) };

    /// <summary>As many digits as a float has.</summary>
    private static JsonArray Numbers(ReadOnlySpan<float> values)
    {
        var array = new JsonArray();
        foreach (var value in values) array.Add(Json.Estimate(double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
        return array;
    }
}
