namespace Ballast.Triggers;

/// <summary>Rules within rules.</summary>
public static class Parts
{
    /// <summary>A rule and all that stand in it, excluded ones too, from the outside in.</summary>
    public static IEnumerable<ITrigger> WithParts(this ITrigger rule) => rule switch
    {
        AllOf all => all.Rules.Concat(all.Nots).SelectMany(WithParts).Prepend(rule),
        AnyOf any => any.Rules.SelectMany(WithParts).Prepend(rule),
        _ => [rule],
    };
}
