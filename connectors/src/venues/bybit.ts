// Bybit. An acknowledgement says only that the request came in; the proof asks three lists.
import bybitOfCcxt from '#ccxt/pro/bybit.js';
import type { Ccxt } from '../ccxt';
import type { Dialect } from './dialect';
import { made, usual } from './usual';

const usualWindow = 5000; // ccxt's own, for everything that has no deadline.

export const bybit: Dialect = {
    ...usual,
    venue: 'bybit',
    create: keys => new bybitOfCcxt(made(keys, { brokerId: '', recvWindow: usualWindow, fetchMarkets: { types: ['spot', 'linear', 'inverse', 'option'] }, enableUnifiedAccount: true, enableUnifiedMargin: false })) as Ccxt,
    clientIdIn: info => info?.orderLinkId || undefined,
    places: (path, method) => method === 'POST' && path === 'v5/order/create',
    stamps: (path, method) => method === 'POST' && path.startsWith('v5/order/'),
    stamp(ex, params, deadline, now) {
        ex.options['recvWindow'] = Math.max(1, deadline - now);
        return params;
    },
    mark: () => undefined,
    fault: (body, text) => ({ code: body?.retCode?.toString(), text: body?.retMsg ?? text }),
    async find(session, ref) {
        const { ex } = session;
        const market = session.market(ref.symbol);
        const asked = { category: market.spot ? 'spot' : market.option ? 'option' : market.linear ? 'linear' : 'inverse', symbol: market.id, orderLinkId: ref.clientId };
        const [now, closed, fills] = await Promise.all([ex.privateGetV5OrderRealtime(asked), ex.privateGetV5OrderHistory(asked), ex.privateGetV5ExecutionList(asked)]);
        const orders = [...new Map([...closed.result.list, ...now.result.list].map((o: any) => [o.orderId, o])).values()];
        return orders.length + fills.result.list.length === 0 ? undefined
            : { orders: ex.parseOrders(orders, market), trades: ex.parseTrades(fills.result.list, market) };
    },
    async rights({ ex }) {
        const { result } = await ex.privateGetV5UserQueryApi({});
        const wallet = result.permissions?.Wallet ?? [];
        return {
            read: true, trade: result.readOnly?.toString() === '0', withdraw: wallet.includes('Withdraw'), transfer: wallet.length > 0,
            addressBound: !(result.ips ?? ['*']).includes('*'), words: Object.entries(result.permissions ?? {}).map(([k, v]) => `${k}:${(v as string[]).join('+')}`).join(' '),
        };
    },
    ready: ex => ex['authenticate'](ex.urls['api']['ws']['private']['contract']) as Promise<void>,
};
