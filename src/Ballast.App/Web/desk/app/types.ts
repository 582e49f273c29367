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

export interface Overview { items: Row[]; next: string | null; needs: number; folder: string | null; at: string }

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

export interface Account { account: string; ready: boolean; up: boolean; why: string | null; clockAheadMs: number | null; balances: Record<string, string> }

export interface Order { id: string; account: string; instrument: string; side: string; quantity: string; filled: string; price: string; state: string }

export interface Loop {
  name: string; mode: string; process: number; at: string; started: string; state: string; lastDecision: string; age: 'fresh' | 'late' | 'stale' | 'ended'; ageSeconds: number; running: boolean;
  plan: { id: string; status: string; why: string; trades: number } | null; orders: Order[]; accounts: Account[]; kills: Record<string, string>;
}

export interface Safety { kill: { scope: string; by: string; reason: string } | null; loops: Loop[] }

export interface Entry { sequence: number; at: string; type: string; plan: string | null; account: string | null; text: string; hash: string; record: unknown }

export interface JournalPage { items: Entry[]; next: string | null; entries: number; head: string; fault: string | null }

export interface Verified { ok: boolean; entries: number; head: string; at: string; journal: string; liveOrders: number; fault: { file: string; offset: number; record: number; reason: string; repairable: boolean; advice: string } | null }

export interface History { times: string[]; drift: Record<string, (number | null)[]>; notes: string[] }

export interface Checked { ok: boolean; file: string; faults: Fault[]; warnings: Fault[]; rules: string[]; limits: string[]; notActive: string[] }

export interface PolicyText { id: string; text: string; version: string; checked: Checked }
