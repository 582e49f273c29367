// Binance spot over HTTP: signatures, windows, filters and answers as its documents have them.
import { createHmac } from 'node:crypto';
import { Refusal, type Order, type Trade } from './books.js';
import { d, div, str, type D } from './decimal.js';
import type { Exchange, Reply } from './exchange.js';
import type { Instrument } from './instruments.js';

type Query = Record<string, string>;

const ok = (body: unknown): Reply => ({ status: 200, body });
export const fail = (code: number, msg: string, status = 400): Reply => ({ status, body: { code, msg } });
const e8 = (value: D): string => str(value, 8);

export async function binance(all: Exchange, method: string, path: string, raw: string, key: string | undefined): Promise<Reply> {
    const ex = all.of(key);
    const q = Object.fromEntries(new URLSearchParams(raw)) as Query;
    const call = `${method} ${path}`;
    const open = publicCalls[call];
    if (open) return open(ex, q);
    const handler = privateCalls[call];
    if (!handler) return fail(-1121, `no ${call}`, 404);
    const refused = unsigned(ex, raw, key) ?? late(ex, q);
    if (refused) return refused;
    if (ex.faults.on.has('maintenance') && call === 'POST /api/v3/order') return fail(-1016, 'This service is no longer available.', 503);
    if (method === 'GET' && ex.faults.hit('queryFails')) return fail(-1001, 'Internal error; unable to process your request.', 500);
    if (call === 'POST /api/v3/order') return await ex.placing(() => late(ex, q) ?? place(ex, q), fail(-1007, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.', 504));
    return handler(ex, q);
}

function unsigned(ex: Exchange, raw: string, key: string | undefined): Reply | undefined {
    const at = raw.lastIndexOf('&signature=');
    const signature = createHmac('sha256', ex.settings.secret).update(raw.slice(0, Math.max(0, at))).digest('hex');
    if (key !== ex.settings.key || ex.rights.revoked) return fail(-2015, 'Invalid API-key, IP, or permissions for action.', 401);
    return at < 0 || raw.slice(at + 11) !== signature ? fail(-1022, 'Signature for this request is not valid.') : undefined;
}

/** Held against the window on receipt, and for orders again just before the books. */
function late(ex: Exchange, q: Query): Reply | undefined {
    const [sent, window, now] = [Number(q['timestamp']), Number(q['recvWindow'] ?? 5000), ex.now()];
    if (sent >= now + 1000) return fail(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
    return now - sent <= window ? undefined : fail(-1021, 'Timestamp for this request is outside of the recvWindow.');
}

const pair = (ex: Exchange, q: Query): Instrument | undefined => {
    const found = ex.market.instruments.get(q['symbol'] ?? '');
    return found?.kind === 'spot' ? found : undefined;
};

const pairs = (ex: Exchange): Instrument[] => [...ex.market.instruments.values()].filter(i => i.kind === 'spot');

const publicCalls: Record<string, (ex: Exchange, q: Query) => Reply> = {
    'GET /api/v3/ping': () => ok({}),
    'GET /api/v3/time': ex => ok({ serverTime: ex.now() }),
    'GET /api/v3/exchangeInfo': ex => ok({ timezone: 'UTC', serverTime: ex.now(), rateLimits: [], exchangeFilters: [], symbols: pairs(ex).map(info) }),
    'GET /api/v3/ticker/bookTicker': (ex, q) => listed(ex, q, bookTicker),
    'GET /api/v3/ticker/24hr': (ex, q) => listed(ex, q, ticker),
    'GET /api/v3/depth': (ex, q) => {
        const i = pair(ex, q);
        if (!i) return fail(-1121, 'Invalid symbol.');
        return ok({ lastUpdateId: ex.now(), ...depth(ex, i) });
    },
    'GET /api/v3/klines': (ex, q) => {
        const i = pair(ex, q);
        if (!i) return fail(-1121, 'Invalid symbol.');
        const step = ({ '1h': 3_600_000, '4h': 14_400_000, '1d': 86_400_000 } as Record<string, number>)[q['interval'] ?? ''];
        if (!step) return fail(-1120, 'Invalid interval.');
        const bars = ex.market.history(i.base, Number(q['startTime'] ?? 0), Number(q['endTime'] ?? Infinity), step).slice(0, Number(q['limit'] ?? 500));
        return ok(bars.map(b => [b.time, e8(b.open), e8(b.high), e8(b.low), e8(b.close), e8(b.volume), b.time + step - 1, '0', 1, '0', '0', '0']));
    },
};

function listed(ex: Exchange, q: Query, of: (ex: Exchange, i: Instrument) => unknown): Reply {
    if (q['symbols']) return ok((JSON.parse(q['symbols']) as string[]).map(s => of(ex, ex.market.instruments.get(s)!)));
    if (!q['symbol']) return ok(pairs(ex).map(i => of(ex, i)));
    const i = pair(ex, q);
    return i ? ok(of(ex, i)) : fail(-1121, 'Invalid symbol.');
}

export function depth(ex: Exchange, i: Instrument) {
    const { bids, asks } = ex.market.book(i);
    const rows = (side: typeof bids) => side.map(([price, size]) => [e8(price), e8(size)] as [string, string]);
    return { bids: rows(bids), asks: rows(asks) };
}

export function bookTicker(ex: Exchange, i: Instrument) {
    const t = ex.market.top(i);
    return { symbol: i.symbol, bidPrice: e8(t.bid), bidQty: e8(t.bidSize), askPrice: e8(t.ask), askQty: e8(t.askSize) };
}

function ticker(ex: Exchange, i: Instrument) {
    const mid = e8(ex.market.mid(i));
    return {
        ...bookTicker(ex, i), lastPrice: mid, openPrice: mid, highPrice: mid, lowPrice: mid, prevClosePrice: mid, weightedAvgPrice: mid, priceChange: '0', priceChangePercent: '0',
        volume: '10000', quoteVolume: '1000000000', openTime: ex.now() - 86_400_000, closeTime: ex.now(), count: 1,
    };
}

const info = (i: Instrument) => ({
    symbol: i.symbol, status: 'TRADING', baseAsset: i.base, baseAssetPrecision: 8, quoteAsset: i.quote, quotePrecision: 8, quoteAssetPrecision: 8, baseCommissionPrecision: 8, quoteCommissionPrecision: 8,
    orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'], icebergAllowed: false, ocoAllowed: false, quoteOrderQtyMarketAllowed: true, allowTrailingStop: false, cancelReplaceAllowed: false,
    isSpotTradingAllowed: true, isMarginTradingAllowed: false, permissions: [], permissionSets: [['SPOT']], defaultSelfTradePreventionMode: 'EXPIRE_MAKER',
    filters: [
        { filterType: 'PRICE_FILTER', minPrice: str(i.tick), maxPrice: '1000000.00', tickSize: str(i.tick) }, { filterType: 'LOT_SIZE', minQty: str(i.lot), maxQty: '9000000.0', stepSize: str(i.lot) },
        { filterType: 'NOTIONAL', minNotional: str(i.minNotional), applyMinToMarket: true, maxNotional: '9000000.00', applyMaxToMarket: false, avgPriceMins: 5 },
    ],
});

const privateCalls: Record<string, (ex: Exchange, q: Query) => Reply> = {
    'POST /api/v3/order': () => 'drop',
    'GET /api/v3/order': (ex, q) => withOrder(ex, q, o => ok(report(o))),
    'DELETE /api/v3/order': (ex, q) => {
        const o = find(ex, q);
        if (!o || !ex.binance.cancel(o)) return fail(-2011, 'Unknown order sent.');
        return ok({ ...report(o), origClientOrderId: o.clientId, clientOrderId: `cancel${o.id}` });
    },
    'GET /api/v3/openOrders': (ex, q) => ok(ex.binance.orders.filter(o => o.state === 'open' && ex.sees(o) && (!q['symbol'] || o.instrument.symbol === q['symbol'])).map(report)),
    'GET /api/v3/allOrders': (ex, q) => ok(ex.binance.orders.filter(o => o.instrument.symbol === q['symbol'] && ex.sees(o)).map(report)),
    'GET /api/v3/myTrades': (ex, q) => ok(ex.binance.trades.filter(t => t.order.instrument.symbol === q['symbol'] && ex.sees(t.order) && (!q['orderId'] || String(t.order.id) === q['orderId'])
        && (!q['fromId'] || t.id >= Number(q['fromId'])) && (!q['startTime'] || t.at >= Number(q['startTime'])) && (!q['endTime'] || t.at <= Number(q['endTime']))).slice(0, Number(q['limit'] ?? 500)).map(myTrade)),
    'GET /api/v3/account': ex => ok({
        makerCommission: 10, takerCommission: 10, canTrade: true, canWithdraw: true, canDeposit: true, accountType: 'SPOT', updateTime: ex.now(), permissions: ['SPOT'], balances: balances(ex),
    }),
    'GET /api/v3/account/commission': (ex, q) => {
        const rate = e8(ex.binance.fee);
        return ok({ symbol: q['symbol'], standardCommission: { maker: rate, taker: rate, buyer: '0', seller: '0' }, taxCommission: {}, discount: { enabledForAccount: false } });
    },
    'GET /sapi/v1/account/apiRestrictions': ex => ok({
        ipRestrict: false, createTime: ex.now() - 86_400_000, enableReading: true, enableWithdrawals: ex.rights.withdraw, enableInternalTransfer: ex.rights.transfer, permitsUniversalTransfer: ex.rights.transfer,
        enableSpotAndMarginTrading: true, enableFutures: false, enableMargin: false, enableVanillaOptions: false,
    }),
};

export function balances(ex: Exchange) {
    if (ex.faults.hit('emptyBalances')) return [];
    return [...ex.binance.balances.keys()].map(asset => {
        const tied = ex.binance.tied(asset);
        return { asset, free: str(ex.binance.of(asset) - tied), locked: str(tied) };
    });
}

function place(ex: Exchange, q: Query): Reply {
    const i = pair(ex, q);
    if (!i) return fail(-1121, 'Invalid symbol.');
    const clientId = q['newClientOrderId'] ?? `none${ex.chance.below(1e9)}`;
    // Unique among open orders only: the id of a closed order may be used again.
    if (ex.binance.orders.some(o => o.clientId === clientId && o.state === 'open')) return fail(-2010, 'Duplicate order sent.');
    try {
        const o = ex.binance.place(i, {
            clientId, side: q['side'] === 'BUY' ? 'buy' : 'sell', quantity: d(q['quantity'] ?? '0'), ...q['type'] === 'MARKET' ? {} : { price: d(q['price'] ?? '0') },
            life: (q['timeInForce'] ?? (q['type'] === 'MARKET' ? 'IOC' : 'GTC')) as Order['life'], postOnly: q['type'] === 'LIMIT_MAKER', reduceOnly: false,
        }, ex.share());
        return ok({ ...report(o), transactTime: o.created, fills: o.trades.map(t => ({ price: e8(t.price), qty: e8(t.quantity), commission: e8(t.fee), commissionAsset: t.feeAsset, tradeId: t.id })) });
    } catch (e) {
        if (!(e instanceof Refusal)) return fail(-1100, 'Illegal characters found in a parameter.');
        return e.why === 'funds' || e.why === 'postOnly' ? fail(-2010, e.why === 'postOnly' ? 'Order would immediately match and take.' : e.message) : fail(-1013, e.message);
    }
}

const find = (ex: Exchange, q: Query): Order | undefined =>
    ex.binance.orders.findLast(o => o.instrument.symbol === q['symbol'] && (q['orderId'] ? String(o.id) === q['orderId'] : o.clientId === q['origClientOrderId']));

function withOrder(ex: Exchange, q: Query, then: (o: Order) => Reply): Reply {
    const o = find(ex, q);
    return o && ex.sees(o) ? then(o) : fail(-2013, 'Order does not exist.');
}

export const status = (o: Order): string => o.state === 'open' ? (o.filled > 0n ? 'PARTIALLY_FILLED' : 'NEW') : o.state === 'filled' ? 'FILLED' : o.state === 'rejected' ? 'REJECTED' : o.life === 'IOC' ? 'EXPIRED' : 'CANCELED';

const report = (o: Order) => ({
    symbol: o.instrument.symbol, orderId: o.id, orderListId: -1, clientOrderId: o.clientId, price: e8(o.price), origQty: e8(o.quantity), executedQty: e8(o.filled), cummulativeQuoteQty: e8(o.value),
    status: status(o), timeInForce: o.life, type: o.postOnly ? 'LIMIT_MAKER' : 'LIMIT', side: o.side.toUpperCase(), time: o.created, updateTime: o.updated, workingTime: o.created, isWorking: o.state === 'open',
    stopPrice: '0.00000000', icebergQty: '0.00000000', origQuoteOrderQty: '0.00000000', selfTradePreventionMode: 'EXPIRE_MAKER', ...o.filled > 0n ? { avgPrice: e8(div(o.value, o.filled)) } : {},
});

const myTrade = (t: Trade) => ({
    symbol: t.order.instrument.symbol, id: t.id, orderId: t.order.id, orderListId: -1, price: e8(t.price), qty: e8(t.quantity), quoteQty: e8(t.price * t.quantity / 10n ** 18n), commission: str(t.fee),
    commissionAsset: t.feeAsset, time: t.at, isBuyer: t.order.side === 'buy', isMaker: t.maker, isBestMatch: true,
});
