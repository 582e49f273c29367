// Everything between two times, page by page, in the order of time, each row once.

export interface Rows<T> { key: (row: T) => string; at: (row: T) => number; span?: number }

/** Asks for windows from `from` on, of at most `span` milliseconds, until a window has nothing new and reaches `to`. */
export async function pages<T>(from: number, to: number, ask: (from: number, to: number) => Promise<T[]>, rows: Rows<T>): Promise<T[]> {
    const seen = new Map<string, T>();
    for (let start = from; start <= to;) {
        const end = Math.min(to, start + (rows.span ?? to - start));
        const page = await ask(start, end);
        const fresh = page.filter(r => !seen.has(rows.key(r)));
        for (const row of fresh) seen.set(rows.key(row), row);
        const last = Math.max(start, ...fresh.map(rows.at));
        if (fresh.length > 0 && last > start) start = last;
        else if (end >= to) break;
        else start = end;
    }
    return [...seen.values()].sort((a, b) => rows.at(a) - rows.at(b));
}
