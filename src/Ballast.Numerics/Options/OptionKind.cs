namespace Ballast.Numerics.Options;

/// <summary>The right that a European option gives: to buy or to sell at the strike.</summary>
public enum OptionKind { Call, Put }
