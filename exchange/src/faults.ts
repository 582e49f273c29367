// How the exchange misbehaves when it is told to: each fault with a probability, or so many times.
import { Chance } from './chance.js';

export const faultNames = [
    'loseRequest', 'loseResponse', 'delayBefore', 'delayAfter', 'errorAfter', 'throttle', 'twice', 'refuse',
    'streamLost', 'streamTwice', 'streamLate', 'queryLag', 'queryFails', 'emptyBalances', 'partial', 'maintenance',
] as const;

export type FaultName = typeof faultNames[number];

export interface Fault { p: number; count: number; ms: number }

export class Faults {
    readonly on = new Map<FaultName, Fault>();

    constructor(private readonly chance: Chance) { }

    set(name: FaultName, fault: Partial<Fault>): void {
        const whole = { p: fault.p ?? 0, count: fault.count ?? 0, ms: fault.ms ?? 500 };
        if (whole.p === 0 && whole.count === 0) this.on.delete(name);
        else this.on.set(name, whole);
    }

    /** Whether it happens now, and for how long. */
    hit(name: FaultName): Fault | undefined {
        const fault = this.on.get(name);
        if (!fault) return undefined;
        if (fault.count > 0) {
            if (--fault.count === 0 && fault.p === 0) this.on.delete(name);
            return fault;
        }
        return this.chance.next() < fault.p ? fault : undefined;
    }
}
