using Ballast.Adapters;
using Ballast.Adapters.Secrets;

namespace Ballast.App.Running;

/// <summary>Where secrets are typed or found: never on the command line.</summary>
internal static class Passphrase
{
    /// <summary>The vault of a data folder, opened with what <c>BALLAST_PASSPHRASE_FILE</c>, <c>BALLAST_PASSPHRASE</c> or the person says.</summary>
    public static Vault Open(DataFolder data) => Vault.Open(data.Vault, Of("Passphrase of the vault: "));

    /// <summary>The vault, opened when it is first needed and asked for once; null where there is none.</summary>
    public static Lazy<Vault?> WhenNeeded(DataFolder data) => new(() => File.Exists(data.Vault) ? Open(data) : null);

    public static string Of(string question)
    {
        if (Environment.GetEnvironmentVariable("BALLAST_PASSPHRASE_FILE") is { Length: > 0 } file) return File.ReadAllText(file).TrimEnd('\r', '\n');
        if (Environment.GetEnvironmentVariable("BALLAST_PASSPHRASE") is { Length: > 0 } text) return text;
        return Ask(question, "the vault's passphrase is asked for on a terminal; without one, put it into the file that BALLAST_PASSPHRASE_FILE names");
    }

    /// <summary>Reads a line that is not shown; from a pipe, the next line of it.</summary>
    public static string Ask(string question, string otherwise)
    {
        if (Console.IsInputRedirected) return Console.In.ReadLine() is { Length: > 0 } line ? line : throw new InvalidInputException(otherwise);
        Console.Error.Write(question);
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else typed.Append(key.KeyChar);
        Console.Error.WriteLine();
        return typed.Length > 0 ? typed.ToString() : throw new InvalidInputException("nothing was typed; nothing was changed");
    }
}
