// Binance spot and USD-M. Every signed request has timestamp + recvWindow; order ids and trade ids are per symbol.
import binanceOfCcxt from '#ccxt/pro/binance.js';
import usdmOfCcxt from '#ccxt/pro/binanceusdm.js';
import type { Ccxt, Params } from '../ccxt';
import { exact } from '../exact';
import { pages } from '../pages';
import { sheetOf } from '../sheets';
import type { Dialect } from './dialect';
import { made, usual } from './usual';

const both: Omit<Dialect, 'venue' | 'create' | 'aim'> = {
    ...usual,
    // A cancel answers with an id of its own; the order's is the original one.
    clientIdIn: info => info?.origClientOrderId || info?.C || info?.clientOrderId || info?.c || undefined,
    place: order => ({ ...usual.place(order), clientOrderId: undefined, newClientOrderId: order.clientId }),
    places: (path, method) => method === 'POST' && path === 'order',
    stamps: (path, method) => method !== 'GET' && path === 'order',
    fault: (body, text) => ({ code: body?.code?.toString(), text: body?.msg ?? text }),

    // The answer lists the fills without their time: it is that of the transaction.
    tradesOfAck: (ex, placed) => ex.parseTrades((placed.info?.fills ?? []).map((f: any) => ({
        ...f, id: f.tradeId, orderId: placed.info.orderId, symbol: placed.info.symbol, time: placed.info.transactTime, isBuyer: placed.info.side === 'BUY', isMaker: false,
    }))),

    async find(session, ref) {
        const { ex } = session;
        const order = await session.unlessAbsent(() => ex.fetchOrder(undefined as any, session.market(ref.symbol).symbol, { origClientOrderId: ref.clientId }));
        return order && { orders: [order], trades: await ex.fetchMyTrades(order.symbol, undefined, undefined, { orderId: order.id }) };
    },
    async cancel(session, ref) {
        await session.ex.cancelOrder(ref.venueOrderId ?? (undefined as any), session.market(ref.symbol).symbol, ref.venueOrderId ? {} : { origClientOrderId: ref.clientId });
        return true;
    },
    async trades(session, since, symbols) {
        const { ex, clock, sheet } = session;
        const span = Number(sheet.promises['tradesSpanSeconds']?.value) * 1000;
        const rows = await Promise.all(symbols.map(s => pages(since, clock.now(), (from, to) =>
            ex.fetchMyTrades(session.market(s).symbol, from, 1000, { endTime: to }) as Promise<any[]>,
        { key: t => t.id, at: t => Number(t.timestamp), span })));
        return rows.flat();
    },
    async rights({ ex }) {
        const may = await ex.sapiGetAccountApiRestrictions({});
        const words = Object.entries(may).filter(([name, on]) => name.startsWith('enable') && on === true).map(([name]) => name).join(' ');
        return {
            read: may.enableReading === true, trade: may.enableSpotAndMarginTrading === true || may.enableFutures === true, withdraw: may.enableWithdrawals === true,
            transfer: may.enableInternalTransfer === true || may.permitsUniversalTransfer === true, addressBound: may.ipRestrict === true, words,
        };
    },
    symbolOf: market => market.spot ? market.id : market.symbol,
    ready: ex => ex['authenticate']({}) as Promise<void>,
    stamp: (_ex, params) => params,
};

// timestamp + recvWindow is the deadline, or earlier where the window would be longer than the venue takes.
const stampOf = (venue: string) => (_ex: Ccxt, params: Params, deadline: number, now: number): Params => {
    const longest = Number(sheetOf(venue)!.promises.deadlineMaxSeconds!.value) * 1000;
    return { ...params, timestamp: now, recvWindow: Math.max(1, Math.min(longest, deadline - now)) };
};

export const binance: Dialect = {
    ...both,
    venue: 'binance',
    create: keys => new binanceOfCcxt(made(keys, {
        defaultType: 'spot', fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false, warnOnFetchOpenOrdersWithoutSymbol: false,
    })) as Ccxt,
    stamp: stampOf('binance'),
    aim(ex, urls) {
        const paths = { public: '/api/v3', private: '/api/v3', v1: '/api/v1', sapi: '/sapi/v1', sapiV2: '/sapi/v2', sapiV3: '/sapi/v3', sapiV4: '/sapi/v4' };
        for (const [api, path] of Object.entries(paths)) if (urls.rest) ex.urls.api[api] = urls.rest + path;
        if (urls.ws) ex.urls.api.ws = { ...ex.urls.api.ws, spot: `${urls.ws}/ws`, 'ws-api': { spot: `${urls.ws}/ws-api/v3` } };
    },
};

export const binanceUsdm: Dialect = {
    ...both,
    venue: 'binance-usdm',
    create: keys => new usdmOfCcxt(made(keys, { fetchMarkets: { types: ['linear'] }, fetchCurrencies: false, fetchMargins: false, warnOnFetchOpenOrdersWithoutSymbol: false })) as Ccxt,
    stamp: stampOf('binance-usdm'),
    aim(ex, urls) {
        for (const [api, path] of Object.entries({ fapiPublic: '/fapi/v1', fapiPublicV2: '/fapi/v2', fapiPublicV3: '/fapi/v3', fapiPrivate: '/fapi/v1', fapiPrivateV2: '/fapi/v2', fapiPrivateV3: '/fapi/v3', sapi: '/sapi/v1' }))
            if (urls.rest) ex.urls.api[api] = urls.rest + path;
        if (urls.ws) ex.urls.api.ws = { ...ex.urls.api.ws, future: `${urls.ws}/ws` };
    },
    async margins({ ex }) {
        const account = await ex.fapiPrivateV2GetAccount({});
        return [{ unit: 'USDT', equity: exact(account.totalMarginBalance), initial: exact(account.totalInitialMargin), maintenance: exact(account.totalMaintMargin) }];
    },
};
