// Prices, funding and option chains of the past, a page a call: the caller asks again from `next`.
import { exact, exactOr, Inexact } from './exact';
import { Refused, type Session } from './session';

export interface HistoryAsk { kind: 'ohlcv' | 'funding' | 'chain'; symbol: string; timeframe?: string; from: number; to: number }

/** Columns by name, rows in the order of time; `next` is null at the end. */
export interface HistoryPage { columns: string[]; rows: (string | number | null)[][]; next: number | null }

export async function history(session: Session, ask: HistoryAsk): Promise<HistoryPage> {
    switch (ask.kind) {
        case 'ohlcv': return await bars(session, ask);
        case 'funding': return await funding(session, ask);
        case 'chain': return await chain(session, ask);
    }
}

async function bars(session: Session, { symbol, timeframe = '1d', from, to }: HistoryAsk): Promise<HistoryPage> {
    const { ex } = session;
    if (!(timeframe in (ex.timeframes ?? {}))) throw new Refused('unsupported', `${session.sheet.name} has no bars of ${timeframe}; it has ${Object.keys(ex.timeframes ?? {}).join(', ')}`);
    const step = ex.parseTimeframe(timeframe) * 1000;
    const rows = (await ex.fetchOHLCV(session.market(symbol).symbol, timeframe, from, undefined, { until: Math.min(to, from + 1000 * step) }))
        .filter((r: any) => Number(r[0]) >= from && Number(r[0]) < to)
        .map((r: any) => [Number(r[0]), ...r.slice(1, 6).map((v: unknown) => exactOr(v, null))]);
    return paged(['timestamp', 'open', 'high', 'low', 'close', 'volume'], rows, from, to, step, 1000 * step);
}

// What a long paid of its value since the row before. Where a venue tells rolling sums beside it, its dialect knows which is which.
async function funding(session: Session, { symbol, from, to }: HistoryAsk): Promise<HistoryPage> {
    const { ex, dialect, sheet } = session;
    const market = session.market(symbol);
    if (!market.swap) throw new Refused('unsupported', `${symbol} pays no funding: it is no perpetual`);
    if (!ex.has['fetchFundingRateHistory']) throw new Refused('unsupported', `${sheet.name} tells no funding rates of the past`);
    const week = 7 * 86_400_000;
    const rows = (await ex.fetchFundingRateHistory(market.symbol, from, undefined, { until: Math.min(to, from + week) }))
        .filter((r: any) => Number(r.timestamp) >= from && Number(r.timestamp) < to)
        .map((r: any) => [Number(r.timestamp), rateOf(dialect.fundingOf?.(r) ?? r.fundingRate)]);
    return paged(['timestamp', 'rate'], rows, from, to, 1, week);
}

// Venues compute rates in floats; what has more digits than can be carried is rounded to twenty decimals.
function rateOf(value: unknown): string {
    try {
        return exact(value, 'a funding rate');
    } catch (e) {
        if (!(e instanceof Inexact) || !Number.isFinite(Number(value ?? NaN))) throw e;
        return exact(Number(value).toFixed(20), 'a funding rate');
    }
}

// Venues have no chains of the past: this is the chain as it stands, and its time is the venue's.
async function chain(session: Session, { symbol }: HistoryAsk): Promise<HistoryPage> {
    const { dialect, clock, sheet } = session;
    if (!dialect.chain) throw new Refused('unsupported', `option chains are read from Deribit only, not from ${sheet.name}`);
    const at = clock.now();
    const rows = (await dialect.chain(session, symbol)).map(r => [at, r.instrument, r.markPrice, r.markIv, r.bidPrice, r.askPrice, r.underlyingPrice, r.indexPrice]);
    return { columns: ['timestamp', 'instrument_name', 'mark_price', 'mark_iv', 'bid_price', 'ask_price', 'underlying_price', 'index_price'], rows, next: null };
}

// An empty page moves on by the width that was asked for, so that a gap in the past is not its end.
function paged(columns: string[], rows: (string | number | null)[][], from: number, to: number, step: number, width: number): HistoryPage {
    const next = rows.length > 0 ? Number(rows[rows.length - 1]![0]) + step : from + width;
    return { columns, rows, next: next < to ? next : null };
}
