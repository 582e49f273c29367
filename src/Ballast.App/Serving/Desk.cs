using Ballast.Adapters;

namespace Ballast.App.Serving;

/// <summary>What the desk is made of, wired.</summary>
internal sealed class Desk
{
    public Desk(Shelf shelf, DataFolder data, int port, CancellationToken closing)
    {
        (Port, Started) = (port, SystemClock.Instance.GetCurrentInstant());
        (Portfolios, Loops, Journals) = (new(shelf), new(data), new());
        Acts = new(Loops, Journals);
        (Starting, Book) = (new(shelf), new(new Books(shelf)));
        Audit = new(Path.Combine(data.Root, "desk", "audit.jsonl"));
        Once = new(Path.Combine(data.Root, "desk", "keys"));
        Once.Forget(Started);
        Events = new(Portfolios, Loops, closing);
        Lab = new(shelf, Path.Combine(data.Root, "desk", "runs"), Events.Tell, closing);
    }

    public int Port { get; }

    public Instant Started { get; }

    public Portfolios Portfolios { get; }

    public Loops Loops { get; }

    public JournalView Journals { get; }

    public Acts Acts { get; }

    public Starting Starting { get; }

    public BookView Book { get; }

    public Lab Lab { get; }

    public Sessions Sessions { get; } = new();

    public Audit Audit { get; }

    public Once Once { get; }

    public Events Events { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    public string LinkFor(string name, Role role) => $"{Address}/enter?token={Sessions.Invite(name, role, SystemClock.Instance.GetCurrentInstant())}";
}
