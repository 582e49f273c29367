// What the service says; `GET /api/v1/openapi.json` describes the routes. Exact things are text, estimates are numbers.

export interface Problem { type: string; title: string; status: number; detail: string; code: string; traceId: string; faults: Fault[] }

export interface Fault { file: string; line: number; column: number; code: string; what: string; expected: string; text: string }

export interface Session { name: string; role: 'viewer' | 'operator' | 'admin'; csrf: string; since: string; secondFactor: boolean; audit: string }

export interface Rule { rule: string; fired: boolean | null; distance: number | null; reason: string; toGo: string }

export interface Band { low: number; high: number }

export interface Row {
  id: string; hasBook: boolean; name: string; base: string | null; state: string; needs: string | null; at: string | null; value: string | null; reason: string | null;
  largestDrift: { asset: string; drift: number; outside: boolean; band: Band | null } | null;
  trigger: Rule | null;
  riskTop: { asset: string; share: number } | null;
  /** Fractions of equity; of a book only. */
  marginUse?: number | null; marginLimit?: number | null;
  loop: Loop | null;
}

/** Lines `from` and on, of `found`; `total` without the search; those that need a person are counted, and the first of them named. */
export interface Overview {
  items: Row[]; next: string | null; from: number; found: number; total: number; needs: number; needing: { id: string; name: string; state: string; needs: string }[]; folder: string | null; at: string;
}

export interface Holding { asset: string; quantity: string; price: string | null; value: string | null; weight: number; target: number | null; drift: number | null; riskShare: number | null; notes: string[] | null }

export interface Status {
  id: string; name: string; base: string | null; file: string; at?: string; value?: string; assets?: Holding[]; triggers?: Rule[]; due?: boolean; reason?: string;
  trouble: string | null; faults: Fault[]; notes: string[]; bands: Record<string, Band | null>; targetsFrom?: string[]; region?: unknown; readAt: string; hasBook: boolean; loop: Loop | null; ageSeconds: number | null;
}

export interface Trade {
  number: number; asset: string; side: 'buy' | 'sell'; quantity: string; price: string; value: string; fee: string; feeAsset: string; cost: string; instrument: string; account: string; cashAfter: string; reason: string; lots: { acquired: string; quantity: string; unitCost: string; gain: string; period: string; tax: string }[];
}

export interface PlanState { value: string; cash: string; largestDrift: number; trackingError: number | null; assets: { asset: string; quantity: string; price: string | null; value: string | null; weight: number; target: number | null }[] }

export interface Plan {
  name: string; base: string; at: string; due: boolean; reason: string; instruments: string; targetsFrom: string[]; triggers: Rule[]; refused: { code: string; reason: string } | null; trades: Trade[];
  notTraded: { asset: string; code: string; reason: string }[]; before: PlanState | null; after: PlanState | null; cost: string; costBps: number; warnings?: string[];
}

export interface KeptPlan {
  id: string; reason: string; at: string; expiresAt: string; base: string; digest: string; value: string;
  trades: { number: number; account: string; instrument: string; side: 'buy' | 'sell'; quantity: string; price: string; value: string; reason: string }[];
}

/** `pricedAt` by the venue's own clock; `agreedAt`: when books and venue last agreed to the last unit. */
export interface Account {
  account: string; venue: string | null; proven: boolean | null; ready: boolean; up: boolean; why: string | null; clockAheadMs: number | null; pricedAt: string | null; agreedAt: string | null; balances: Record<string, string>;
}

/** How much of a limit is used up; a raised one waits until `from`. */
export interface LimitUse { limit: string; account: string | null; words: string; unit: 'share' | 'count' | 'money' | 'multiple' | 'span' | 'wait'; used: string; most: string }

export interface LimitHeld { limit: string; inForce: string; wanted: string; from: string | null }

export interface Word { at: string; topic: string; code: string; text: string }

export interface Order { id: string; account: string; instrument: string; side: string; quantity: string; filled: string; price: string; state: string }

export interface Loop {
  name: string; mode: string; process: number; at: string; started: string; state: string; lastDecision: string; age: 'fresh' | 'late' | 'stale' | 'ended'; ageSeconds: number; running: boolean;
  plan: { id: string; status: string; why: string; trades: number } | null; orders: Order[]; accounts: Account[]; limits: LimitHeld[]; uses: LimitUse[]; told: Word[]; kills: Record<string, string>;
}

export interface Safety { kill: { scope: string; by: string; reason: string } | null; loops: Loop[] }

export interface Entry { sequence: number; at: string; type: string; plan: string | null; account: string | null; text: string; hash: string; record: unknown }

export interface JournalPage { items: Entry[]; next: string | null; entries: number; head: string; fault: string | null }

export interface Verified { ok: boolean; entries: number; head: string; at: string; journal: string; liveOrders: number; fault: { file: string; offset: number; record: number; reason: string; repairable: boolean; advice: string } | null }

/** What it was worth when it was looked at, and what was traded; `looks`: of how many the points are taken. */
export interface ValueHistory { base: string | null; looks: number; points: { at: string; value: string }[]; trades: Fill[] }

export interface Fill { at: string; sequence: number; plan: string | null; account: string; instrument: string; side: 'buy' | 'sell'; quantity: string; price: string; fee: string }

export interface History { times: string[]; drift: Record<string, (number | null)[]>; notes: string[] }

export interface Checked { ok: boolean; file: string; faults: Fault[]; warnings: Fault[]; rules: string[]; limits: string[]; notActive: string[] }

export interface PolicyText { id: string; text: string; version: string; checked: Checked }

/** `ours`: the loop was begun at this desk; `venues`: at whose prices one may be begun, where the file names no accounts. */
export interface Running { loop: Loop | null; ours: boolean; venues: string[] | null; plan: KeptPlan | null }

/** Columns of a foreign list, by number from 0. */
export interface Columns { asset: number; quantities: number[]; account: number | null; price: number | null; value: number | null }

export interface Guessed {
  separator: string; decimal: string; names: string[]; columns: Columns; rows: string[][]; count: number; taken: number;
  left: { line: number; text: string; reason: string }[]; leftCount: number; notes: string[]; holdings: string; prices: string | null;
}
