using System.Text.Json.Nodes;

namespace Ballast.App.Serving;

/// <summary>A request that is not done, as the problem details of RFC 9457: a status, a stable code, and a sentence that says what to do.</summary>
internal sealed class Problem(int status, string code, string detail, JsonNode? faults = null) : Exception(detail)
{
    public int Status => status;

    public string Code => code;

    public JsonObject ToJson(string trace) => new()
    {
        ["type"] = $"urn:ballast:{code.ToLowerInvariant().Replace('_', '-')}",
        ["title"] = Title(status),
        ["status"] = status,
        ["detail"] = Message,
        ["code"] = code,
        ["traceId"] = trace,
        ["faults"] = faults?.DeepClone() ?? new JsonArray(),
    };

    public static Problem NotFound(string what) => new(404, "NOT_FOUND", $"There is no {what}.");

    public static Problem Bad(string detail) => new(400, "BAD_REQUEST", detail);

    /// <summary>What a bare status means, where nobody said more.</summary>
    public static Problem Of(int status) => new(status, Title(status).ToUpperInvariant().Replace(' ', '_'), $"{Title(status)}.");

    private static string Title(int status) => status switch
    {
        400 => "Bad request",
        401 => "Signed out",
        403 => "Not allowed",
        404 => "Not found",
        405 => "No such act",
        409 => "Not as it was",
        410 => "Too late",
        413 => "Too large",
        415 => "Not JSON",
        421 => "Wrong host",
        422 => "Refused",
        429 => "Too often",
        500 => "A defect of ours",
        503 => "Not ready",
        _ => "Failed",
    };
}
