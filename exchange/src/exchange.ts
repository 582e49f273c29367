// The whole exchange: one clock, one market, two venues' books, and what goes wrong.
import { Books, type Order } from './books.js';
import { Chance } from './chance.js';
import { d } from './decimal.js';
import { Faults } from './faults.js';
import { Market } from './market.js';

export interface Settings { seed: number; key: string; secret: string; walk: boolean }

export const usual: Settings = { seed: 1, key: 'demo-key', secret: 'demo-secret', walk: true };

/** What goes back: an answer, or nothing at all. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> } | 'drop';

export class Exchange {
    /** Milliseconds by which the venue's clock is ahead of the machine's. */
    ahead = 0;
    readonly log: { at: number; line: string }[] = [];
    readonly chance: Chance;
    readonly faults: Faults;
    readonly market: Market;
    readonly binance: Books;
    /** A second account at Binance, of the key `KEY-2` and the same secret, with books of its own. */
    readonly binance2: Books;
    readonly deribit: Books;
    /** What each key may do, as the venues tell it. */
    rights = { withdraw: false, transfer: false, revoked: false };
    private timer: NodeJS.Timeout | undefined;

    constructor(readonly settings: Settings = usual) {
        this.chance = new Chance(settings.seed);
        this.faults = new Faults(this.chance);
        this.market = new Market(this.chance, this.now);
        this.binance = new Books('binance', this.market, this.now);
        this.binance2 = new Books('binance', this.market, this.now);
        this.deribit = new Books('deribit', this.market, this.now);
        for (const [asset, amount] of [['USDT', '100000'], ['BTC', '0.5'], ['ETH', '5']] as const) this.binance.move(asset, d(amount));
        for (const [asset, amount] of [['BTC', '10'], ['ETH', '50']] as const) this.deribit.move(asset, d(amount));
        if (settings.walk) this.timer = setInterval(() => this.market.step(), 500).unref();
    }

    now = (): number => Date.now() + this.ahead;

    /** The exchange as the holder of a key sees it. */
    of(key: string | undefined): Exchange {
        return key !== `${this.settings.key}-2` ? this
            : Object.create(this, { binance: { value: this.binance2 }, settings: { value: { ...this.settings, key } } });
    }

    close(): void { clearInterval(this.timer); }

    note(line: string): void {
        this.log.push({ at: this.now(), line });
        if (this.log.length > 20_000) this.log.splice(0, 10_000);
    }

    /** One request for an order: every way in which its answer can be misleading. */
    async placing(execute: () => Reply, error: Reply): Promise<Reply> {
        const { faults } = this;
        if (faults.hit('loseRequest')) return 'drop';
        const before = faults.hit('delayBefore');
        if (before) await pause(before.ms);
        if (faults.hit('throttle')) return { status: 429, body: { code: -1003, msg: 'Too many requests.', error: { code: 10028, message: 'too_many_requests' } }, headers: { 'retry-after': '1' } };
        const reply = execute();
        if (faults.hit('twice')) execute();
        const after = faults.hit('delayAfter');
        if (after) await pause(after.ms);
        if (faults.hit('errorAfter')) return error;
        return faults.hit('loseResponse') ? 'drop' : reply;
    }

    /** Of a new order, how much fills at once; undefined for all. */
    share(): bigint | undefined {
        return this.faults.hit('partial') ? d((0.1 + 0.8 * this.chance.next()).toFixed(6)) : undefined;
    }

    /** Whether a question may see it yet. */
    sees(order: Order): boolean {
        const lag = this.faults.on.get('queryLag');
        return !lag || order.updated <= this.now() - lag.ms;
    }
}

export const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));
