// One port for both venues: told apart by their paths.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { binance, fail } from './binance.js';
import { control } from './control.js';
import { answerOf, deribit, RpcError, signed } from './deribit.js';
import { Exchange, type Reply, type Settings } from './exchange.js';
import { connected } from './streams.js';

export interface Running { exchange: Exchange; url: string; close(): Promise<void> }

export async function start(port: number, settings?: Settings): Promise<Running> {
    const ex = new Exchange(settings);
    const server: Server = createServer((request, response) => void answer(ex, request, response));
    server.keepAliveTimeout = 65_000; // Longer than any client keeps a line for the next question: none is asked on one that is just being closed.
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket, request) => connected(ex, socket, request));
    await new Promise<void>((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        exchange: ex, url,
        async close() {
            ex.close();
            sockets.clients.forEach(s => s.terminate());
            server.closeAllConnections();
            await new Promise(done => server.close(done));
        },
    };
}

async function answer(ex: Exchange, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    let reply: Reply;
    try {
        reply = await route(ex, request, body);
    } catch (e) {
        reply = { status: 500, body: { error: String(e) } };
    }
    if (reply === 'drop') return void request.socket.destroy();
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(JSON.stringify(reply.body));
}

async function route(ex: Exchange, request: IncomingMessage, body: string): Promise<Reply> {
    const [method, url] = [request.method ?? 'GET', request.url ?? '/'];
    const [path, search = ''] = url.split('?') as [string, string?];
    if (path.startsWith('/control/')) return control(ex, method, path, body);
    ex.note(`${method} ${path}`);
    if (!path.startsWith('/api/v2/')) return await binance(ex, method, path, search || body, request.headers['x-mbx-apikey'] as string | undefined);
    const call = path.slice('/api/v2/'.length);
    const posted = method === 'POST' && body !== '' ? JSON.parse(body) : undefined;
    const params = posted?.params ?? Object.fromEntries(new URLSearchParams(search));
    if (call.startsWith('private/') && !signed(ex, request.headers.authorization, method, url, body))
        return { status: 400, body: answerOf(ex, ex.now(), posted?.id, { error: new RpcError(13004, 'invalid_credentials') }) };
    return await deribit(ex, posted?.method ?? call, params, posted?.id);
}

const text = async (request: IncomingMessage): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8');
};

export { fail };
