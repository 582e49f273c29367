using Ballast.Derivatives;
using Ballast.Money;

namespace Ballast.Triggers;

/// <summary>Fires when a book's delta, gamma or vega is further from where the outlook wants it than is allowed.</summary>
/// <param name="Over">How far above the outlook's range, in coins or money.</param>
/// <param name="Under">How far below.</param>
public sealed record GreekDrift(Greek Of, Amount Over, Amount Under, int Confirm) : ITrigger
{
    public string Words =>
        $"{Name} is more than {(Over == Under ? $"{Over} from its outlook" : $"{Over} above or {Under} below its outlook")}{(Confirm > 1 ? $" at {Confirm} looks in a row" : "")}";

    public TriggerResult Check(Look look)
    {
        if (look.Account is not { } account) return TriggerResult.Unknown($"{Name} is not known: no book was given");
        if (account.LevelOf(Of) is not { } level) return TriggerResult.Unknown($"the outlook leaves {Name} free, so that it has no distance");
        var allowed = account.Convert(level.Distance >= 0 ? Over : Under, level.Unit);
        var outside = Math.Abs(level.Distance) > allowed + 1e-12;
        var times = !outside || Confirm <= 1 ? 1 : look.Memory.Breaches.GetValueOrDefault(Words) + 1;
        return outside && times >= Confirm
            ? TriggerResult.Yes(new(() => $"{Name} {Say(level.Value, level)} is {Say(Math.Abs(level.Distance), level)} outside of {Range(level)}, more than the {Say(allowed, level)} allowed"), Math.Abs(level.Distance) / allowed)
            : TriggerResult.No(new(() => $"{Name} is {Say(level.Value, level)}, {Range(level)} wanted"),
                new(() => outside ? $"outside now; to be confirmed by {Figures.Count(Confirm - times, "more look")}" : $"{Say(allowed - Math.Abs(level.Distance), level)} to go"), Math.Abs(level.Distance) / allowed) with { Outside = outside };
    }

    private string Name => Of.ToString().ToLowerInvariant();

    private static string Range(Level level) => level.Low == level.High ? Say(level.Low, level) : $"{Say(level.Low, level)} to {Say(level.High, level)}";

    private static string Say(double value, Level level) => $"{Figures.Number(value, Math.Abs(value) < 100 ? 4 : 0)} {level.Unit}";
}
