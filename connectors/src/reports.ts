// ccxt's orders, trades and prices in the words of the protocol: decimals as text, times in milliseconds, symbols as the portfolio has them.
import { exact, exactOr, same } from './exact';
import type { Session } from './session';
import type { Order } from './venues/dialect';

export interface OrderReport {
    venueOrderId: string; clientId: string | null; symbol: string; side: 'buy' | 'sell'; quantity: string; price: string; filled: string;
    state: 'open' | 'filled' | 'cancelled' | 'expired' | 'rejected';
}

export interface TradeReport {
    tradeId: string; venueOrderId: string; clientId: string | null; symbol: string; side: 'buy' | 'sell'; quantity: string; price: string;
    fee: string; feeAsset: string; at: number; maker: boolean;
}

/** An order as the venue tells of it; what it leaves out of its answer to our own request is as we asked. */
export function orderReport(session: Session, o: any, asked?: Order): OrderReport {
    const quantity = exact(o.amount ?? asked?.quantity, 'quantity');
    const filled = exactOr(o.filled, '0', 'filled');
    return {
        venueOrderId: required(o.id, 'order id'), clientId: idOf(session, o) ?? asked?.clientId ?? null,
        symbol: o.symbol ? session.dialect.symbolOf(session.ex.market(o.symbol)) : asked!.symbol,
        side: o.side ?? asked?.side, quantity, price: exactOr(o.price ?? asked?.price, '0', 'price'), filled,
        state: stateOf(o.status, quantity, filled),
    };
}

export function tradeReport(session: Session, t: any, order?: { id: string | null; symbol?: string }): TradeReport {
    const { ex, dialect } = session;
    const fee = t.fee?.cost === undefined && t.fees?.length > 0 ? t.fees[0] : t.fee;
    return {
        tradeId: required(t.id, 'trade id'), venueOrderId: required(t.order, 'order id of a trade'), clientId: idOf(session, t) ?? order?.id ?? null,
        symbol: dialect.symbolOf(ex.market(t.symbol)), side: t.side, quantity: exact(t.amount, 'quantity'), price: exact(t.price, 'price'),
        fee: exactOr(fee?.cost, '0', 'fee'), feeAsset: fee?.currency ?? ex.market(t.symbol).quote, at: Number(t.timestamp), maker: t.takerOrMaker === 'maker',
    };
}

export interface Quote { symbol: string; bid: string; bidSize: string; ask: string; askSize: string; at: number }

/** Best prices; undefined where a side is missing, which is no price at all. */
export function quote(session: Session, t: any): Quote | undefined {
    const { ex, dialect, clock } = session;
    if ([t.bid, t.ask].some(p => p === undefined || p === null || exact(p) === '0')) return undefined;
    return {
        symbol: dialect.symbolOf(ex.market(t.symbol)), bid: exact(t.bid), bidSize: exactOr(t.bidVolume, '0'), ask: exact(t.ask), askSize: exactOr(t.askVolume, '0'),
        at: t.timestamp === undefined ? clock.now() : Number(t.timestamp),
    };
}

/** Our 32 digits, where the venue gave an id of that form back. */
function idOf(session: Session, row: any): string | undefined {
    const text = session.dialect.clientIdIn(row.info) ?? row.clientOrderId;
    const digits = typeof text === 'string' ? text.replace(/^0x/, '').replaceAll('-', '').toLowerCase() : '';
    return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined;
}

function stateOf(status: string | undefined, quantity: string, filled: string): OrderReport['state'] {
    switch (status) {
        case 'closed': return same(quantity, filled) ? 'filled' : 'cancelled';
        case 'canceled': case 'canceling': return 'cancelled';
        case 'expired': return 'expired';
        case 'rejected': return 'rejected';
        default: return 'open';
    }
}

function required(value: unknown, what: string): string {
    if (value === undefined || value === null || value === '') throw new Error(`the venue sent no ${what}`);
    return String(value);
}
