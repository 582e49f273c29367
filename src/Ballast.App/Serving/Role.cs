namespace Ballast.App.Serving;

/// <summary>What a person at the desk may do; each may do what those before it may.</summary>
internal enum Role
{
    /// <summary>Look, and ask what would be.</summary>
    Viewer,

    /// <summary>Approve, decline, stop.</summary>
    Operator,

    /// <summary>Let trading go on, invite, write portfolios.</summary>
    Admin,
}

/// <summary>Roles as people write them.</summary>
internal static class Roles
{
    /// <summary>One of the three words and nothing else: the platform's own reader takes numbers and lists of them too.</summary>
    public static Role? Find(string? text) => text?.ToLowerInvariant() switch { "viewer" => Role.Viewer, "operator" => Role.Operator, "admin" => Role.Admin, _ => null };
}
