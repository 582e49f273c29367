// The house's prices: a seeded walk of each coin, or what it was told. Contracts follow their coin.
import { EventEmitter } from 'node:events';
import { blackScholes, type Greeks } from './blackScholes.js';
import { Chance } from './chance.js';
import { d, div, floor, num, type D } from './decimal.js';
import { derivatives, spot, startPrices, type Instrument } from './instruments.js';

export interface Top { bid: D; bidSize: D; ask: D; askSize: D; mid: D; at: number }

export interface Bar { time: number; open: D; high: D; low: D; close: D; volume: D }

export class Market extends EventEmitter<{ moved: [Instrument] }> {
    readonly instruments = new Map<string, Instrument>();
    /** Bid to ask, as a fraction of the price. */
    spread = d('0.0004');
    /** What stands at each side; in quantities of the instrument. */
    size: D | undefined;
    readonly volatility = 0.55;
    private readonly prices = new Map<string, D>();
    private readonly told = new Set<string>();
    private readonly bars = new Map<string, Bar[]>();

    constructor(private readonly chance: Chance, private readonly clock: () => number) {
        super();
        this.setMaxListeners(0);
        for (const i of [...spot, ...derivatives(clock())]) this.instruments.set(i.symbol, i);
        for (const [coin, price] of Object.entries(startPrices)) {
            this.prices.set(coin, d(price));
            this.bars.set(coin, this.past(d(price)));
        }
    }

    coin(coin: string): D { return this.prices.get(coin)!; }

    /** Sets the price of a coin, from which on it does not walk. */
    tell(coin: string, price: D): void {
        this.told.add(coin);
        this.set(coin, price);
    }

    /** One step of every coin that was not told. */
    step(): void {
        for (const [coin, price] of this.prices) {
            if (this.told.has(coin)) continue;
            const move = 1 + (this.chance.next() - 0.5) * 0.0008;
            this.set(coin, d((num(price) * move).toFixed(8)));
        }
    }

    top(i: Instrument): Top {
        const mid = this.mid(i);
        const half = mid * this.spread / d('2');
        const [bid, ask] = this.spread === 0n ? [floor(mid, i.tick), floor(mid, i.tick)] : [floor(mid - half, i.tick), floor(mid + half, i.tick) + i.tick];
        const size = this.size ?? (i.kind === 'spot' ? floor(div(d('500000'), mid), i.lot) : i.kind === 'option' ? d('25') : d('500000'));
        return { bid: bid > 0n ? bid : i.tick, bidSize: size, ask, askSize: size, mid, at: this.clock() };
    }

    /** Ten prices on each side, the best first, as much at each: what lies beyond the best is only told, not traded with. */
    book(i: Instrument): { bids: [D, D][]; asks: [D, D][] } {
        const t = this.top(i);
        const step = t.ask - t.bid > i.tick ? t.ask - t.bid : i.tick;
        const side = (best: D, size: D, up: D): [D, D][] => Array.from({ length: 10 }, (_, k): [D, D] => [best + up * step * BigInt(k), size]).filter(([price]) => price > 0n);
        return { bids: side(t.bid, t.bidSize, -1n), asks: side(t.ask, t.askSize, 1n) };
    }

    mid(i: Instrument): D {
        const coin = this.coin(i.base);
        if (i.kind === 'option') return d(Math.max(0.0001, this.greeks(i).price).toFixed(6));
        return i.kind === 'future' ? coin * 1004n / 1000n : coin;
    }

    /** Of an option: its price in coin and how it moves. */
    greeks(i: Instrument): Greeks {
        const years = Math.max(1e-6, (i.expiry! - this.clock()) / (365 * 86_400_000));
        return blackScholes(num(this.coin(i.base)) * 1.004, i.strike!, years, this.volatility, i.right === 'call');
    }

    history(coin: string, from: number, to: number, step: number): Bar[] {
        const out: Bar[] = [];
        for (const bar of this.bars.get(coin) ?? []) {
            const time = Math.floor(bar.time / step) * step;
            if (time < from || time > to) continue;
            const last = out[out.length - 1];
            if (last?.time !== time) out.push({ ...bar, time });
            else Object.assign(last, { close: bar.close, high: bar.high > last.high ? bar.high : last.high, low: bar.low < last.low ? bar.low : last.low, volume: last.volume + bar.volume });
        }
        return out;
    }

    private set(coin: string, price: D): void {
        this.prices.set(coin, price);
        for (const i of this.instruments.values()) if (i.base === coin) this.emit('moved', i);
    }

    /** Thirty days of minutes would be much; hours are enough to draw and to test paging. */
    private past(price: D): Bar[] {
        const hour = 3_600_000;
        const now = Math.floor(this.clock() / hour) * hour;
        const bars: Bar[] = [];
        let close = num(price);
        for (let n = 0; n < 24 * 60; n++) {
            const open = close * (1 + (this.chance.next() - 0.5) * 0.01);
            const text = (v: number) => d(v.toPrecision(8).includes('e') ? v.toFixed(12) : v.toPrecision(8));
            bars.push({ time: now - n * hour, open: text(open), close: text(close), high: text(Math.max(open, close) * 1.002), low: text(Math.min(open, close) * 0.998), volume: d('100') });
            close = open;
        }
        return bars.reverse();
    }
}
