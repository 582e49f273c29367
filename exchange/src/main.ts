// node main.js [--port 7070] [--seed 1] [--still] [--replay FILE.csv]
import { readFileSync } from 'node:fs';
import { d } from './decimal.js';
import { usual } from './exchange.js';
import { spot } from './instruments.js';
import { start } from './server.js';

const option = (name: string): string | undefined => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const still = process.argv.includes('--still') || process.argv.includes('--replay');

try {
    const running = await start(Number(option('--port') ?? 7070), { ...usual, seed: Number(option('--seed') ?? 1), walk: !still });
    console.log(`A simulated exchange at ${running.url}, in the dialects of Binance spot and of Deribit. Nothing here is real.
  key     ${usual.key}
  secret  ${usual.secret}
  spot    ${spot.map(i => i.symbol).join(' ')}
  coins   BTC and ETH: perpetuals, two futures, options around the index
  control ${running.url}/control/books, /control/fault, /control/price ... (exchange/README.md)`);
    const file = option('--replay');
    if (file) void replay(file, Number(option('--every') ?? 1000));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void running.close().then(() => process.exit(0)));

    /** timestamp,symbol,price: a row each so many milliseconds; rows of one time together. */
    async function replay(path: string, everyMs: number): Promise<void> {
        let last = '';
        for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
            const [time, coin, price] = line.split(',') as [string, string, string];
            if (time !== last && last !== '') await new Promise(done => setTimeout(done, everyMs));
            last = time;
            running.exchange.market.tell(coin, d(price));
        }
    }
} catch (e) {
    console.error(`The exchange could not start: ${e instanceof Error ? e.message : e}`);
    process.exit(4);
}
