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
