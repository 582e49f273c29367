// What the service says besides, which no page shows; together with types.ts the description of the API is made of it.

export interface Health { state: 'ok' | 'late' | 'blind' | 'stopped'; reason: string; at: string; started?: string; version?: string; portfolios?: number; unreadable?: number; loops?: { fresh: number; late: number; stale: number; ended: number } }

export interface Left { left: boolean }

export interface Raised { until: string }

export interface Invited { link: string; until: string }

export interface Named { id: string; name: string; file: string }

export interface Portfolios { items: Named[]; next: string | null }

export interface Begun { started: string; process: number }

export interface Ended { ended: string }

export interface Told { told: 'approve' | 'decline' | 'stop' | 'accept'; plan?: string; by?: string; account?: string }

export interface Written { id: string; written: string[]; folder: string }

export interface Previewed { policy: string; status: unknown }

// The book: derivatives of a portfolio. Greeks in coins and dollars as their names say; margin as fractions of equity where it says `use`.
export type Num = number | null;

export interface Refusal { code: string; reason: string }

export interface Greeks { gammaCoinsPer1Pct: number; gammaUsdPer1Pct: number; vegaUsdPerPoint: number; weightedVegaUsdPerPoint: number; thetaUsdPerDay: number; vannaUsdPer1PctPoint: number; volgaUsdPerPoint2: number; charmCoinsPerDay: number }

export interface Rung { expiry: string | null; strike: string | null; positions: number; delta: number; greeks: Greeks }

export interface BookPosition { instrument: string; quantity: string; coins: number; mark: string; value: string; settlement: string; deltaBlackScholes: number; deltaNet: number; greeks: Greeks }

export interface Exposed {
  underlying: string; index: string; equityCoins: string; equityMoney: string; equity: number;
  delta: { coin: number; money: number; blackScholes: number; total: number; futures: number; optionsNet: number; optionsBlackScholes: number; gross: number };
  greeks: Greeks; convexity: { move: number; gainBothWaysUsd: number; skewUsd: number; gammaUsdPer1Pct: number }[]; byExpiry: Rung[]; byStrike: Rung[]; positions: BookPosition[];
}

/** With what its margin and its numeraire make of it. */
export interface Looked extends Exposed { counted: number; marginUse: Num }

export interface Exposures { at: string; complete: boolean; units: string; underlyings: Exposed[]; missing: { instrument: string; code: string; reason: string }[]; notes: string[] }

export interface LadderCell { expiry: string | null; strike: string | null; instruments: string[]; delta: number; gamma: number; vega: number; theta: number }

export interface MarginPreset { name: string; asOf: string | null; verified: string; source: string; family: string; ageDays: Num; stale: boolean }

export interface Pair { initial: number; maintenance: number }

export interface ScenarioRow { underlying: string; index: number; move: number; volatility: string; weight: number; extended: boolean; pnl: number; counted: number; kept: number; loss?: number }

export interface LiquidationPoint { move: number; price: Num; sigmas: Num; daysToThreeSigma: Num }

export interface ReliefStep { instrument: string; quantity: string; cost: number; released: number; use: number; delta: number }

/** Without figures where the venue's rules cannot be applied: `refused` says why. */
export interface Margin {
  preset: MarginPreset; refused?: { code: string; field: string; value: string; reason: string }; refusals?: { code: string; field: string; value: string; reason: string }[];
  at?: string; unit?: string; equity?: number; initial?: number; maintenance?: number; use?: Num; decides?: Pair; otherReading?: Pair | null; worst?: ScenarioRow | null;
  parts?: { underlying: string; index: number; initial: number; maintenance: number; scan: Num; roll: Num; liquidityShock: Num; contingency: Num; minimum: Num; risk: Num; worst: ScenarioRow | null }[];
  haircut?: number; grid?: ScenarioRow[]; contributions?: { instrument: string; quantity: string; initial: number; maintenance: number; scan: Num; roll: Num; liquidityShock: Num }[]; diversification?: number;
  liquidation?: { already: boolean; below: LiquidationPoint | null; above: LiquidationPoint | null; intervals: { from: Num; to: Num }[]; joint: { move: number; volatility: number; sigmas: number } | null };
  before?: { initial: number; maintenance: number; use: Num }; order?: LegOrder; unwind?: { target: number; steps?: ReliefStep[]; refused?: Refusal }; notes?: string[]; warnings?: string[]; units?: string;
}

/** Legs one after the other; fractions of equity. */
export interface LegRoute { order: number[]; start: number; worst: number; worstStep: number; largestDelta: number; proved: boolean; steps: { leg: number; instrument: string; quantity: string; margin: number; worst: number; delta: number }[] }

export interface LegOrder { limit: Num; givenBreaksAtStep: Num; given: LegRoute; best: LegRoute | null; refused: Refusal | null }

/** One order of legs with what is needed at each step, as fractions of equity; `worst` is while the leg fills. */
export interface MarginPath {
  unit: string; equity: number; limit: Num; order: number[]; start: Pair; worst: number; worstStep: number; breaks: Num; says: string; best: { order: number[]; worst: number; proved: boolean } | null; refused: Refusal | null;
  steps: { leg: number; instrument: string; quantity: string; initial: number; maintenance: number; worst: number; delta: number; over: boolean }[];
}

