// Seeded: the same seed misbehaves the same way.

export class Chance {
    private state: bigint;

    constructor(seed: number) { this.state = BigInt(seed) * 0x9E3779B97F4A7C15n & MASK; }

    /** From 0 to 1. */
    next(): number {
        this.state = this.state + 0x9E3779B97F4A7C15n & MASK;
        let z = this.state;
        z = (z ^ z >> 30n) * 0xBF58476D1CE4E5B9n & MASK;
        z = (z ^ z >> 27n) * 0x94D049BB133111EBn & MASK;
        return Number((z ^ z >> 31n) >> 11n) / 2 ** 53;
    }

    /** A whole number below `n`. */
    below(n: number): number { return Math.floor(this.next() * n); }
}

const MASK = (1n << 64n) - 1n;
