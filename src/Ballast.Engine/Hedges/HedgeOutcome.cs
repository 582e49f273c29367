namespace Ballast.Engine.Hedges;

/// <summary>What hedging one position from opening to settlement by one rule came to; amounts are in the numeraire but where they say otherwise.</summary>
/// <param name="Cost">Of the trades between opening and settlement: fees and spread.</param>
/// <param name="Ends">Of putting the hedge on and of taking it off.</param>
/// <param name="Mismatch">∫(D − D*) dS: what was gained because delta was not at its target; gamma and theta are no part of it.</param>
/// <param name="Squares">Σ((D − D*) ΔS)²: the variance of the mismatch, as far as one path shows it.</param>
/// <param name="Trades">Between opening and settlement.</param>
/// <param name="Running">The cost that was forecast look by look, each by what was known then: gamma, how the price moved, and where delta was in its band.</param>
/// <param name="Usual">The same without where delta was: what such a band costs on average.</param>
/// <param name="Funding">Paid.</param>
/// <param name="ProfitMoney">All that was gained, counted in money at the settlement's index.</param>
/// <param name="ProfitCoin">The same in coin.</param>
public sealed record HedgeOutcome(
    double Cost, double Ends, double Mismatch, double Squares, int Trades, double Running, double Usual, double Funding, double ProfitMoney, double ProfitCoin);