export interface Hedge {
  policy: string; at: string; numeraire: 'coin' | 'money'; refused?: Refusal; reason?: string; exposureBefore?: Looked; exposureAfter?: Looked; relief?: { instrument: string; quantity: string; use: number; delta: number }[];
  trades?: { number: number; instrument: string; side: 'buy' | 'sell'; quantity: string; amountIn: string; price: string; limit: string; value: string; fee: string; slippage: string; delta: number; reason: string }[];
  expectedCost?: string; marginPath?: LegOrder | null; band?: { low: number; high: number; half: number; why: string; prices: { half: number; costPerDay: number; riskPerDay: number }[] } | null;
  rules?: { rule: string; fired: boolean; state: string; reason: string }[]; notTraded?: { code: string; contracts: number }[]; notes?: string[]; units?: string;
}

export interface Aimed { value: number; low: number; high: number; unit: string; inside: boolean }

/** The book with other quantities. */
export interface BookFigures { id: string; name: string; at: string; readAt: string; numeraire: 'coin' | 'money' | null; exposure: Exposures; ladder: { underlying: string; cells: LadderCell[] }[]; margin: Margin | null; legs: { instrument: string; quantity: string }[] }

export interface BookNow extends BookFigures { hedge: Hedge | null; outlook: { delta: Aimed | null; gamma: Aimed | null; vega: Aimed | null } | null; limits: { aim: number; act: number; stop: number } | null }

export interface HedgeLeg { number: number; instrument: string; side: 'buy' | 'sell'; quantity: string; amountIn: string; price: string; value: string; cost: string; delta: number; reason: string; held: string; after: string }

/** Delta by price, counted as the hedge counts it, in coins; the band where there is one at that price. */
export interface HedgeTrace {
  underlying: string; index: number; now: number; after: number; target: { low: number; high: number } | null; band: { low: number; high: number; why: string } | null;
  moves: number[]; prices: number[]; delta: number[]; hedged: number[]; low: Num[]; high: Num[]; note: string;
}

export interface BookHedge { at: string; readAt: string; sends: boolean; hedge: Hedge; legs: HedgeLeg[]; path: MarginPath | null; trace: HedgeTrace | null; note: string }

export interface BookGrid {
  at: string; preset: MarginPreset; unit: string; equity: number; now: Pair; spots: number[]; vols: number[]; volIn: 'percent' | 'points'; notes: string[]; warnings: string[];
  grid: { spot: number; vol: number; days: number; pnl?: number; pnlMoney?: number; equity?: number; initial?: number; maintenance?: number; use?: Num; liquidated?: boolean }[];
}

export interface Payoff { at: string; unit: string; index: number; days: number; sigma: Num; moves: number[]; prices: number[]; curves: { name: string; days: number; pnl: number[]; pnlMoney: number[] }[]; note: string }

export interface BookPlan {
  at: string; unit: string; order: LegOrder; path: MarginPath; notes: string[]; units: string;
  trades: { leg: number; instrument: string; side: 'buy' | 'sell'; quantity: string; mark: string; halfSpread: string | null; delta: number }[];
}

export interface Contract { instrument: string; mark: string; iv: Num; bid: string | null; ask: string | null; expiry: string | null; lot: string | null; amountIn: string }

export interface Contracts { at: string; items: Contract[]; next: string | null }

// The lab: back-tests and sweeps.
export interface Asked { kind: 'sweep' | 'backtest'; portfolio: string; prices?: string; vary?: Record<string, string>; fill?: string; fee?: string; from?: string; to?: string }

export interface RunSummary { id: string; asked: Asked; by: string; created: string; state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'; done: number; total: number; seconds: Num; trouble: string | null; report: boolean }

export interface Runs { items: RunSummary[]; next: string | null; choices: { portfolios: { id: string; file: string; prices: string | null }[]; prices: string[]; vary: string[] } }

export interface RunEstimate { policies: number; bars: number; seconds: Num }

export interface SweepFigures { endValue: string; volatility: Num; maxDrawdown: Num; turnover: Num; rebalances: number; costs: string; costBpsAYear: Num; trackingError: Num; engine: string }

/** Besides, a text for each key of `keys`: what sets this policy apart. */
export interface SweepBest extends SweepFigures { engine: string }

export interface SweepRow extends SweepFigures { place: number; cagr: Num; sharpe: Num }

export interface SweepResult {
  name: string; base: string; keys: string[]; runs: number; best: SweepBest; pareto: SweepBest[]; sumEndValues: string; rebalances: number; outOfSample: unknown; notes: { best: string }; timing: { loadMs: Num; runMs: Num };
  rows: SweepRow[]; evidence: { tried: number; best: number; sharpe: Num; deflated: Num };
}

export interface PathFigures { bars: number; startValue: string; endValue: string; multiple: Num; cagr: Num; volatility: Num; sharpe: Num; sortino: Num; calmar: Num; maxDrawdown: Num; ulcerIndex: Num; moneyWeighted: Num; turnover: Num; turnoverOneWay: Num; costs: string; rebalances: number; trades: number }

/** Besides, all that `ballast backtest --json` prints. */
export interface BacktestResult extends PathFigures { name: string; base: string; from: string; to: string; timeOutside: Num; trackingError: Num; barsAYear: number; fill: string; engine: string; holdComparison: PathFigures | null }

export interface RunWhole extends RunSummary { result: SweepResult | BacktestResult | null }

/** What 100 became; a fall is a fraction below the last high. */
export interface RunCurve { values: number[]; falls: number[] }

export interface RunCurves { times: string[]; hold: RunCurve | null; curves: { place: number; values: number[]; falls: number[] }[]; note: string }
