// The exchange's own books: balances, orders, trades, positions. Exact; whatever an account gains, the house loses.
import { EventEmitter } from 'node:events';
import { abs, d, div, floor, min, mul, type D } from './decimal.js';
import type { Instrument } from './instruments.js';
import type { Market, Top } from './market.js';

export type Side = 'buy' | 'sell';
export type State = 'open' | 'filled' | 'cancelled' | 'rejected';

export interface Trade { id: number; order: Order; price: D; quantity: D; fee: D; feeAsset: string; at: number; maker: boolean }

export interface Order {
    id: number; clientId: string; instrument: Instrument; side: Side; quantity: D; price: D; filled: D; value: D; state: State; life: 'GTC' | 'IOC' | 'FOK';
    postOnly: boolean; reduceOnly: boolean; created: number; updated: number; trades: Trade[];
}

export interface Position { size: D; entry: D }

export interface Asked { clientId: string; side: Side; quantity: D; price?: D; life: Order['life']; postOnly: boolean; reduceOnly: boolean }

/** A refusal in the venue-neutral words that each dialect turns into its own code. */
export class Refusal extends Error {
    constructor(readonly why: 'funds' | 'tick' | 'lot' | 'notional' | 'postOnly' | 'reduceOnly' | 'price', message: string) { super(message); }
}

export class Books extends EventEmitter<{ order: [Order]; trade: [Trade]; balance: [string] }> {
    readonly balances = new Map<string, D>();
    readonly house = new Map<string, D>();
    readonly positions = new Map<string, Position>();
    readonly orders: Order[] = [];
    readonly trades: Trade[] = [];
    feeInReceived = true;
    fee = d('0.001');
    private next = 1000;

    constructor(readonly venue: 'binance' | 'deribit', private readonly market: Market, private readonly clock: () => number) {
        super();
        market.on('moved', i => { if (i.venue === venue) this.moved(i); });
    }

    of(asset: string): D { return this.balances.get(asset) ?? 0n; }

    /** What open orders tie up. */
    tied(asset: string): D {
        let sum = 0n;
        for (const o of this.orders) {
            if (o.state !== 'open' || o.instrument.kind !== 'spot') continue;
            const left = o.quantity - o.filled;
            if (o.side === 'sell' && o.instrument.base === asset) sum += left;
            if (o.side === 'buy' && o.instrument.quote === asset) sum += mul(left, o.price);
        }
        return sum;
    }

    /** Money from or to outside. */
    move(asset: string, amount: D): void {
        this.add(asset, amount);
        this.emit('balance', asset);
    }

    place(i: Instrument, asked: Asked, share?: D): Order {
        const top = this.market.top(i);
        const price = asked.price ?? (asked.side === 'buy' ? top.ask * 11n / 10n : top.bid * 9n / 10n);
        this.check(i, asked, price, top);
        const now = this.clock();
        const order: Order = {
            id: ++this.next, clientId: asked.clientId, instrument: i, side: asked.side, quantity: asked.quantity, price, filled: 0n, value: 0n, state: 'open', life: asked.life,
            postOnly: asked.postOnly, reduceOnly: asked.reduceOnly, created: now, updated: now, trades: [],
        };
        this.orders.push(order);
        this.emit('order', order);
        if (crosses(order, top)) this.fill(order, asked.side === 'buy' ? top.ask : top.bid, share === undefined ? undefined : floor(mul(order.quantity, share), i.lot), false);
        if (order.state === 'open' && asked.life !== 'GTC') this.cancel(order);
        return order;
    }

    cancel(order: Order): boolean {
        if (order.state !== 'open') return false;
        this.change(order, 'cancelled');
        return true;
    }

    /** Everything that was not paid in or out is with the account or with the house. */
    conserved(): boolean {
        const assets = new Set([...this.balances.keys(), ...this.house.keys()]);
        return [...assets].every(a => this.of(a) + (this.house.get(a) ?? 0n) === (this.paid.get(a) ?? 0n));
    }

    private readonly paid = new Map<string, D>();

    private add(asset: string, amount: D): void {
        this.balances.set(asset, this.of(asset) + amount);
        this.paid.set(asset, (this.paid.get(asset) ?? 0n) + amount);
    }

    private give(asset: string, amount: D): void {
        this.balances.set(asset, this.of(asset) + amount);
        this.house.set(asset, (this.house.get(asset) ?? 0n) - amount);
    }

