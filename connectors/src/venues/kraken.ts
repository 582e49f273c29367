// Kraken spot. Its fee on a sale is taken in the coin sold unless fciq says otherwise, so it always does.
import krakenOfCcxt from '#ccxt/pro/kraken.js';
import type { Ccxt } from '../ccxt';
import type { Dialect } from './dialect';
import { made, usual } from './usual';

export const kraken: Dialect = {
    ...usual,
    venue: 'kraken',
    create: keys => new krakenOfCcxt(made(keys)) as Ccxt,
    clientIdIn: info => info?.cl_ord_id || undefined,
    place: order => ({ ...usual.place(order), oflags: 'fciq' }),
    places: (path, method) => method === 'POST' && path === 'AddOrder',
    stamps: path => path === 'AddOrder',
    stamp: (_ex, params, deadline) => ({ ...params, deadline: new Date(deadline).toISOString() }),
    fault: (body, text) => ({ text: Array.isArray(body?.error) && body.error.length > 0 ? body.error.join('; ') : text }),
    async find(session, ref) {
        const { ex } = session;
        const market = session.market(ref.symbol);
        const [open, closed] = await Promise.all([
            ex.privatePostOpenOrders({ trades: true, cl_ord_id: ref.clientId }), ex.privatePostClosedOrders({ trades: true, cl_ord_id: ref.clientId })]);
        const rows = Object.entries({ ...closed.result.closed, ...open.result.open }).filter(([, o]) => (o as any).cl_ord_id === ref.clientId);
        if (rows.length === 0) return undefined;
        const ids = rows.flatMap(([, o]) => (o as any).trades ?? []);
        const fills = ids.length === 0 ? {} : (await ex.privatePostQueryTrades({ txid: ids.join(',') })).result;
        return {
            orders: rows.map(([id, o]) => ex.parseOrder({ ...(o as any), id }, market)),
            trades: Object.entries(fills).map(([id, t]) => ex.parseTrade({ ...(t as any), id }, market)),
        };
    },
    async rights({ ex }) {
        const { result } = await ex.request('GetApiKeyInfo', 'private', 'POST', {}) as any;
        const may = (result.permissions ?? []) as string[];
        const has = (what: RegExp) => may.some(p => what.test(p));
        return { read: has(/query/i), trade: has(/(create|modify|trade)/i), withdraw: has(/withdraw/i), transfer: has(/withdraw/i), addressBound: null, words: may.join(' ') };
    },
    ready: ex => ex['authenticate']() as Promise<void>,
};
