namespace Ballast.Simulation;

/// <summary>Everything that can go wrong, by what it is. Each kind is turned on or off as one, counted, and taken away when a failure is shrunk.</summary>
internal enum FaultKind
{
    // The way to the venue.
    RequestLost, AnswerLost, SlowRequest, SlowAnswer, RequestTwice, ServerError, TooManyRequests, QuestionFailed, SnapshotFailed, CancelHalfDone,

    // What the venue tells by itself.
    TradeUntold, TradeToldTwice, TradeToldLate, OrderUntold, StatusFlap, StreamCut, Outage, Maintenance,

    // What the venue does.
    ReadsLag, TradeListShort, TradesHidden, NotFoundOnce, RefusedLater, TwoOrdersOfOne, SessionCut, DeadManFires, OrderRemoved,

    // The disk.
    DiskFull, DiskNearlyFull, DiskSlow, SyncFails, TornTail,

    // The process.
    CrashBeforeAppend, CrashAfterAppend, CrashAfterSync, CrashAfterSend, CrashLoop, Freeze, FrozenSender,

    // Clocks.
    ClockSkew, ClockJump,

    // Prices and instruments.
    PriceJump, PriceSpike, PriceFrozen, PriceUnusable, QuotesStop, Depeg, Delisted, FiltersChanged,

    // The account.
    SnapshotTorn, SnapshotEmpty, Funding, Liquidation, Expiry,

    // Persons.
    Kill, Stop, Deposit, Withdrawal, ManualTrade, ForeignOrder, SecondPlan, Declined,
}
