// A faulty line: node proxy.js PORT TARGET_PORT [--seed N]. It drops, delays, cuts after the request, sends bytes again, and goes dead half-open.
import { connect, createServer, type Socket } from 'node:net';
import { Chance } from './chance.js';

const [port, target] = process.argv.slice(2, 4).map(Number) as [number, number];
const seedAt = process.argv.indexOf('--seed');
const chance = new Chance(seedAt < 0 ? 1 : Number(process.argv[seedAt + 1]));
const rates = { refuse: 0.03, cutAfterRequest: 0.04, cutBeforeAnswer: 0.04, delay: 0.15, replay: 0.03, deaf: 0.02 };

createServer(client => {
    if (chance.next() < rates.refuse) return void client.destroy();
    const server = connect(target, '127.0.0.1');
    const both = [client, server];
    for (const s of both) s.on('error', () => both.forEach(x => x.destroy())).on('close', () => both.forEach(x => x.destroy()));
    client.on('data', data => void forward(data, client, server));
    server.on('data', data => void back(data, client, server));
}).listen(port, '127.0.0.1', () => console.log(`proxy ${port} -> ${target}`));

async function forward(data: Buffer, client: Socket, server: Socket): Promise<void> {
    const luck = chance.next();
    if (luck < rates.deaf) return; // Half-open: it takes the bytes, and nothing comes of them.
    if (luck < rates.deaf + rates.delay) await new Promise(done => setTimeout(done, chance.below(3000)));
    if (server.destroyed) return;
    server.write(data);
    if (chance.next() < rates.replay) again(data);
    if (chance.next() < rates.cutAfterRequest) client.destroy();
}

/** The same bytes once more, on a line of their own. */
function again(data: Buffer): void {
    const other = connect(target, '127.0.0.1', () => other.write(data));
    other.on('data', () => other.destroy()).on('error', () => undefined);
}

async function back(data: Buffer, client: Socket, server: Socket): Promise<void> {
    if (chance.next() < rates.cutBeforeAnswer) return void server.destroy();
    if (chance.next() < rates.delay / 3) await new Promise(done => setTimeout(done, chance.below(2000)));
    if (!client.destroyed) client.write(data);
}
