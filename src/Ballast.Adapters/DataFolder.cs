namespace Ballast.Adapters;

/// <summary>Where Ballast keeps what must last: journals, paper accounts, the vault, downloaded history, the kill switch.</summary>
public sealed class DataFolder(string path)
{
    /// <summary>The folder asked for, else <c>BALLAST_HOME</c>, else the platform's folder for application data.</summary>
    public static DataFolder Of(string? asked) => new(Path.GetFullPath(
        asked ?? Environment.GetEnvironmentVariable("BALLAST_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ballast")));

    public string Root => path;

    public string Vault => Path.Combine(path, "vault.json");

    public string History => Path.Combine(path, "history");

    /// <summary>While this file is there, nothing trades.</summary>
    public string KillSwitch => Path.Combine(path, "KILL");

    public PortfolioFolder Portfolio(string name) => new(Path.Combine(path, "portfolios", Safe(name)));

    /// <summary>A name as a folder's name: letters, digits, dashes; anything else as its code.</summary>
    private static string Safe(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : $"~{(int)c:x}"));
}

/// <summary>What lasts of one portfolio.</summary>
public sealed class PortfolioFolder(string path)
{
    public string Root => path;

    /// <summary>The journal of what was done for real, or of a paper account.</summary>
    public string Journal(bool paper) => Path.Combine(path, paper ? "paper-journal" : "journal");

    /// <summary>The journal of the last history that was run through the live path.</summary>
    public string Replay => Path.Combine(path, "replay");

    /// <summary>The books of a paper account.</summary>
    public string PaperAccount(string account) => Path.Combine(path, $"paper-{account}.json");

    /// <summary>What a running loop says of itself.</summary>
    public string Status => Path.Combine(path, "status.json");

    /// <summary>What a running loop is told.</summary>
    public string Inbox => Path.Combine(path, "inbox");

    /// <summary>What people were told, so that a restart tells nothing twice.</summary>
    public string Alerts => Path.Combine(path, "alerts.json");

    /// <summary>What the kill switch did at each venue.</summary>
    public string KillReport => Path.Combine(path, "kill-report.json");
}
