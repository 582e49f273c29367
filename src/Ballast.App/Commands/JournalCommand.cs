using System.CommandLine;

namespace Ballast.App.Commands;

/// <summary><c>ballast journal</c>: the record of everything that was decided and done.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal",
        """
        Reads the record of everything that was decided and done: proves it whole, tells it as a story, writes it for book-keeping.

        Examples:
          ballast journal verify core.yaml
          ballast journal show core.yaml --last 20
          ballast journal export core.yaml --to ledger --out books.ledger
        """) { JournalVerify.Create(), JournalShow.Create(), JournalExport.Create() };
}
