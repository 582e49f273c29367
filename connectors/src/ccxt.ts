// ccxt made safe for orders: exact numbers, no retries, one clock, deadlines held to at the socket, and errors that keep the venue's words.
import type { Exchange } from '#ccxt/base/Exchange.js';
import type { Answer } from './answers';
import { current, NotSent } from './attempt';
import type { Clock } from './clock';
import { losslessJson } from './exact';
import type { Dialect } from './venues/dialect';

/** An exchange object of ccxt, of which we use what its types hide as well. */
export type Ccxt = Exchange & Record<string, any>;

export type Params = Record<string, any>;

/** What goes out: ccxt's own form. */
export interface Signed { url: string; method: string; body: any; headers: any }

export function tame(ex: Ccxt, dialect: Dialect, clock: Clock): Ccxt {
    ex.number = String as any;
    ex.parseJson = losslessOr;
    ex.enableRateLimit = true;
    ex.options['maxRetriesOnFailure'] = 0;
    ex.verbose = false;
    ex.log = () => undefined;
    passUrgent(ex);
    stampAndCount(ex, dialect, clock);
    holdToDeadline(ex, clock);
    keepWords(ex, dialect);
    readStreamsExactly(ex);
    return ex;
}

const losslessOr = (text: string): any => {
    try { return losslessJson(text); } catch { return undefined; }
};

// The rate of orders is the gate's affair; only reads wait in ccxt's queue.
function passUrgent(ex: Ccxt) {
    const throttle = ex.throttle.bind(ex);
    ex.throttle = (cost?: any) => current()?.urgent ? Promise.resolve() as any : throttle(cost);
}

// The venue's deadline goes into the request at the last moment, and no attempt signs two orders.
function stampAndCount(ex: Ccxt, dialect: Dialect, clock: Clock) {
    const sign = ex.sign.bind(ex);
    ex.sign = ((path: any, api: any, method: any, params: Params = {}, headers?: any, body?: any) => {
        const attempt = current();
        const places = attempt !== undefined && dialect.places(String(path), String(method));
        if (places && ++attempt.placed > 1) throw new NotSent('SECOND_SEND', 'a second request for the same order was held back');
        const deadline = attempt?.deadline;
        const stamped = deadline !== undefined && dialect.stamps(String(path), String(method)) ? dialect.stamp(ex, params, deadline, clock.now()) : params;
        const signed = sign(path, api, method, stamped, headers, body) as Signed;
        if (deadline !== undefined) dialect.mark(signed, deadline);
        return signed;
    }) as any;
}

function holdToDeadline(ex: Ccxt, clock: Clock) {
    const fetch = ex.fetch.bind(ex);
    ex.fetch = (async (url: string, method?: any, headers?: any, body?: any) => {
        const attempt = current();
        if (attempt?.deadline !== undefined && clock.latest() >= attempt.deadline)
            throw new NotSent('DEADLINE', 'its deadline had passed before it could be sent');
        if (attempt !== undefined) attempt.left = attempt.left || attempt.placed > 0;
        return await fetch(url, method, headers, body);
    }) as any;
}

// ccxt turns answers into error classes; the sheet needs the code, the status and the words.
function keepWords(ex: Ccxt, dialect: Dialect) {
    for (const name of ['handleErrors', 'handleHttpStatusCode'] as const) {
        const original = (ex as any)[name].bind(ex);
        (ex as any)[name] = (...args: any[]) => {
            if (name === 'handleErrors') noteTime(dialect, args[6]);
            try {
                return original(...args);
            } catch (e) {
                const body = name === 'handleErrors' ? args[5] : args[4];
                (e as any).answer = { http: args[0], ...dialect.fault(losslessOr(String(body ?? '')), String(body ?? '')) } satisfies Answer;
                throw e;
            }
        };
    }
}

// An answer is as old as the earliest look that went into it.
function noteTime(dialect: Dialect, body: unknown) {
    const attempt = current();
    const looked = attempt && dialect.lookedAt?.(body);
    if (attempt && looked !== undefined) attempt.lookedAt = Math.min(attempt.lookedAt ?? looked, looked);
}

function readStreamsExactly(ex: Ccxt) {
    const client = ex.client.bind(ex);
    ex.client = ((url: any) => {
        const made = client(url) as any;
        if (made.readsExactly) return made;
        const onMessage = made.onMessage.bind(made);
        made.onMessage = (event: any) => onMessage({ ...event, data: quoted(event.data) });
        made.readsExactly = true;
        return made;
    }) as any;
}

function quoted(data: any): any {
    const text = typeof data === 'string' ? data : Buffer.isBuffer(data) ? data.toString('utf8') : undefined;
    const read = text === undefined ? undefined : losslessOr(text);
    return read !== null && typeof read === 'object' ? JSON.stringify(read) : data;
}
