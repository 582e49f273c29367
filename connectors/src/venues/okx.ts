// OKX. Ids are letters and digits only, which ours are; the deadline is a header; orders are never to be resized (banAmend).
import okxOfCcxt from '#ccxt/pro/okx.js';
import type { Ccxt } from '../ccxt';
import type { Dialect } from './dialect';
import { made, usual } from './usual';

export const okx: Dialect = {
    ...usual,
    venue: 'okx',
    create: keys => new okxOfCcxt(made(keys, { brokerId: '' })) as Ccxt,
    aim(ex, urls) {
        if (urls.rest) ex.urls.api.rest = urls.rest;
        if (urls.ws) ex.urls.api.ws = urls.ws;
    },
    clientIdIn: info => info?.clOrdId || undefined,
    place: order => ({ ...usual.place(order), banAmend: true }),
    places: (path, method) => method === 'POST' && (path === 'trade/order' || path === 'trade/batch-orders'),
    stamps: () => false,
    mark: (signed, deadline) => { if (/\/trade\/(batch-orders|order)(\?|$)/.test(signed.url) && signed.method === 'POST') signed.headers = { ...signed.headers, expTime: String(deadline) }; },
    fault(body, text) {
        const row = body?.data?.[0];
        const inner = row?.sCode && row.sCode !== '0' ? row : undefined;
        return { code: (inner?.sCode ?? body?.code)?.toString(), text: inner?.sMsg ?? body?.msg ?? text };
    },
    async find(session, ref) {
        const { ex } = session;
        const symbol = session.market(ref.symbol).symbol;
        const order = await session.unlessAbsent(() => ex.fetchOrder(undefined as any, symbol, { clOrdId: ref.clientId }));
        return order && { orders: [order], trades: await ex.fetchOrderTrades(order.id!, symbol) };
    },
    async rights({ ex }) {
        const { perm, ip } = (await ex.privateGetAccountConfig({})).data[0];
        const may = String(perm).split(',');
        // Its right to trade includes moving funds between own accounts, and cannot be split.
        return { read: may.includes('read_only'), trade: may.includes('trade'), withdraw: may.includes('withdraw'), transfer: may.includes('withdraw'), addressBound: Boolean(ip), words: perm };
    },
    ready: ex => ex['authenticate']() as Promise<void>,
};
