// How far a venue's clock is ahead of ours, and how far it may be: a round trip says no more.

export class Clock {
    /** The middle of what is possible, in milliseconds. */
    ahead = 0;
    private least = 0;
    private most = 0;

    /** Asks once; `ask` gives the venue's time in milliseconds. A later answer counts where it says more, or when it is to begin `anew`. */
    async measure(ask: () => Promise<number>, anew = true): Promise<void> {
        const before = Date.now();
        const there = await ask();
        const after = Date.now();
        const [least, most] = [there - after, there + 1 - before];
        if (!anew && most - least >= this.most - this.least) return;
        [this.least, this.most] = [least, most];
        this.ahead = (this.least + this.most) / 2;
    }

    /** Venue time, as well as it is known. */
    now = (): number => Math.floor(Date.now() + this.ahead);

    /** Venue time that it is not before. */
    earliest = (): number => Math.floor(Date.now() + this.least);

    /** Venue time that it is not after. */
    latest = (): number => Math.ceil(Date.now() + this.most);

    /** How wrong `ahead` may be, in milliseconds. */
    get uncertainty(): number { return (this.most - this.least) / 2; }
}
