// The shape of the JSON block in a report. `Reports/ReportData.cs` and `Reports/SweepData.cs` write it, name for name.
// Text is ready to be read; numbers are for ink only and are rounded to seven digits.

export type Report = BacktestReport | SweepReport;

interface Page {
  /** The name of the portfolio and of its policy. */
  name: string;
  /** The asset in which value is counted. */
  base: string;
  /** Sentences; a passage between two asterisks is set strong. */
  verdict: string[];
  /** Conventions that flatter or limit the result: fills at the same close, synthetic prices, costs off. */
  flags: string[];
  /** What history was used, in one line. */
  period: string;
  /** How it was computed. */
  computed: Fact[];
}

export interface BacktestReport extends Page {
  kind: 'backtest';
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
  /** Names of the columns of text in each row. */
  columns: string[];
  /** One row of text for each run, in the order of `runs`. */
  rows: string[][];
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
