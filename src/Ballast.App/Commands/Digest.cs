using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ballast.Engine.Backtests;

namespace Ballast.App.Commands;

/// <summary>Short proofs that two results, or two inputs, are the same.</summary>
internal static class Digest
{
    /// <summary>SHA-256 of the equity curve, bit for bit, and of every rebalance.</summary>
    public static string Of(BacktestResult run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(run.Equity.AsSpan()));
        foreach (var r in run.Rebalances) hash.AppendData(BitConverter.GetBytes(r.Bar));
        foreach (var f in run.Fills) hash.AppendData(Encoding.UTF8.GetBytes($"{f.Bar},{f.Side},{f.Asset},{f.Quantity},{f.Price},{f.Cost}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 of a file; of a folder, of its files in the order of their names.</summary>
    public static string OfPath(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> files = Directory.Exists(path) ? Directory.GetFiles(path).Order(StringComparer.Ordinal) : [path];
        foreach (var file in files) hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Short(string digest) => $"{digest[..4]}…{digest[^4..]}";
}
