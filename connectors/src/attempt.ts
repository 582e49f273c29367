// One request that may make an order: it leaves this process at most once, and never after its deadline.
import { AsyncLocalStorage } from 'node:async_hooks';

/** A request was held back here: nothing left this process. */
export class NotSent extends Error {
    constructor(readonly code: string, message: string) { super(message); }
}

export interface Attempt {
    /** In venue time; the request is refused here after it. */
    readonly deadline?: number;
    /** Whether it passes the queue of ordinary reads. */
    readonly urgent: boolean;
    /** How many requests that place an order have left. */
    placed: number;
    /** Whether anything that matters has left. */
    left: boolean;
    /** The earliest time at which the venue says it looked, where its answers say so. */
    lookedAt?: number;
}

const store = new AsyncLocalStorage<Attempt>();

/** What is being attempted by whoever asks; undefined for ordinary reads. */
export const current = (): Attempt | undefined => store.getStore();

export const within = <T>(attempt: Attempt, run: () => Promise<T>): Promise<T> => store.run(attempt, run);

export const newAttempt = (deadline?: number): Attempt => ({ deadline, urgent: true, placed: 0, left: false });
