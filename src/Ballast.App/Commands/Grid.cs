using System.Globalization;
using Ballast.Adapters.Files.Policies;
using Ballast.Engine.Sweeps;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>The policies of a sweep: every combination of the varied values.</summary>
internal sealed record Grid(ImmutableArray<string> Keys, IReadOnlyList<SweepPolicy> Policies)
{
    /// <summary>More runs than this are a mistake in a range.</summary>
    private const int Most = 1_000_000;

    /// <param name="policy">The policy to vary.</param>
    /// <param name="wishes">KEY=LIST, in the order in which the columns will stand.</param>
    public static Grid Of(Policy policy, IReadOnlyList<string> wishes)
    {
        IReadOnlyList<SweepPolicy> policies = [new SweepPolicy([], policy)];
        var keys = ImmutableArray.CreateBuilder<string>();
        foreach (var wish in wishes)
        {
            if (wish.Split('=', 2) is not [var key, { Length: > 0 } list]) throw new InvalidInputException($"--vary {wish}: expected KEY=LIST, such as drift=1%..10%:1%");
            if (keys.Contains(key)) throw new InvalidInputException($"--vary {wish}: {key} is varied twice");
            var values = list.Split(',').SelectMany(part => Values(wish, part.Trim())).ToArray();
            if ((long)policies.Count * values.Length > Most) throw new InvalidInputException($"--vary {wish}: that makes more than {Most} runs");
            keys.Add(key);
            policies = [.. policies.SelectMany(p => values.Select(v => new SweepPolicy(p.Values.Add(v), Changed(p.Policy, key, v, wish))))];
        }
        return new Grid(keys.ToImmutable(), policies);
    }

    private static Policy Changed(Policy policy, string key, string value, string wish)
    {
        var (changed, fault) = Variation.Of(policy, key, value);
        return changed ?? throw new InvalidInputException($"--vary {wish}: {fault}");
    }

    /// <summary><c>1%..10%:0.5%</c> with any unit behind the numbers, or one value.</summary>
    private static IEnumerable<string> Values(string wish, string part)
    {
        if (part.Split("..") is not [var from, var rest]) return [part];
        if (rest.Split(':') is not [var to, var step]) throw new InvalidInputException($"--vary {wish}: a range needs a step, such as 1%..10%:0.5%");
        var ((low, unit), (high, _), (by, _)) = (Number(wish, from), Number(wish, to), Number(wish, step));
        if (by <= 0 || high < low || (high - low) / by > Most) throw new InvalidInputException($"--vary {wish}: from {from} to {to} by {step} is no range");
        return Enumerable.Range(0, (int)((high - low) / by) + 1).Select(k => (low + k * by).ToString(CultureInfo.InvariantCulture) + unit);
    }

    private static (decimal Number, string Unit) Number(string wish, string text)
    {
        var end = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        return decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (number, text[end..]) : throw new InvalidInputException($"--vary {wish}: `{text}` does not begin with a number");
    }
}
