using Ballast.Money;

namespace Ballast.Market;

/// <summary>One observed price and when it was observed. <see cref="Carried"/> says that it is an older one standing in for a gap: good enough to value, not to trade.</summary>
public readonly record struct Quote(Price Price, Instant At, bool Carried = false);
