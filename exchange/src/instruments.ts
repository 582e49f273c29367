// What is traded: pairs of the spot venue; perpetuals, futures and options of the derivatives venue.
import { d, type D } from './decimal.js';

export type Kind = 'spot' | 'perpetual' | 'future' | 'option';

export interface Instrument {
    venue: 'binance' | 'deribit';
    symbol: string;
    kind: Kind;
    base: string;
    quote: string;
    tick: D;
    lot: D;
    minNotional: D;
    expiry?: number;
    strike?: number;
    right?: 'call' | 'put';
}

const pairs: [string, string, string][] = [
    ['BTC', '0.01', '0.00001'], ['ETH', '0.01', '0.0001'], ['SOL', '0.01', '0.001'], ['BNB', '0.01', '0.001'], ['XRP', '0.0001', '0.1'], ['ADA', '0.0001', '0.1'],
    ['LINK', '0.01', '0.01'], ['DOT', '0.001', '0.01'], ['AVAX', '0.01', '0.01'], ['ATOM', '0.001', '0.01'], ['DOGE', '0.00001', '1'], ['LTC', '0.01', '0.001'],
];

export const startPrices: Record<string, string> = {
    BTC: '96000', ETH: '2900', SOL: '150', BNB: '600', XRP: '0.6', ADA: '0.4', LINK: '14', DOT: '6', AVAX: '30', ATOM: '7', DOGE: '0.12', LTC: '70',
};

const coins = ['BTC', 'ETH'] as const;

export const spot: Instrument[] = pairs.map(([base, tick, lot]) => ({ venue: 'binance', symbol: `${base}USDT`, kind: 'spot', base, quote: 'USDT', tick: d(tick), lot: d(lot), minNotional: d('5') }));

/** Two expiries at Fridays, 08:00 UTC, after `now`; strikes around the index. */
export function derivatives(now: number): Instrument[] {
    const expiries = [fridays(now, 2), fridays(now, 6)];
    return coins.flatMap(coin => [
        future(coin, 'perpetual', `${coin}-PERPETUAL`),
        ...expiries.map(e => future(coin, 'future', `${coin}-${nameOf(e)}`, e)),
        ...expiries.flatMap(e => strikesOf(coin).flatMap(k => (['call', 'put'] as const).map(right => option(coin, e, k, right)))),
    ]);
}

const future = (coin: string, kind: Kind, symbol: string, expiry?: number): Instrument => ({
    venue: 'deribit', symbol, kind, base: coin, quote: 'USD', tick: d(coin === 'BTC' ? '0.5' : '0.05'), lot: d(coin === 'BTC' ? '10' : '1'), minNotional: 0n, ...expiry ? { expiry } : {},
});

const option = (coin: string, expiry: number, strike: number, right: 'call' | 'put'): Instrument => ({
    venue: 'deribit', symbol: `${coin}-${nameOf(expiry)}-${strike}-${right === 'call' ? 'C' : 'P'}`, kind: 'option', base: coin, quote: coin,
    tick: d('0.0001'), lot: d(coin === 'BTC' ? '0.1' : '1'), minNotional: 0n, expiry, strike, right,
});

function strikesOf(coin: string): number[] {
    const [start, step] = coin === 'BTC' ? [96000, 8000] : [2900, 200];
    return [-3, -2, -1, 0, 1, 2, 3].map(i => start + i * step);
}

function fridays(now: number, weeks: number): number {
    const day = new Date(now + weeks * 7 * 86_400_000);
    day.setUTCDate(day.getUTCDate() + (5 - day.getUTCDay() + 7) % 7);
    return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 8);
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function nameOf(expiry: number): string {
    const day = new Date(expiry);
    return `${day.getUTCDate()}${months[day.getUTCMonth()]}${String(day.getUTCFullYear()).slice(2)}`;
}