    private check(i: Instrument, asked: Asked, price: D, top: Top): void {
        if (asked.quantity <= 0n || asked.quantity % i.lot !== 0n) throw new Refusal('lot', 'Filter failure: LOT_SIZE');
        if (price <= 0n) throw new Refusal('price', 'Filter failure: PRICE_FILTER');
        if (asked.price !== undefined && asked.price % i.tick !== 0n) throw new Refusal('tick', 'Filter failure: PRICE_FILTER');
        if (i.kind === 'spot' && mul(asked.quantity, price) < i.minNotional) throw new Refusal('notional', 'Filter failure: NOTIONAL');
        if (asked.postOnly && (asked.side === 'buy' ? price >= top.ask : price <= top.bid)) throw new Refusal('postOnly', 'post_only_reject');
        if (asked.reduceOnly) {
            const size = this.positions.get(i.symbol)?.size ?? 0n;
            if (asked.side === 'buy' ? asked.quantity > -size : asked.quantity > size) throw new Refusal('reduceOnly', 'reduce_only would increase the position');
        }
        const [asset, needed] = this.needs(i, asked, price, top);
        if (needed > this.of(asset) - this.tied(asset)) throw new Refusal('funds', 'Account has insufficient balance for requested action.');
    }

    /** Of spot what it spends; of contracts a tenth of what they expose, of short options a quarter of the coin. */
    private needs(i: Instrument, asked: Asked, price: D, top: Top): [string, D] {
        if (i.kind === 'spot') return asked.side === 'buy' ? [i.quote, mul(asked.quantity, price)] : [i.base, asked.quantity];
        if (i.kind === 'option') return [i.base, asked.side === 'buy' ? mul(asked.quantity, price) : asked.quantity / 4n];
        return [i.base, asked.reduceOnly ? 0n : div(asked.quantity, top.mid) / 10n];
    }

    private moved(i: Instrument): void {
        if (!this.orders.some(o => o.state === 'open' && o.instrument === i)) return;
        const top = this.market.top(i);
        for (const o of this.orders) if (o.state === 'open' && o.instrument === i && crosses(o, top)) this.fill(o, o.price, undefined, true);
    }

    private fill(o: Order, price: D, most: D | undefined, maker: boolean): void {
        const quantity = most === undefined || most <= 0n ? o.quantity - o.filled : min(most, o.quantity - o.filled);
        const trade = this.book(o, price, quantity, maker);
        o.filled += quantity;
        o.value += mul(quantity, price);
        o.trades.push(trade);
        this.trades.push(trade);
        if (o.filled === o.quantity) this.change(o, 'filled', trade);
        else this.change(o, 'open', trade);
    }

    private change(o: Order, state: State, trade?: Trade): void {
        o.state = state;
        o.updated = this.clock();
        if (trade) this.emit('trade', trade);
        this.emit('order', o);
        this.emit('balance', o.instrument.base);
    }

    private book(o: Order, price: D, quantity: D, maker: boolean): Trade {
        const { instrument: i } = o;
        const sign = o.side === 'buy' ? 1n : -1n;
        const trade: Trade = { id: this.trades.length + 1, order: o, price, quantity, fee: 0n, feeAsset: i.base, at: this.clock(), maker };
        if (i.kind === 'spot') {
            const value = mul(quantity, price);
            this.give(i.base, sign * quantity);
            this.give(i.quote, -sign * value);
            const [asset, got] = !this.feeInReceived || o.side === 'sell' ? [i.quote, value] : [i.base, quantity];
            Object.assign(trade, { fee: eight(mul(got, this.fee)), feeAsset: asset });
        } else {
            if (i.kind === 'option') this.give(i.base, -sign * eight(mul(quantity, price)));
            this.give(i.base, this.turn(i, sign * quantity, price));
            trade.fee = i.kind === 'option' ? min(mul(quantity, d('0.0003')), eight(mul(mul(quantity, price), d('0.125')))) : maker ? 0n : eight(mul(div(quantity, price), d('0.0005')));
        }
        if (trade.fee !== 0n) this.give(trade.feeAsset, -trade.fee);
        return trade;
    }

    /** The position after a trade, and what was gained by closing a part of it: of inverse contracts q (1/entry − 1/exit), in coin. */
    private turn(i: Instrument, signed: D, price: D): D {
        const old = this.positions.get(i.symbol) ?? { size: 0n, entry: 0n };
        const size = old.size + signed;
        const adds = old.size === 0n || old.size > 0n === signed > 0n;
        const closed = adds ? 0n : min(abs(signed), abs(old.size));
        let gained = 0n;
        if (closed > 0n && i.kind !== 'option') gained = eight((old.size > 0n ? 1n : -1n) * (div(closed, old.entry) - div(closed, price)));
        const entry = size === 0n ? 0n : adds ? average(old, signed, price, i.kind !== 'option') : abs(signed) > abs(old.size) ? price : old.entry;
        if (size === 0n) this.positions.delete(i.symbol);
        else this.positions.set(i.symbol, { size, entry });
        return gained;
    }
}

/** Inverse contracts average harmonically. */
function average(old: Position, signed: D, price: D, inverse: boolean): D {
    const [a, b] = [abs(old.size), abs(signed)];
    if (a === 0n) return price;
    return inverse ? div(a + b, div(a, old.entry) + div(b, price)) : div(mul(a, old.entry) + mul(b, price), a + b);
}

const eight = (value: D): D => value / 10n ** 10n * 10n ** 10n;

const crosses = (o: Order, top: Top): boolean => o.side === 'buy' ? o.price >= top.ask : o.price <= top.bid;
