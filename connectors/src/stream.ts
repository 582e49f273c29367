// Trades, orders, prices and balances as they come. Nothing is invented: what cannot be read exactly, or may have been missed, is a gap.
import { bookOf } from './depth';
import { exact } from './exact';
import { Inexact } from './exact';
import { orderReport, quote, tradeReport } from './reports';
import type { Session } from './session';

export type Tell = (method: string, params: object) => void;

/** Streams until the session is closed. Channels come back by themselves; the state of the private connection is told as it changes. */
export function subscribe(session: Session, symbols: string[], tell: Tell): void {
    const { ex } = session;
    const say: Tell = (method, params) => { if (!session.closed) tell(method, { account: session.account, ...params }); };
    const markets = symbols.map(s => session.market(s).symbol);
    const prices = new Line(session, () => undefined);
    if (markets.length > 0) prices.follow(() => ex.watchBidsAsks(markets), rows => Object.values(rows).forEach(t => { const q = quote(session, t); if (q) say('quote', { quote: q }); }));
    if (ex.has['watchOrderBook']) for (const m of markets) follow(session, say, prices, m);
    const first = !session.streaming;
    session.streaming = true;
    if (!first || !(ex.apiKey || ex.walletAddress)) return;
    const line = new Line(session, say);
    line.follow(() => ex.watchMyTrades(), rows => rows.forEach((t: any) => say('trade', { trade: tradeReport(session, t) })));
    line.follow(() => ex.watchOrders(), rows => rows.forEach((o: any) => say('order', { order: orderReport(session, o) })));
    if (ex.has['watchBalance']) line.follow(() => ex.watchBalance(), row => say('balance', { balances: totals(row), at: session.clock.now() }), false);
    void line.announce();
}

// Books are told at most once a second each; where a stream is silent, they are asked for.
function follow(session: Session, say: Tell, line: Line, symbol: string): void {
    let told = 0;
    line.follow(() => session.ex.watchOrderBook(symbol), book => {
        if (Date.now() - told < 1_000) return;
        told = Date.now();
        say('book', { book: bookOf(session, session.ex.market(symbol), book, session.clock.earliest()) });
    }, false);
}

const totals = (balance: any): Record<string, string> =>
    Object.fromEntries(Object.entries(balance.total ?? {}).filter(([, v]) => v !== undefined && v !== null).map(([asset, v]) => [asset, exact(v)]));

/** A connection with its channels, and whether it is up. */
class Line {
    private up: boolean | undefined;
    private announcing = false;
    private lostAt = 0;

    constructor(private readonly session: Session, private readonly say: Tell) { }

    /** Reads a channel for ever. One that does not `matter` may fail without the connection being called down. */
    follow(watch: () => Promise<any>, each: (rows: any) => void, matters = true): void {
        void (async () => {
            for (let wait = 250; !this.session.closed;) {
                try {
                    each(await watch());
                    wait = 250;
                } catch (e) {
                    if (this.session.closed) return;
                    if (e instanceof Inexact) { this.gap(this.session.clock.now(), e.message); continue; }
                    if (matters) this.change(false, this.session.words(e));
                    await pause(wait);
                    wait = Math.min(wait * 2, 15_000);
                    if (matters) void this.announce();
                }
            }
        })();
    }

    /** Says that it is up once the venue has confirmed the private channels; then what may have been missed is a gap. */
    async announce(): Promise<void> {
        if (this.announcing) return;
        this.announcing = true;
        const { session } = this;
        for (let wait = 250; !session.closed; wait = Math.min(wait * 2, 15_000)) {
            try {
                await session.dialect.ready(session.ex);
                this.change(true, '');
                break;
            } catch (e) {
                this.change(false, session.words(e));
                await pause(wait);
            }
        }
        this.announcing = false;
    }

    private gap(since: number, reason: string): void {
        this.say('gap', { since, reason: this.session.secrets.scrub(reason) });
    }

    private change(up: boolean, reason: string): void {
        if (this.up === up) return;
        const back = up && this.up === false;
        this.up = up;
        if (!up) this.lostAt = this.session.clock.earliest();
        this.say(up ? 'up' : 'down', up ? {} : { reason: this.session.secrets.scrub(reason) });
        if (back) this.gap(this.lostAt, 'the stream was down');
    }
}

const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms));
