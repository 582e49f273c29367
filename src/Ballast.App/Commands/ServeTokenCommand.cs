using System.CommandLine;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Serving;

namespace Ballast.App.Commands;

/// <summary><c>ballast serve token</c>: tokens for programs that look, and can do no more.</summary>
internal static class ServeTokenCommand
{
    public static Command Create() => new("token",
        """
        Tokens for programs: an assistant at /mcp, a script that reads the API. Whoever has one may look; none can approve, stop or change anything.

        Example:
          ballast serve token add assistant --days 30
        """)
    {
        Add(), List(), Remove(),
    };

    private static Command Add()
    {
        var (name, data) = (Name(), Options.Data());
        var days = new Option<int>("--days") { Description = "how long it works", DefaultValueFactory = _ => 90, HelpName = "N" };
        var command = new Command("add", "Makes a token, or replaces it, and shows it this once.") { name, days, data };
        command.SetAction(parsed =>
        {
            var (who, home) = (parsed.GetRequiredValue(name), DataFolder.Of(parsed.GetValue(data)));
            var span = parsed.GetValue(days) is >= 1 and <= 366 and var d ? d : throw new InvalidInputException("--days: expected 1 to 366");
            var until = SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(span);
            Console.WriteLine($"{home.Tokens().Add(who, until)}\nIt may look until {Json.Iso(until)[..10]}; send it as `Authorization: Bearer TOKEN`. It is kept nowhere else.");
            ServeUsersCommand.Kept(home, $"token add {who}");
            return Outcome.Done;
        });
        return command;
    }

    private static Command List()
    {
        var data = Options.Data();
        var command = new Command("list", "Lists the tokens and until when they work; never a token.") { data };
        command.SetAction(parsed =>
        {
            foreach (var token in DataFolder.Of(parsed.GetValue(data)).Tokens().All) Console.WriteLine($"{token.Name}  until {Json.Iso(token.Until)[..10]}");
            return Outcome.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var (name, data) = (Name(), Options.Data());
        var command = new Command("remove", "Ends a token at once.") { name, data };
        command.SetAction(parsed =>
        {
            var (who, home) = (parsed.GetRequiredValue(name), DataFolder.Of(parsed.GetValue(data)));
            if (!home.Tokens().Remove(who)) throw new InvalidInputException($"there is no token `{who}`");
            ServeUsersCommand.Kept(home, $"token remove {who}");
            Console.WriteLine($"The token {who} works no more.");
            return Outcome.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "for which program" };
}
