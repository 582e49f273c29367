// Deribit: labels are free tags, so a label sent twice makes two orders; the deadline is checked in the matching engine.
import deribitOfCcxt from '#ccxt/pro/deribit.js';
import { createHmac, randomUUID } from 'node:crypto';
import type { Ccxt } from '../ccxt';
import { exact, hundredth, isZero } from '../exact';
import { pages } from '../pages';
import type { ChainRow, Dialect, Margin } from './dialect';
import { made, usual } from './usual';

export const deribit: Dialect = {
    ...usual,
    venue: 'deribit',
    create: keys => notingChannels(new deribitOfCcxt(made(keys)) as Ccxt),
    aim: (ex, urls) => { ex.urls.api = { rest: urls.rest ?? ex.urls.api.rest, ws: urls.ws ?? ex.urls.api.ws }; },
    clientIdIn: info => info?.label || undefined,

    // Without reject_post_only the venue reprices; its schema says that post_only is true where it is not sent.
    place: order => ({
        label: order.clientId,
        post_only: order.life === 'postOnly', reject_post_only: order.life === 'postOnly',
        timeInForce: order.life === 'immediateOrCancel' ? 'IOC' : 'GTC',
        ...order.reduceOnly ? { reduce_only: true } : {},
    }),
    places: path => path === 'buy' || path === 'sell',
    stamps: path => path === 'buy' || path === 'sell',
    stamp: (_ex, params, deadline) => ({ ...params, valid_until: deadline }),
    fault: (body, text) => ({ code: body?.error?.code?.toString(), text: body?.error ? [body.error.message, body.error.data?.reason].filter(Boolean).join(': ') : text }),
    lookedAt: body => body?.usIn === undefined ? undefined : Math.floor(Number(body.usIn) / 1000),
    tradesOfAck: (ex, placed) => ex.parseTrades(placed.info?.trades ?? []),

    // Open by label, recent by label, trades by order; and the historical store where those have nothing.
    async find(session, ref) {
        const { ex } = session;
        const market = session.market(ref.symbol);
        const asked = { currency: settlementOf(market), label: ref.clientId };
        const [open, recent] = await Promise.all([ex.privateGetGetOpenOrdersByLabel(asked), ex.privateGetGetOrderStateByLabel(asked)]);
        const byId = new Map<string, any>([...recent.result, ...open.result].map(o => [o.order_id, o]));
        if (byId.size > 0) {
            const trades = await Promise.all([...byId.keys()].map(id => tradesOf(ex, { order_id: id }, true)));
            return { orders: ex.parseOrders([...byId.values()]), trades: ex.parseTrades(trades.flat()) };
        }
        return await older(ex, market, ref.clientId);
    },

    async cancel(session, ref) {
        const { ex } = session;
        if (ref.venueOrderId) {
            await ex.privateGetCancel({ order_id: ref.venueOrderId });
            return true;
        }
        const market = session.market(ref.symbol);
        const answer = await ex.privateGetCancelByLabel({ label: ref.clientId, currency: settlementOf(market) });
        return Number(answer.result) > 0;
    },

    open: async ({ ex }) => ex.parseOrders((await ex.privateGetGetOpenOrders({})).result),
    async balances({ ex }) {
        const accounts = (await ex.privateGetGetAccountSummaries({})).result.summaries as any[];
        return Object.fromEntries(accounts.map(a => [a.currency, exact(a.balance)]).filter(([, balance]) => !isZero(balance!)));
    },
    async positions({ ex }) {
        const rows = (await ex.privateGetGetPositions({})).result as any[];
        return Object.fromEntries(rows.filter(p => !isZero(exact(p.size))).map(p => [p.instrument_name, exact(p.size)]));
    },
    async margins({ ex }): Promise<Margin[]> {
        const accounts = (await ex.privateGetGetAccountSummaries({})).result.summaries as any[];
        return accounts.filter(a => !isZero(exact(a.equity)))
            .map(a => ({ unit: a.currency, equity: exact(a.equity), initial: exact(a.initial_margin), maintenance: exact(a.maintenance_margin) }));
    },

    async trades(session, since, symbols) {
        const { ex, clock, sheet } = session;
        const markets: any[] = symbols.map(s => session.market(s));
        const recentSeconds = Number(sheet.promises['tradesRecentSeconds']?.value ?? 0);
        const stores = since < clock.now() - recentSeconds * 1000 ? [true, false] : [false];
        const rows = await Promise.all(markets.flatMap(m => stores.map(historical => pages(since, clock.now(), async (start_timestamp, end_timestamp) =>
            (await ex.privateGetGetUserTradesByInstrumentAndTime({ instrument_name: m.id, start_timestamp, end_timestamp, count: 1000, sorting: 'asc', historical })).result.trades,
        { key: (t: any) => t.trade_id, at: (t: any) => Number(t.timestamp) }))));
        return ex.parseTrades([...new Map(rows.flat().map(t => [t.trade_id, t])).values()]);
    },

    // Signed, so that no secret stands in a request.
    async rights({ ex, clock }) {
        const [timestamp, nonce] = [clock.now(), randomUUID().slice(0, 8)];
        const signature = createHmac('sha256', ex.secret).update(`${timestamp}\n${nonce}\n`).digest('hex');
        const { result } = await ex.publicGetAuth({ grant_type: 'client_signature', client_id: ex.apiKey, timestamp, signature, nonce, data: '' });
        const scope = String(result.scope ?? '');
        const may = (what: string, level: string) => scope.split(' ').some(s => s === `${what}:${level}` || s === 'mainaccount');
        return {
            read: may('account', 'read') || may('account', 'read_write'), trade: may('trade', 'read_write'), withdraw: may('wallet', 'read_write'),
            transfer: may('wallet', 'read_write'), addressBound: /\bip:/.test(scope), words: scope,
        };
    },

    async chain({ ex }, coin): Promise<ChainRow[]> {
        const [rows, index] = await Promise.all([ex.publicGetGetBookSummaryByCurrency({ currency: coin, kind: 'option' }), ex.publicGetGetIndexPrice({ index_name: `${coin.toLowerCase()}_usd` })]);
        const price = (value: unknown) => value === null || value === undefined ? null : exact(value);
        return (rows.result as any[]).map(r => ({
            instrument: r.instrument_name, markPrice: price(r.mark_price), markIv: r.mark_iv === undefined || r.mark_iv === null ? null : hundredth(r.mark_iv), bidPrice: price(r.bid_price),
            askPrice: price(r.ask_price), underlyingPrice: price(r.underlying_price), indexPrice: price(index.result.index_price),
        }));
    },

    // ccxt gives interest_8h, the sum of the last eight hours, in every hourly row.
    fundingOf: row => row.info.interest_1h,

    symbolOf: market => market.id,
    // Perpetuals and inverse futures count dollars; options and linear contracts count coins.
    unitOf: market => ({ amountIn: market.inverse && !market.option ? 'money' : 'coins', multiplier: '1' }),
    ready: confirmed,
};

