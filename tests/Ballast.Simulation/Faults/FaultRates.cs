namespace Ballast.Simulation;

/// <summary>How often at most: as a share of the occasions, or, for what comes by itself, how many times in a seed.</summary>
internal static class FaultRates
{
    public static double Most(FaultKind kind) => kind switch
    {
        FaultKind.RequestLost or FaultKind.AnswerLost => 0.3,
        FaultKind.SlowRequest or FaultKind.SlowAnswer => 0.15,
        FaultKind.RequestTwice or FaultKind.ServerError => 0.2,
        FaultKind.TooManyRequests => 0.12,
        FaultKind.QuestionFailed or FaultKind.SnapshotFailed or FaultKind.CancelHalfDone => 0.3,
        FaultKind.TradeUntold or FaultKind.TradeToldTwice or FaultKind.TradeToldLate or FaultKind.OrderUntold => 0.3,
        FaultKind.StatusFlap => 0.45,
        FaultKind.RefusedLater or FaultKind.TradesHidden or FaultKind.NotFoundOnce => 0.3,
        FaultKind.ReadsLag => 0.8,
        FaultKind.TradeListShort => 0.25,
        FaultKind.TwoOrdersOfOne => 0.2,
        FaultKind.OrderRemoved => 0.6,
        FaultKind.DiskFull or FaultKind.DiskNearlyFull => 0.6,
        FaultKind.DiskSlow => 0.25,
        FaultKind.SyncFails => 0.015,
        FaultKind.TornTail => 0.95,
        FaultKind.CrashBeforeAppend or FaultKind.CrashAfterAppend or FaultKind.CrashAfterSync => 0.025,
        FaultKind.CrashAfterSend => 0.06,
        FaultKind.CrashLoop => 0.3,
        FaultKind.Freeze => 0.02,
        FaultKind.FrozenSender => 0.06,
        FaultKind.ClockSkew => 0.4,
        FaultKind.PriceJump => 0.02,
        FaultKind.PriceSpike => 0.02,
        FaultKind.PriceUnusable => 0.05,
        FaultKind.SnapshotTorn => 0.2,
        FaultKind.SnapshotEmpty => 0.1,
        FaultKind.StreamCut or FaultKind.SessionCut => 1.5,
        FaultKind.PriceFrozen or FaultKind.QuotesStop => 1.0,
        FaultKind.ClockJump or FaultKind.Maintenance or FaultKind.Deposit or FaultKind.Funding => 0.6,
        FaultKind.Outage or FaultKind.Withdrawal or FaultKind.FiltersChanged or FaultKind.DeadManFires or FaultKind.SecondPlan => 0.4,
        FaultKind.Liquidation or FaultKind.Expiry or FaultKind.Delisted or FaultKind.ManualTrade or FaultKind.ForeignOrder => 0.25,
        FaultKind.Kill => 0.5,
        FaultKind.Stop or FaultKind.Depeg or FaultKind.Declined => 0.2,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
