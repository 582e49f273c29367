using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Ballast.App.Serving.Mcp;

/// <summary><c>/mcp</c> of the desk: for who may look, by the session of a browser or by a program's token.</summary>
internal sealed class McpDoor(Entrance entrance, McpDesk mcp)
{
    public async Task PostAsync(HttpContext http)
    {
        entrance.Allow(http, Role.Viewer, isUnsafe: true);
        if (!http.Request.HasJsonContentType()) throw new Problem(415, "NOT_JSON", "Expected Content-Type: application/json.");
        JsonRpcMessage message;
        try
        {
            message = await JsonSerializer.DeserializeAsync<JsonRpcMessage>(http.Request.Body, McpJsonUtilities.DefaultOptions, http.RequestAborted) ?? throw Problem.Bad("Expected a JSON-RPC message.");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw Problem.Bad("The body is no JSON-RPC message.");
        }
        http.Response.ContentType = "text/event-stream";
        if (await mcp.PostAsync(message, http.Response.Body, http.RequestAborted) || http.Response.HasStarted) return;
        http.Response.ContentType = null;
        http.Response.StatusCode = 202;
    }

    /// <summary>The desk sends nothing of its own accord, so there is no stream to open (and none is asked for by the protocol).</summary>
    public static Task NoStream(HttpContext http)
    {
        http.Response.Headers.Allow = "POST";
        throw new Problem(405, "METHOD_NOT_ALLOWED", "POST one message; the desk sends nothing of its own accord.");
    }
}
