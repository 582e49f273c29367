using System.Text;

namespace Ballast.Simulation;

/// <summary>I14: the key that signs requests appears in no record and in no message.</summary>
internal sealed class NoSecrets(Simulated world) : Invariant(world, "I14")
{
    public const string Canary = "canary-7f3a9c";

    public override void Performed(Effect effect)
    {
        if (effect is Effect.Tell tell && tell.Text.Contains(Canary, StringComparison.Ordinal)) Broken("a message tells the key");
    }

    public override void Durable(JournalRecord record)
    {
        var reason = record switch
        {
            JournalRecord.OrderMoved moved => moved.Reason,
            JournalRecord.PlanMoved moved => moved.Reason,
            JournalRecord.Mismatched mismatched => mismatched.Reason,
            _ => null,
        };
        if (reason is not null && reason.Contains(Canary, StringComparison.Ordinal)) Broken("the journal tells the key");
    }

    public override void AtEnd()
    {
        if (World.Disk.Contains(Encoding.UTF8.GetBytes(Canary))) Broken("the disk has the key");
    }
}
