using System.CommandLine;
using Ballast.Adapters;
using Ballast.Adapters.Backups;
using Ballast.App.Output;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary><c>ballast backup</c> and <c>ballast restore</c>: the whole state in one file, and back.</summary>
internal static class BackupCommand
{
    public static Command Backup()
    {
        var (file, data) = (new Argument<string>("file") { Description = "the file to write" }, Options.Data());
        var command = new Command("backup",
            """
            Writes journals, paper accounts, the vault (encrypted, as it is) and downloaded history into one file. A loop may go on meanwhile.

            Example:
              ballast backup ballast.tar.gz
            """) { file, data };
        command.SetAction(parsed =>
        {
            var folder = DataFolder.Of(parsed.GetValue(data));
            if (!Directory.Exists(folder.Root)) throw new InvalidInputException($"there is nothing to save: {folder.Root} does not exist");
            var manifest = Adapters.Backups.Backup.Make(folder, parsed.GetRequiredValue(file), SystemClock.Instance.GetCurrentInstant());
            Console.WriteLine($"{parsed.GetRequiredValue(file)}: {Figures.Count(manifest.Files.Count, "file")} of {folder.Root}. Keep it where this machine's disk does not matter; `ballast restore` brings it back.");
            return Outcome.Done;
        });
        return command;
    }

    public static Command Restore()
    {
        var (file, data) = (new Argument<string>("file") { Description = "a backup" }, Options.Data());
        var command = new Command("restore",
            """
            Puts a backup into an empty data folder, once every file and every journal in it is proven whole. Nothing trades until you have looked at the
            accounts: the kill switch is set, each loop stands still when it first starts, and `ballast unkill` releases them; a plan that was under way is not gone
            on with, for its orders since the backup are not in it.

            Example:
              ballast restore ballast.tar.gz --data restored
            """) { file, data };
        command.SetAction(parsed =>
        {
            var (path, folder) = (parsed.GetRequiredValue(file), DataFolder.Of(parsed.GetValue(data)));
            if (!File.Exists(path)) throw new InvalidInputException($"there is no {path}");
            try
            {
                var manifest = Adapters.Backups.Backup.Restore(path, folder);
                Console.WriteLine($"{folder.Root}: {Figures.Count(manifest.Files.Count, "file")} as of {manifest.Made}, every one proven. Nothing trades there until you have looked at the accounts: `ballast unkill`.");
                return Outcome.Done;
            }
            catch (InvalidDataException fault)
            {
                Console.Error.WriteLine(Words.Sentence(fault.Message));
                return Outcome.Refused;
            }
        });
        return command;
    }
}
