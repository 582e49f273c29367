// What most venues have in common, through ccxt's unified methods. A venue overrides what is different there.
import type { Ccxt, Params } from '../ccxt';
import { exact, isZero, negated } from '../exact';
import type { Session } from '../session';
import type { Dialect, Keys, Ref } from './dialect';

/** What every venue's object of ccxt is made with. */
export const made = (keys: Keys, options: Params = {}): Params => ({
    apiKey: keys.key, secret: keys.secret, password: keys.passphrase, timeout: 10_000, newUpdates: true,
    options: { maxRetriesOnFailure: 0, adjustForTimeDifference: false, ...options },
});

export const usual: Omit<Dialect, 'venue' | 'create' | 'rights' | 'fault'> = {
    aim(ex, urls) {
        for (const name of Object.keys(ex.urls.api)) if (typeof ex.urls.api[name] === 'string' && urls.rest) ex.urls.api[name] = urls.rest;
        if (urls.ws) ex.urls.api.ws = urls.ws;
    },
    idOf: clientId => clientId,
    clientIdIn: info => info?.clientOrderId ?? undefined,
    place: order => ({
        clientOrderId: order.clientId,
        ...order.life === 'postOnly' ? { postOnly: true } : { timeInForce: order.life === 'rests' ? 'GTC' : 'IOC' },
        ...order.reduceOnly ? { reduceOnly: true } : {},
    }),
    places: (path, method) => method === 'POST' && /order/i.test(path) && !/cancel/i.test(path),
    stamps: (path, method) => method !== 'GET' && /order/i.test(path),
    stamp: (_ex, params) => params,
    mark: () => undefined,
    tradesOfAck: () => [],
    find: findByClientId,
    cancel: async ({ ex }, ref) => {
        if (ref.venueOrderId) await ex.cancelOrder(ref.venueOrderId, ref.symbol);
        else await ex.cancelOrder(undefined as any, ref.symbol, { clientOrderId: ref.clientId });
        return true;
    },
    open: ({ ex }) => ex.fetchOpenOrders(),
    async balances({ ex }) {
        const total = ((await ex.fetchBalance()) as any).total as Record<string, unknown>;
        return Object.fromEntries(Object.entries(total).map(([asset, value]) => [asset, exact(value, asset)]).filter(([, value]) => !isZero(value!)));
    },
    async positions({ ex, dialect }) {
        if (!Object.values(ex.markets ?? {}).some((m: any) => m.contract)) return {};
        const rows = (await ex.fetchPositions()).filter((p: any) => p.contracts !== undefined && !isZero(exact(p.contracts)));
        return Object.fromEntries(rows.map((p: any) => [dialect.symbolOf(ex.market(p.symbol)), p.side === 'short' ? negated(exact(p.contracts)) : exact(p.contracts)]));
    },
    margins: () => Promise.resolve([]),
    trades: async ({ ex }, since, symbols) => symbols.length === 0 ? ex.fetchMyTrades(undefined, since) : (await Promise.all(symbols.map(s => ex.fetchMyTrades(s, since)))).flat(),
    symbolOf: market => market.symbol,
    unitOf: market => market.spot ? { amountIn: 'coins', multiplier: '1' } : { amountIn: market.inverse ? 'money' : 'coins', multiplier: exact(market.contractSize ?? '1') },
    ready: () => Promise.resolve(),
};

/** Asks for one order by its client id, then for its trades. */
async function findByClientId(session: Session, ref: Ref) {
    const { ex, dialect } = session;
    const order = await session.unlessAbsent(() => ex.fetchOrder(undefined as any, ref.symbol, { clientOrderId: dialect.idOf(ref.clientId) }));
    return order && { orders: [order], trades: await tradesOfOrder(ex, order, ref.symbol) };
}

/** The trades of an order, by whatever call the venue has for that. */
export async function tradesOfOrder(ex: Ccxt, order: any, symbol: string): Promise<any[]> {
    if (ex.has['fetchOrderTrades']) return await ex.fetchOrderTrades(order.id, symbol);
    return (await ex.fetchMyTrades(symbol, order.timestamp ?? undefined)).filter((t: any) => t.order === order.id);
}
