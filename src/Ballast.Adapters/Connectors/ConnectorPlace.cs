namespace Ballast.Adapters.Connectors;

/// <summary>Where the connector lies and what runs it.</summary>
/// <param name="Script">The built connector, one file.</param>
/// <param name="Node">The program that runs it.</param>
public sealed record ConnectorPlace(string Script, string Node)
{
    /// <summary>Beside the executable, or where <c>BALLAST_CONNECTOR</c> says; run by the <c>node</c> on the path, or by <c>BALLAST_NODE</c>.</summary>
    /// <exception cref="Engine.Ports.VenueException">It is not there.</exception>
    public static ConnectorPlace Find()
    {
        var script = Environment.GetEnvironmentVariable("BALLAST_CONNECTOR") is { Length: > 0 } chosen ? chosen : Path.Combine(AppContext.BaseDirectory, "connector", "connector.mjs");
        if (!File.Exists(script)) throw new Engine.Ports.VenueException($"the connector is not at {script}: build the program again, with Node.js 20.19 or later and its npm installed");
        var node = Environment.GetEnvironmentVariable("BALLAST_NODE") is { Length: > 0 } named ? named : OnPath("node");
        return new(script, node ?? throw new Engine.Ports.VenueException("Node.js 20.19 or later runs the connector, and it is not on the path: install it (from nodejs.org, or your system's packages)"));
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(dir => (string[])[Path.Combine(dir, program), Path.Combine(dir, program + ".exe")])
            .FirstOrDefault(File.Exists);
}
