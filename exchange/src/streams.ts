// The WebSockets of both venues: prices to whoever subscribes, orders and trades to whoever signed.
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { balances, bookTicker, depth, status } from './binance.js';
import type { Order, Trade } from './books.js';
import { str, type D } from './decimal.js';
import { answerOf, auth, deribit, depth as deribitDepth, report, RpcError, ticker, userTrade } from './deribit.js';
import type { Exchange } from './exchange.js';
import type { Instrument } from './instruments.js';

/** A stream that may lose, repeat or delay what it tells. */
function teller(ex: Exchange, socket: WebSocket): (message: object) => void {
    const send = (message: object) => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message)); };
    return message => {
        if (ex.faults.hit('streamLost')) return;
        const late = ex.faults.hit('streamLate');
        if (late) setTimeout(() => send(message), late.ms * (0.5 + ex.chance.next()));
        else send(message);
        if (ex.faults.hit('streamTwice')) setTimeout(() => send(message), 50);
    };
}

/** `BTCUSDT@bookTicker`, `@depth...`: prices as they move. */
export function binanceMarket(ex: Exchange, socket: WebSocket): void {
    const wanted = new Set<string>();
    const books = new Map<string, Changes>();
    const send = (message: object) => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message)); };
    const tell = (i: Instrument) => {
        const changes = books.get(i.symbol);
        if (changes && ex.now() > changes.at) {
            const since = changes.at;
            const { bids, asks } = changes.to(depth(ex, i), ex.now());
            send({ e: 'depthUpdate', E: ex.now(), s: i.symbol, U: since + 1, u: changes.at, b: bids, a: asks });
        }
        if (!wanted.has(i.symbol)) return;
        const t = bookTicker(ex, i);
        send({ u: ex.now(), s: i.symbol, b: t.bidPrice, B: t.bidQty, a: t.askPrice, A: t.askQty });
    };
    ex.market.on('moved', tell);
    const repeat = setInterval(() => ex.market.instruments.forEach(i => tell(i)), 1000);
    socket.on('close', () => { ex.market.off('moved', tell); clearInterval(repeat); });
    socket.on('message', data => {
        const m = JSON.parse(String(data));
        for (const stream of m.params ?? []) {
            const [name, what] = String(stream).split('@');
            const symbol = name!.toUpperCase();
            if (what === 'depth') m.method === 'SUBSCRIBE' ? books.set(symbol, new Changes(ex.now() - 1)) : books.delete(symbol);
            else if (m.method === 'SUBSCRIBE') wanted.add(symbol);
            else wanted.delete(symbol);
        }
        send({ result: null, id: m.id });
        ex.market.instruments.forEach(i => tell(i));
    });
}

/** What changed in a book since it was last told; a level that is gone has size 0. */
class Changes {
    private told = new Map<string, string>();

    constructor(public at: number) { }

    to<P extends string | number>(book: { bids: [P, P][]; asks: [P, P][] }, at: number) {
        const now = new Map<string, string>();
        const side = (name: string, rows: [P, P][]) => {
            const there = new Set(rows.map(([price]) => `${name} ${price}`));
            rows.forEach(([price, size]) => now.set(`${name} ${price}`, String(size)));
            const gone = [...this.told.keys()].filter(k => k.startsWith(name) && !there.has(k)).map(k => [typeof rows[0]?.[0] === 'number' ? Number(k.split(' ')[1]) : k.split(' ')[1], typeof rows[0]?.[0] === 'number' ? 0 : '0'] as [P, P]);
            return [...rows.filter(([price, size]) => this.told.get(`${name} ${price}`) !== String(size)), ...gone];
        };
        const changed = { bids: side('bid', book.bids), asks: side('ask', book.asks) };
        [this.told, this.at] = [now, at];
        return changed;
    }
}

/** The WebSocket API: the signed subscription to one's own events. */
export function binanceUser(all: Exchange, socket: WebSocket): void {
    let ex = all;
    const send = (message: object) => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message)); };
    const tell = teller(ex, socket);
    const event = (body: object) => tell({ subscriptionId: 0, event: body });
    const onOrder = (o: Order) => { if (o.trades.length === 0 || o.state !== 'filled') event(execution(ex, o)); };
    const onTrade = (t: Trade) => event(execution(ex, t.order, t));
    const onBalance = () => event({ e: 'outboundAccountPosition', E: ex.now(), u: ex.now(), B: balances(ex).map(b => ({ a: b.asset, f: b.free, l: b.locked })) });
    socket.on('message', data => {
        const m = JSON.parse(String(data));
        if (m.method !== 'userDataStream.subscribe.signature') return send({ id: m.id, status: 400, error: { code: -1000, msg: 'unknown method' } });
        const { signature, ...rest } = m.params ?? {};
        const text = Object.keys(rest).sort().map(k => `${k}=${encodeURIComponent(rest[k])}`).join('&');
        ex = all.of(rest.apiKey);
        if (rest.apiKey !== ex.settings.key || signature !== createHmac('sha256', ex.settings.secret).update(text).digest('hex')) return send({ id: m.id, status: 400, error: { code: -1022, msg: 'Signature for this request is not valid.' } });
        ex.binance.on('order', onOrder);
        ex.binance.on('trade', onTrade);
        ex.binance.on('balance', onBalance);
        send({ id: m.id, status: 200, result: { subscriptionId: 0 } });
    });
    socket.on('close', () => { ex.binance.off('order', onOrder); ex.binance.off('trade', onTrade); ex.binance.off('balance', onBalance); });
}

