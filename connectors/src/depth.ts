// How much of a market there is to trade with, and what its venue says of it besides the best prices.
import { exact, Inexact, isZero } from './exact';
import type { Session } from './session';

/** Levels asked for on each side: what lies further away is not counted on. */
export const levels = 100;

export type Level = [price: string, size: string];

export interface Book { symbol: string; bids: Level[]; asks: Level[]; at: number }

export interface Market extends Book { last: string | null; mark: string | null; index: string | null; dayVolume: string | null }

/** The book and the facts of some instruments, now. One that fails fails them all: a missing answer is not an empty book. */
export async function markets(session: Session, symbols: string[]): Promise<{ markets: Market[] }> {
    return { markets: await Promise.all(symbols.map(s => market(session, session.market(s)))) };
}

async function market(session: Session, m: any): Promise<Market> {
    const { ex } = session;
    const asked = session.clock.earliest();
    const [book, ticker] = await Promise.all([ex.fetchOrderBook(m.symbol, levels), ex.fetchTicker(m.symbol)]) as any[];
    return {
        ...bookOf(session, m, book, asked),
        last: known(ticker.last), mark: known(ticker.markPrice ?? ticker.info?.mark_price), index: known(ticker.indexPrice ?? ticker.info?.index_price),
        // Volumes of options are told in money, and their prices are in coin.
        dayVolume: m.option ? null : known(ticker.quoteVolume),
    };
}

/** A book as the protocol has it: the best first, and what has no size left out. */
export function bookOf(session: Session, m: any, book: any, otherwise: number): Book {
    return { symbol: session.dialect.symbolOf(m), bids: side(book.bids, -1), asks: side(book.asks, 1), at: book.timestamp === undefined || book.timestamp === null ? otherwise : Number(book.timestamp) };
}

// ccxt sorts what it has as text, and text sorts otherwise than numbers do.
function side(rows: any, up: 1 | -1): Level[] {
    return Array.from(rows as any[]).map(([price, size]): Level => [exact(price, 'price'), exact(size, 'size')])
        .filter(([price, size]) => !isZero(price) && !isZero(size)).sort(([a], [b]) => up * (Number(a) - Number(b))).slice(0, levels);
}

function known(value: unknown): string | null {
    if (value === undefined || value === null || value === '') return null;
    try {
        const text = exact(value);
        return isZero(text) || text.startsWith('-') ? null : text;
    } catch (e) {
        if (e instanceof Inexact) return null;
        throw e;
    }
}
