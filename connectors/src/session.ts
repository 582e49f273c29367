// One account at one venue, open: the tamed object of ccxt, its clock, and what must never be shown.
import { AuthenticationError } from '#ccxt/base/errors.js';
import { meaningOf, type Answer } from './answers';
import { newAttempt, NotSent, within } from './attempt';
import { tame, type Ccxt } from './ccxt';
import { Clock } from './clock';
import { Secrets } from './secrets';
import type { Sheet } from './sheets';
import { sheetOf } from './sheets';
import type { Dialect, Keys, Urls } from './venues/dialect';
import { dialectOf } from './venues';

export interface Opening extends Keys { account: string; venue: string; sandbox?: boolean; urls?: Urls }

/** An expected failure, in words for people. */
export class Refused extends Error {
    constructor(readonly kind: string, message: string) { super(message); }
}

export class Session {
    readonly clock = new Clock();
    readonly secrets: Secrets;
    readonly ex: Ccxt;
    /** Whether its private channels are read. */
    streaming = false;
    closed = false;

    private constructor(readonly account: string, readonly dialect: Dialect, readonly sheet: Sheet, opening: Opening) {
        this.secrets = new Secrets([opening.key, opening.secret, opening.passphrase]);
        this.ex = tame(dialect.create(opening), dialect, this.clock);
        if (opening.sandbox && !opening.urls) this.ex.setSandboxMode(true);
        if (opening.urls) dialect.aim(this.ex, opening.urls);
    }

    /** Connects: measures the clock, then reads the instruments. */
    static async open(opening: Opening): Promise<Session> {
        const [dialect, sheet] = [dialectOf(opening.venue), sheetOf(opening.venue)];
        if (!dialect || !sheet) throw new Refused('unknownVenue', `there is no venue '${opening.venue}'`);
        const session = new Session(opening.account, dialect, sheet, opening);
        try {
            await session.ex.loadHttpProxyAgent();
            await session.measureClock();
            await session.ex.loadMarkets();
            return session;
        } catch (e) {
            await session.close();
            throw session.scrubbed(e);
        }
    }

    async measureClock(): Promise<void> {
        for (let probe = 0; probe < 3; probe++) await within(newAttempt(), () => this.clock.measure(async () => Number(await this.ex.fetchTime()), probe === 0));
        this.ex.options['timeDifference'] = -Math.floor(this.clock.ahead);
    }

    /** The market of a symbol in any notation; refuses what the venue does not have. */
    market(symbol: string): any {
        const { ex } = this;
        const found = ex.markets?.[symbol] ?? ex.markets_by_id?.[symbol]?.[0] ?? ex.markets_by_id?.[symbol.replace('/', '')]?.[0];
        if (!found) throw new Refused('noInstrument', `${this.sheet.name} has no instrument '${symbol}'`);
        return found;
    }

    /** What a question gave; undefined where the venue says that there is no such order. */
    async unlessAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
        try {
            return await ask();
        } catch (e) {
            const answer = this.answerOf(e);
            if (answer && meaningOf(this.sheet, 'query', answer) === 'notFound') return undefined;
            throw e;
        }
    }

    /** The venue's own words in an error; undefined where there was no answer. */
    answerOf = (e: unknown): Answer | undefined => (e as any)?.answer;

    /** The same error without anything secret in it. */
    scrubbed(e: unknown): Error {
        if (e instanceof Refused) return e;
        const kind = e instanceof AuthenticationError ? 'key' : 'venue';
        return new Refused(kind, this.secrets.scrub(this.words(e)));
    }

    /** What happened, in one line. */
    words(e: unknown): string {
        if (e instanceof Refused || e instanceof NotSent) return e.message;
        const answer = this.answerOf(e);
        if (answer) return `${this.sheet.name} answered${answer.code ? ` ${answer.code}` : ''}${answer.http ? ` (HTTP ${answer.http})` : ''}: ${answer.text}`;
        const text = e instanceof Error ? e.message : String(e);
        return `${this.sheet.name}: ${text}`;
    }

    async close(): Promise<void> {
        this.closed = true;
        try { await this.ex.close(); } catch { /* It is going anyway. */ }
    }
}
