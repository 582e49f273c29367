using System.CommandLine;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.App.Serving;
using Ballast.App.Serving.People;

namespace Ballast.App.Commands;

/// <summary><c>ballast serve users</c>: who may sign in at the desk with a password and a second factor.</summary>
internal static class ServeUsersCommand
{
    public static Command Create() => new("users",
        """
        The people of the desk. Each has a role (viewer, operator, admin), a password, and an authenticator app as second factor. A change ends their sessions
        at once, also in a desk that runs.

        Example:
          ballast serve users add anna --role admin
        """)
    {
        Add(), List(), Change(), Remove(),
    };

    private static Command Add()
    {
        var (name, role, data) = (Name(), Asked(), Options.Data());
        var command = new Command("add", "Enrols a person, or gives one a new password and a new second factor when both are lost. The password is typed, or piped in.") { name, role, data };
        command.SetAction(parsed =>
        {
            var (who, home) = (Checked(parsed.GetRequiredValue(name)), DataFolder.Of(parsed.GetValue(data)));
            var may = ServeCommand.RoleOf(parsed.GetRequiredValue(role), "--role");
            var password = Passphrase.Ask("Password: ", "nothing came in: the password is piped in as one line");
            if (Password.Fault(password, who) is { } fault) throw new InvalidInputException($"the password is not taken: {fault}");
            if (!Console.IsInputRedirected && Passphrase.Ask("Again: ", "") != password) throw new InvalidInputException("the two are not the same; nothing was changed");
            var enrolled = home.Users().Enrol(who, may, password);
            Kept(home, $"users add {who} {Entrance.Word(may)}");
            Console.WriteLine($"{who} is enrolled as {Entrance.Word(may)}. For the authenticator app, shown this once:\n  {enrolled.Address}\nRecovery codes, each good once in place of the app; keep them on paper:");
            foreach (var code in enrolled.Recovery) Console.WriteLine($"  {code}");
            return Outcome.Done;
        });
        return command;
    }

    private static Command List()
    {
        var (data, json) = (Options.Data(), Options.AsJson());
        var command = new Command("list", "Lists who is enrolled; never a secret.") { data, json };
        command.SetAction(parsed =>
        {
            var users = DataFolder.Of(parsed.GetValue(data)).Users().All.ToArray();
            if (parsed.GetValue(json)) Console.WriteLine(Json.Text(new() { ["users"] = Json.Array(users.Select(u => new System.Text.Json.Nodes.JsonObject { ["name"] = u.Name, ["role"] = Entrance.Word(u.Role), ["recoveryCodes"] = u.Recovery.Length })) }));
            else if (users.Length == 0) Console.WriteLine("Nobody is enrolled: `ballast serve users add NAME --role ROLE`.");
            else foreach (var u in users) Console.WriteLine($"{u.Name}  {Entrance.Word(u.Role)}  {Money.Figures.Count(u.Recovery.Length, "recovery code")} left");
            return Outcome.Done;
        });
        return command;
    }

    private static Command Change()
    {
        var (name, role, data) = (Name(), Asked(), Options.Data());
        var command = new Command("role", "Gives a person another role; their sessions end.") { name, role, data };
        command.SetAction(parsed =>
        {
            var (who, home, may) = (parsed.GetRequiredValue(name), DataFolder.Of(parsed.GetValue(data)), ServeCommand.RoleOf(parsed.GetRequiredValue(role), "--role"));
            if (!home.Users().Change(who, u => u with { Role = may })) throw Unknown(who);
            Kept(home, $"users role {who} {Entrance.Word(may)}");
            Console.WriteLine($"{who} is {Entrance.Word(may)} now, and signs in again.");
            return Outcome.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var (name, data) = (Name(), Options.Data());
        var command = new Command("remove", "Removes a person; their sessions end.") { name, data };
        command.SetAction(parsed =>
        {
            var (who, home) = (parsed.GetRequiredValue(name), DataFolder.Of(parsed.GetValue(data)));
            if (!home.Users().Remove(who)) throw Unknown(who);
            Kept(home, $"users remove {who}");
            Console.WriteLine($"{who} cannot sign in any more.");
            return Outcome.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "who" };

    private static Option<string> Asked() => new("--role") { Description = "viewer, operator or admin", HelpName = "ROLE", Required = true };

    private static string Checked(string name) => name.Length is > 0 and <= 60 && !name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? name : throw new InvalidInputException("a name has 1 to 60 characters, without spaces");

    private static InvalidInputException Unknown(string name) => new($"nobody is enrolled as `{name}`: `ballast serve users list`");

    /// <summary>What is changed from the command line stands in the desk's audit too.</summary>
    internal static void Kept(DataFolder home, string act) => home.Audit().Write(SystemClock.Instance.GetCurrentInstant(), Environment.UserName, null, $"ballast serve {act}", 200, null, null, "");
}
