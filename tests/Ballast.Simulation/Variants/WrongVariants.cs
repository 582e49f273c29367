namespace Ballast.Simulation;

/// <summary>Programs that are wrong in one way each. A simulation that does not notice one of them would not notice that fault in the product either.</summary>
internal static class WrongVariants
{
    public static ImmutableArray<Variant> All { get; } =
    [
        .. Drivers, .. Ears, .. Journals, .. Guards,
    ];

    private static Variant[] Drivers =>
    [
        new("send-before-journal", "effects are performed before their records are durable") { ActsFirst = true },
        new("sync-error-ignored", "a failed synchronisation of the disk is taken for a good one") { IgnoresSync = true },
    ];

    private static Variant[] Ears => [];

    private static Variant[] Journals => [];

    private static Variant[] Guards => [];
}
