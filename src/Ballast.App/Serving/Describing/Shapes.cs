using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ballast.App.Serving.Describing;

/// <summary>
/// The types of the page as JSON Schema: what the page believes and what the API promises is one text. It reads the part of TypeScript that plain data needs;
/// anything else is described as anything.
/// </summary>
internal static partial class Shapes
{
    private static readonly Lazy<JsonObject> _all = new(() => Of(["types.ts", "served.ts"]));

    public static JsonObject All => (JsonObject)_all.Value.DeepClone();

    private static JsonObject Of(string[] files)
    {
        var schemas = new JsonObject();
        foreach (var text in files.Select(Text))
            foreach (Match match in Declaration().Matches(text))
            {
                var tokens = new Tokens(text[match.Index..]);
                var (name, parents) = (match.Groups["name"].Value, match.Groups["parents"].Value);
                tokens.Skip(match.Length);
                var shape = tokens.Union();
                schemas[name] = parents.Length == 0 ? shape : new JsonObject { ["allOf"] = new JsonArray([.. parents.Split(',').Select(p => (JsonNode?)Reference(p.Trim())), shape]) };
            }
        return schemas;
    }

    private static string Text(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("app/" + file) ?? throw new InvalidOperationException($"{file} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return Comment().Replace(reader.ReadToEnd(), "");
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    [GeneratedRegex(@"/\*.*?\*/|(?<!:)//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^export (?:interface (?<name>\w+)(?: extends (?<parents>[\w, ]+?))? (?=\{)|type (?<name>\w+) = )", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\G\s*(?:(?<word>[A-Za-z_$][\w$]*)|'(?<text>[^']*)'|(?<number>-?\d+(?:\.\d+)?)|(?<mark>=>|.))", RegexOptions.Singleline)]
    private static partial Regex Token();

    /// <summary>A type, read from its first word on.</summary>
    private sealed class Tokens(string text)
    {
        private int _at;

        public void Skip(int length) => _at = length;

        public JsonObject Union()
        {
            Take("|");
            var parts = new List<JsonObject> { Many() };
            while (Take("|") || Take("&")) parts.Add(Many());
            if (parts.Count == 1) return parts[0];
            if (parts.All(p => p["const"] is not null || IsNull(p)) && parts.Any(p => p["const"] is not null)) return new() { ["enum"] = new JsonArray([.. parts.Select(p => p["const"]?.DeepClone())]) };
            if (parts.All(p => p.Count == 1 && p["type"] is JsonValue)) return new() { ["type"] = new JsonArray([.. parts.Select(p => p["type"]!.DeepClone())]) };
            return new() { ["anyOf"] = new JsonArray([.. parts]) };
        }

        private JsonObject Many()
        {
            Take("readonly");
            var one = One();
            while (Take("[")) (one, _) = (new() { ["type"] = "array", ["items"] = one }, Take("]"));
            return one;
        }

        private JsonObject One()
        {
            if (Take("{")) return Fields();
            if (Take("(")) { var inner = Union(); Take(")"); return inner; }
            var token = Next();
            if (token.Groups["text"].Success) return new() { ["const"] = token.Groups["text"].Value };
            if (token.Groups["number"].Success) return new() { ["const"] = JsonNode.Parse(token.Groups["number"].Value) };
            return token.Groups["word"].Value switch
            {
                "string" or "boolean" or "number" or "null" => new() { ["type"] = token.Groups["word"].Value },
                "Record" => Taken(() => { Union(); Take(","); return new() { ["type"] = "object", ["additionalProperties"] = Union() }; }),
                "Array" => Taken(() => new() { ["type"] = "array", ["items"] = Union() }),
                "unknown" or "any" or "object" or "" => [],
                var name => Take("<") ? Generic() : Reference(name),
            };
        }

        private JsonObject Fields()
        {
            var (properties, required) = (new JsonObject(), new JsonArray());
            while (!Take("}"))
            {
                if (Take(";") || Take(",") || Take("readonly")) continue;
                var name = Next() is var n && n.Groups["text"].Success ? n.Groups["text"].Value : n.Value.Trim();
                var isOptional = Take("?");
                if (!Take(":")) return []; // An index or a method: no plain data.
                properties[name] = Union();
                if (!isOptional) required.Add(name);
            }
            return new() { ["type"] = "object", ["properties"] = properties, ["required"] = required };
        }

        private JsonObject Taken(Func<JsonObject> inside)
        {
            if (!Take("<")) return [];
            var inner = inside();
            Take(">");
            return inner;
        }

        private JsonObject Generic()
        {
            do Union();
            while (Take(","));
            Take(">");
            return [];
        }

        private static bool IsNull(JsonObject shape) => (shape["type"] as JsonValue)?.ToString() == "null";

        private bool Take(string mark)
        {
            if (Token().Match(text, _at) is not { Success: true } token || token.Value.Trim() != mark) return false;
            _at += token.Length;
            return true;
        }

        private Match Next()
        {
            var token = Token().Match(text, _at);
            _at += token.Length;
            return token;
        }
    }
}
