using Ballast.Adapters.Files.Policies;
using Ballast.Adapters.Files.Yaml;
using Ballast.Planning;

namespace Ballast.Adapters.Files;

/// <summary>Reads the portfolio file: its text becomes a valid policy, or all of its faults with line and column.</summary>
public static class PolicyFile
{
    /// <summary>Portfolios are written by people: more is a mistake, or worse.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxLine = 10_000;

    /// <summary>Reads the file at a path. A file that is not there is a fault like any other.</summary>
    public static Reading<Policy> Load(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists) return Whole(path, "FILE_NOT_FOUND", "there is no such file", "");
        return info.Length > MaxLength ? TooLarge(path) : Read(path, File.ReadAllText(path));
    }

    /// <summary>Reads a text; <paramref name="path"/> only names it in faults.</summary>
    public static Reading<Policy> Read(string path, string text)
    {
        if (text.Length > MaxLength) return TooLarge(path);
        var source = new YamlText(path, text);
        var faults = new PlacedFaults(source);
        if (Characters(source, faults) && YamlReader.Read(source, faults) is { } root && faults.Count == 0)
            return Resolve(root, faults);
        if (faults.Count == 0) return Whole(path, "EMPTY", "the file is empty", "expected a portfolio; `ballast init` writes an example");
        return Reading.Failed<Policy>(faults.Faults);
    }

    private static Reading<Policy> Resolve(YamlNode root, PlacedFaults faults)
    {
        var policy = new PolicyReader(faults).Read(root);
        if (policy is null && faults.Count == 0) throw new InvalidOperationException("a portfolio was not read, and no fault says why");
        return new(faults.Count == 0 ? policy : null, faults.Faults) { Warnings = faults.Warnings };
    }

    /// <summary>What no YAML text holds, and what scanners take for line ends of their own.</summary>
    private static bool Characters(YamlText source, PlacedFaults faults)
    {
        for (var line = 1; line <= source.Lines; line++)
        {
            var text = source.Line(line);
            if (text.Length > MaxLine)
            {
                faults.Add(new Place(line, 1, 1), "LINE_TOO_LONG", $"the line has {text.Length} characters", $"expected at most {MaxLine}");
                return false;
            }
            for (var i = 0; i < text.Length; i++)
                if (text[i] != '\t' && (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'))
                    faults.Add(new Place(line, i + 1, 1), "CONTROL_CHARACTER", $"the character U+{(int)text[i]:X4} stands here", "expected text");
        }
        return faults.Count == 0;
    }

    private static Reading<Policy> TooLarge(string path) => Whole(path, "FILE_TOO_LARGE", "the file is larger than 1 MiB", "expected a portfolio");

    private static Reading<Policy> Whole(string path, string code, string what, string expected) =>
        Reading.Failed<Policy>([new Fault(path, 1, 1, 1, code, what, expected, "")]);
}
