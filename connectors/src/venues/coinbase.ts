// Coinbase Advanced. No question takes a client id: orders are listed and ours is looked for. Only the token has a deadline.
import coinbaseOfCcxt from '#ccxt/pro/coinbase.js';
import type { Ccxt } from '../ccxt';
import type { Session } from '../session';
import type { Dialect, Ref } from './dialect';
import { made, usual } from './usual';

const dashed = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const coinbase: Dialect = {
    ...usual,
    venue: 'coinbase',
    create: keys => new coinbaseOfCcxt(made(keys)) as Ccxt,
    aim(ex, urls) {
        if (urls.rest) ex.urls.api.rest = urls.rest;
        if (urls.ws) ex.urls.api.ws = urls.ws;
    },
    idOf: dashed,
    clientIdIn: info => info?.client_order_id?.replaceAll('-', '') || undefined,
    place: order => ({ ...usual.place(order), clientOrderId: dashed(order.clientId) }),
    places: (path, method) => method === 'POST' && path === 'brokerage/orders',
    stamps: () => false,
    fault: (body, text) => ({
        code: (body?.error_response?.error ?? body?.failure_reason?.error ?? body?.error)?.toString(),
        text: [body?.failure_reason, body?.error_response?.error, body?.error_response?.message, body?.error, body?.message].filter(w => typeof w === 'string').join(': ') || text,
    }),
    async find(session, ref) {
        const { ex } = session;
        const market = session.market(ref.symbol);
        const order = await listed(session, ref, market);
        if (!order) return undefined;
        const { fills } = await ex.v3PrivateGetBrokerageOrdersHistoricalFills({ order_id: order.order_id });
        return { orders: [ex.parseOrder(order, market)], trades: ex.parseTrades(fills ?? [], market) };
    },
    async cancel(session, ref) {
        const id = ref.venueOrderId ?? (await listed(session, ref, session.market(ref.symbol)))?.order_id;
        if (!id) return false;
        await session.ex.cancelOrder(id, session.market(ref.symbol).symbol);
        return true;
    },
    async rights({ ex }) {
        const may = await ex.v3PrivateGetBrokerageKeyPermissions({});
        return {
            read: may.can_view === true, trade: may.can_trade === true, withdraw: may.can_transfer === true, transfer: may.can_transfer === true, addressBound: null,
            words: ['can_view', 'can_trade', 'can_transfer'].filter(w => may[w] === true).join(' '),
        };
    },
};

// As far back as the sheet says that unfilled orders can be found.
async function listed({ ex, clock, sheet }: Session, ref: Ref, market: any): Promise<any> {
    const start_date = new Date(clock.now() - Number(sheet.promises['unfilledKeptSeconds']!.value) * 1000).toISOString();
    for (let cursor = ''; ;) {
        const page = await ex.v3PrivateGetBrokerageOrdersHistoricalBatch({ product_id: market.id, start_date, limit: 100, ...cursor ? { cursor } : {} });
        const found = (page.orders as any[]).find(o => o.client_order_id === dashed(ref.clientId));
        if (found || !page.has_next) return found;
        cursor = page.cursor;
    }
}
