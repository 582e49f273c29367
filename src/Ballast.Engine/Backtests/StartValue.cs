namespace Ballast.Engine.Backtests;

/// <summary>What a run began with: the cash, or what the holdings were worth at the first close.</summary>
public static class StartValue
{
    public static double Of(BacktestResult run, BacktestSettings settings) => settings.Holdings is null ? (double)settings.StartValue : run.Equity[0];
}