const e8 = (value: D): string => str(value, 8);

const execution = (ex: Exchange, o: Order, t?: Trade) => ({
    e: 'executionReport', E: ex.now(), s: o.instrument.symbol, c: o.clientId, S: o.side.toUpperCase(), o: 'LIMIT', f: o.life, q: e8(o.quantity), p: e8(o.price), P: '0', F: '0', g: -1, C: '',
    x: t ? 'TRADE' : o.state === 'cancelled' ? 'CANCELED' : 'NEW', X: t && o.state === 'open' && o.filled === o.quantity ? 'FILLED' : status(o), r: 'NONE', i: o.id, l: e8(t?.quantity ?? 0n), z: e8(o.filled), L: e8(t?.price ?? 0n),
    n: str(t?.fee ?? 0n), N: t?.feeAsset ?? null, T: t?.at ?? o.updated, t: t?.id ?? -1, w: o.state === 'open', m: t?.maker ?? false, O: o.created, Z: e8(o.value), Y: '0', Q: '0', W: o.created, V: 'EXPIRE_MAKER',
});

/** JSON-RPC over a socket: the same methods, and channels. */
export function deribitSocket(ex: Exchange, socket: WebSocket): void {
    const send = (message: object) => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message)); };
    const tell = teller(ex, socket);
    const channels = new Set<string>();
    let known = false;
    let cancels = false;
    const onMoved = (i: Instrument) => {
        if (i.venue !== 'deribit') return;
        const t = ticker(ex, i);
        if (channels.has(`quote.${i.symbol}`)) send(notice(`quote.${i.symbol}`, { timestamp: t.timestamp, instrument_name: i.symbol, best_bid_price: t.best_bid_price, best_bid_amount: t.best_bid_amount, best_ask_price: t.best_ask_price, best_ask_amount: t.best_ask_amount }));
        tellBook(i);
        for (const rate of ['raw', '100ms']) if (channels.has(`ticker.${i.symbol}.${rate}`)) send(notice(`ticker.${i.symbol}.${rate}`, t));
    };
    const books = new Map<string, Changes>();
    const tellBook = (i: Instrument) => {
        const channel = `book.${i.symbol}.100ms`;
        if (!channels.has(channel)) return books.delete(i.symbol);
        const known = books.get(i.symbol);
        const changes = known ?? new Changes(ex.now() - 1);
        const before = changes.at;
        if (ex.now() <= before) return;
        books.set(i.symbol, changes);
        const { bids, asks } = changes.to(deribitDepth(ex, i), ex.now());
        const rows = (side: [number, number][]) => side.map(([price, size]) => [size === 0 ? 'delete' : known ? 'change' : 'new', price, size]);
        send(notice(channel, { type: known ? 'change' : 'snapshot', timestamp: ex.now(), ...known ? { prev_change_id: before } : {}, instrument_name: i.symbol, change_id: changes.at, bids: rows(bids), asks: rows(asks) }));
    };
    const user = (kind: string, row: object) => { for (const c of channels) if (c.startsWith(`user.${kind}.`)) tell(notice(c, kind === 'trades' ? [row] : row)); };
    const onOrder = (o: Order) => user('orders', report(o));
    const onTrade = (t: Trade) => user('trades', userTrade(t));
    ex.market.on('moved', onMoved);
    const repeat = setInterval(() => ex.market.instruments.forEach(onMoved), 1000);
    ex.deribit.on('order', onOrder);
    ex.deribit.on('trade', onTrade);
    socket.on('close', () => {
        ex.market.off('moved', onMoved);
        clearInterval(repeat);
        ex.deribit.off('order', onOrder);
        ex.deribit.off('trade', onTrade);
        if (cancels) for (const o of ex.deribit.orders) ex.deribit.cancel(o);
    });
    socket.on('message', async data => {
        const m = JSON.parse(String(data));
        const began = ex.now();
        const refuse = (code: number, text: string) => send(answerOf(ex, began, m.id, { error: new RpcError(code, text) }));
        if (m.method === 'public/auth') {
            try {
                const result = auth(ex, m.params);
                known = true;
                return send(answerOf(ex, began, m.id, { result }));
            } catch { return refuse(13004, 'invalid_credentials'); }
        }
        if (m.method.startsWith('private/') && !known) return refuse(13009, 'unauthorized');
        if (m.method === 'private/enable_cancel_on_disconnect') cancels = true;
        if (m.method.endsWith('/subscribe')) {
            for (const c of m.params.channels) channels.add(c);
            send(answerOf(ex, began, m.id, { result: m.params.channels }));
            return ex.market.instruments.forEach(onMoved);
        }
        const reply = await deribit(ex, m.method, m.params ?? {}, m.id);
        if (reply === 'drop') socket.terminate();
        else send(reply.body as object);
    });
}

const notice = (channel: string, data: object) => ({ jsonrpc: '2.0', method: 'subscription', params: { channel, data } });

/** Which venue a socket wants, by its path. */
export function connected(ex: Exchange, socket: WebSocket, request: IncomingMessage): void {
    const path = request.url ?? '';
    ex.note(`socket ${path}`);
    if (path.startsWith('/ws/api/v2')) deribitSocket(ex, socket);
    else if (path.startsWith('/ws-api/')) binanceUser(ex, socket);
    else binanceMarket(ex, socket);
}
