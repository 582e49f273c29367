using Ballast.Adapters;
using Ballast.App.Serving.People;

namespace Ballast.App.Serving;

/// <summary>What the desk is made of, wired.</summary>
internal sealed class Desk
{
    public Desk(Shelf shelf, DataFolder data, Listening listening, SessionLimits limits, Uri? exchange, CancellationToken closing)
    {
        (Listening, Started) = (listening, SystemClock.Instance.GetCurrentInstant());
        (Portfolios, Loops, Journals) = (new(shelf), new(data), new());
        (Acts, Paper) = (new(Loops, Journals), new(Loops, exchange));
        (Starting, Book) = (new(shelf), new(new Books(shelf)));
        Overview = new(Portfolios, Loops, Book.Books);
        (Users, Tokens, Audit) = (data.Users(), data.Tokens(), data.Audit());
        (Sessions, SignIn) = (new(Users, limits), new(Users));
        Entrance = new(listening, Sessions, Tokens);
        Once = new(Path.Combine(data.Root, "desk", "keys"));
        Once.Forget(Started);
        Events = new(Portfolios, Loops, closing);
        Lab = new(shelf, Path.Combine(data.Root, "desk", "runs"), Events.Tell, closing);
    }

    public Listening Listening { get; }

    public Instant Started { get; }

    public Portfolios Portfolios { get; }

    public Overview Overview { get; }

    public Loops Loops { get; }

    public JournalView Journals { get; }

    public Acts Acts { get; }

    public PaperLoops Paper { get; }

    public Starting Starting { get; }

    public BookView Book { get; }

    public Lab Lab { get; }

    public Users Users { get; }

    public Tokens Tokens { get; }

    public SignIn SignIn { get; }

    public Sessions Sessions { get; }

    public Entrance Entrance { get; }

    public Audit Audit { get; }

    public Once Once { get; }

    public Events Events { get; }

    public string LinkFor(string name, Role role) => $"{Listening.Url}/enter?token={Sessions.Invite(name, role, SystemClock.Instance.GetCurrentInstant())}";
}

/// <summary>Where the desk keeps what must last.</summary>
internal static class DeskFiles
{
    public static Users Users(this DataFolder data) => new(Path.Combine(data.Root, "desk", "users.json"));

    public static Tokens Tokens(this DataFolder data) => new(Path.Combine(data.Root, "desk", "tokens.json"));

    public static Audit Audit(this DataFolder data) => new(Path.Combine(data.Root, "desk", "audit.jsonl"));
}
