// The shape of the JSON block in a report. The records of `Reports/PageData.cs` write it, name for name.
// Text is ready to be read; numbers are for ink only and are rounded to seven digits.

export type Report = BacktestReport | SweepReport | OptimiseReport | FrontierReport | SmileReport;

interface Page {
  /** What the page is about. */
  name: string;
  /** Sentences; a passage between two asterisks is set strong. */
  verdict: string[];
  /** Conventions that flatter or limit the result: fills at the same close, synthetic prices, costs off. */
  flags: string[];
  /** What a reader should know of this result. */
  notes: string[];
  /** What history was used, in one line. */
  period: string;
  /** How it was computed. */
  computed: Fact[];
}

export interface BacktestReport extends Page {
  kind: 'backtest';
  /** The asset in which value is counted. */
  base: string;
  figures: Figure[];
  /** End of each bar, milliseconds since 1970 UTC, rising. Every series below has one value for each. */
  times: number[];
  /** Value of the policy, in base. */
  equity: number[];
  /** Value of buying the same targets once and holding. */
  hold: number[];
  /** Fall from the last high, as a fraction from -1 to 0. */
  fall: number[];
  holdFall: number[];
  assets: Asset[];
  rebalances: Rebalance[];
  /** Cost so far, in base: fees, spread and impact as modelled. */
  cost: number[];
  /** Traded so far, both sides, in multiples of value. */
  turnover: number[];
  months: YearOfMonths[];
  trades: Trade[];
  /** The same history with neighbouring settings; null when they were not run. */
  neighbours: Run[] | null;
}

export interface SweepReport extends Page {
  kind: 'sweep';
  runs: Run[];
  /** What the picture calls its parts; null for those of portfolios. */
  captions: RunCaptions | null;
  /** Names of the columns of text in each row. */
  columns: string[];
  /** One row of text for each run, in the order of `runs`. */
  rows: string[][];
}

export interface OptimiseReport extends Page {
  kind: 'optimize';
  assets: AssetChange[];
  /** By which the weight was divided; null for methods without one. */
  tree: Dendrogram | null;
  frontier: FrontierCurve | null;
}

export interface FrontierReport extends Page {
  kind: 'frontier';
  frontier: FrontierCurve;
}

/** The page is whole without script. */
export interface SmileReport extends Page {
  kind: 'smile';
}

/** Weight and share of variance, as fractions; those before are null where the current weights are not known. */
export interface AssetChange {
  name: string;
  before: number | null;
  after: number;
  riskBefore: number | null;
  riskAfter: number;
  note: string;
}

/** Assets are 0 to n − 1, the cluster of merge k is n + k. */
export interface Dendrogram {
  names: string[];
  /** Lowest first. */
  merges: { left: number; right: number; height: number }[];
  leaves: number[];
  /** The last `clusters` − 1 merges lie above the cut. */
  clusters: number;
  correlation: number[][] | null;
}

/** Volatilities and returns as fractions a year. */
export interface FrontierCurve {
  /** From the least volatility to the greatest return, both rising. */
  points: FrontierPoint[];
  /** In the order of every list of weights. */
  assets: FrontierAsset[];
  marks: MarkedPortfolio[];
  riskFree: number | null;
}

export interface RiskReturn {
  volatility: number;
  return: number;
}

export interface FrontierPoint extends RiskReturn {
  turning: boolean;
}

/** An asset held alone, with its weight at each point of the frontier. */
export interface FrontierAsset extends RiskReturn {
  name: string;
  weights: number[];
}

/** A portfolio that has a name, with a weight for each asset. */
export interface MarkedPortfolio extends RiskReturn {
  kind: 'current' | 'chosen' | 'minVariance' | 'maxSharpe';
  weights: number[];
}

export interface Figure {
  name: string;
  hint: string;
  policy: string;
  hold: string;
  result: 'better' | 'worse' | 'none';
}

export interface Asset {
  name: string;
  /** Target weight at the end, as a fraction of value. */
  target: number;
  /** Drift from target at which the policy acts, as a fraction of value, negative below; null without a band. */
  bandLow: number | null;
  bandHigh: number | null;
  weights: number[];
  /** Drift from the target of that time, as a fraction of value. */
  drift: number[];
  /** Share of the portfolio's variance, as a fraction; may be negative. */
  riskShare: number;
  /** Had the first purchase been held; null where there was none. */
  holdRiskShare: number | null;
  averageWeight: number;
  averageRiskShare: number;
}

export interface Rebalance {
  /** Position in `times`. */
  index: number;
  reason: string;
}

export interface YearOfMonths {
  year: number;
  /** January to December, as fractions; null where there is no history. */
  returns: (number | null)[];
  total: number;
}

export interface Trade {
  time: string;
  side: 'buy' | 'sell';
  asset: string;
  quantity: string;
  price: string;
  value: string;
  fee: string;
  reason: string;
}

export interface Fact {
  label: string;
  text: string;
}

/** What the picture of many runs calls its parts, where they are not policies of a portfolio. */
export interface RunCaptions {
  title: string;
  cost: string;
  risk: string;
  run: string;
  trades: string;
}

/** One policy of several that were tried on the same history. */
export interface Run {
  label: string;
  /** Cost in basis points of value a year. */
  costBps: number;
  /** Tracking error against the target, as a fraction a year. */
  trackingError: number;
  rebalances: number;
  chosen: boolean;
}