const settlementOf = (market: any): string => market.info?.settlement_currency ?? market.info?.quote_currency ?? market.settle ?? market.quote;

const tradesOf = async (ex: Ccxt, by: { order_id: string }, recent: boolean): Promise<any[]> => {
    const { result } = await ex.privateGetGetUserTradesByOrder({ ...by, historical: !recent });
    return Array.isArray(result) ? result : result.trades;
};

// One page each of what is no longer in the recent stores: it can find an order, and its silence proves no more than the sheet says.
async function older(ex: Ccxt, market: any, label: string) {
    const instrument_name = market.id;
    const [orders, recentTrades] = await Promise.all([
        ex.privateGetGetOrderHistoryByInstrument({ instrument_name, count: 1000, include_old: true, include_unfilled: true, historical: true }),
        ex.privateGetGetUserTradesByInstrument({ instrument_name, count: 1000 })]);
    const found = (orders.result as any[]).filter(o => o.label === label);
    const trades = (recentTrades.result.trades as any[]).filter(t => t.label === label);
    if (found.length === 0 && trades.length === 0) return undefined;
    const ids = new Set<string>([...found.map(o => o.order_id), ...trades.map(t => t.order_id)]);
    const states = await Promise.all([...ids].map(async id => found.find(o => o.order_id === id) ?? (await ex.privateGetGetOrderState({ order_id: id })).result));
    const all = await Promise.all([...ids].map(async id => [...await tradesOf(ex, { order_id: id }, true), ...await tradesOf(ex, { order_id: id }, false)]));
    return { orders: ex.parseOrders(states), trades: ex.parseTrades([...new Map(all.flat().map(t => [t.trade_id, t])).values()]) };
}

// The venue confirms each channel; until it has, what happens there may be missed. ccxt reads past these answers.
const channels = new WeakMap<object, Set<string>>();

function notingChannels(ex: Ccxt): Ccxt {
    const handle = ex.handleMessage.bind(ex);
    ex.handleMessage = ((client: any, message: any) => {
        if (Array.isArray(message?.result)) channels.set(client, new Set([...channels.get(client) ?? [], ...message.result.map(String)]));
        return handle(client, message);
    }) as any;
    return ex;
}

async function confirmed(ex: Ccxt): Promise<void> {
    await ex['authenticate']();
    for (let waited = 0; waited < 10_000; waited += 20) {
        const there = [...channels.get(ex.client(ex.urls['api'].ws)) ?? []];
        if (['user.trades', 'user.orders'].every(c => there.some(t => t.startsWith(c)))) return;
        await new Promise(done => setTimeout(done, 20));
    }
    throw new Error('the private channels were not confirmed');
}
