// Deribit's JSON-RPC: the same methods over HTTP and WebSocket.
import { createHmac } from 'node:crypto';
import { Refusal, type Order, type Trade } from './books.js';
import { abs, d, div, num, str, zero, type D } from './decimal.js';
import type { Exchange, Reply } from './exchange.js';
import type { Instrument } from './instruments.js';

type Params = Record<string, any>;

/** A refusal by its number. */
export class RpcError extends Error {
    constructor(readonly code: number, message: string, readonly data?: unknown) { super(message); }
}

export const answerOf = (ex: Exchange, began: number, id: unknown, outcome: { result: unknown } | { error: RpcError }) => ({
    jsonrpc: '2.0', ...id === undefined ? {} : { id },
    ...'result' in outcome ? { result: outcome.result } : { error: { code: outcome.error.code, message: outcome.error.message, ...outcome.error.data ? { data: outcome.error.data } : {} } },
    usIn: began * 1000, usOut: ex.now() * 1000, usDiff: Math.max(1, (ex.now() - began) * 1000), testnet: true,
});

/** One call, its signature checked already where it needs one. */
export async function deribit(ex: Exchange, method: string, p: Params, id?: unknown): Promise<Reply> {
    const began = ex.now();
    const call = (): Reply => {
        try {
            const run = calls[method];
            if (!run) throw new RpcError(-32601, 'Method not found');
            return { status: 200, body: answerOf(ex, began, id, { result: run(ex, p) }) };
        } catch (e) {
            if (!(e instanceof RpcError)) throw e;
            return { status: 400, body: answerOf(ex, began, id, { error: e }) };
        }
    };
    if (method !== 'private/buy' && method !== 'private/sell') {
        if (method.startsWith('private/get') && ex.faults.hit('queryFails')) return { status: 400, body: answerOf(ex, began, id, { error: new RpcError(13028, 'temporarily_unavailable') }) };
        return call();
    }
    if (ex.faults.on.has('maintenance')) return { status: 400, body: answerOf(ex, began, id, { error: new RpcError(11051, 'system_maintenance') }) };
    return await ex.placing(call, { status: 400, body: answerOf(ex, began, id, { error: new RpcError(13028, 'temporarily_unavailable') }) });
}

/** Of a request over HTTP: `deri-hmac-sha256 id=..,ts=..,nonce=..,sig=..`. */
export function signed(ex: Exchange, header: string | undefined, method: string, url: string, body: string): boolean {
    const parts = Object.fromEntries((header ?? '').replace('deri-hmac-sha256 ', '').split(',').map(s => [s.slice(0, s.indexOf('=')), s.slice(s.indexOf('=') + 1)]));
    const text = `${parts['ts']}\n${parts['nonce']}\n${method}\n${url}\n${body}\n`;
    return !ex.rights.revoked && parts['id'] === ex.settings.key && parts['sig'] === createHmac('sha256', ex.settings.secret).update(text).digest('hex');
}

export function auth(ex: Exchange, p: Params) {
    const good = p['grant_type'] === 'client_credentials' ? p['client_secret'] === ex.settings.secret
        : p['signature'] === createHmac('sha256', ex.settings.secret).update(`${p['timestamp']}\n${p['nonce']}\n${p['data'] ?? ''}`).digest('hex');
    if (p['client_id'] !== ex.settings.key || !good || ex.rights.revoked) throw new RpcError(13004, 'invalid_credentials');
    const wallet = ex.rights.withdraw || ex.rights.transfer ? 'read_write' : 'none';
    return { access_token: 'token', expires_in: 31_536_000, refresh_token: 'refresh', scope: `account:read trade:read_write wallet:${wallet} block_trade:none session:desk`, token_type: 'bearer' };
}

const named = (ex: Exchange, p: Params): Instrument => {
    const i = ex.market.instruments.get(p['instrument_name']);
    if (!i || i.venue !== 'deribit') throw new RpcError(11050, 'bad_request', { reason: 'instrument not found', param: 'instrument_name' });
    return i;
};

const contracts = (ex: Exchange, p: Params): Instrument[] => [...ex.market.instruments.values()].filter(i => i.venue === 'deribit'
    && (!p['currency'] || p['currency'] === 'any' || i.base === p['currency']) && (!p['kind'] || p['kind'] === 'any' || (i.kind === 'option' ? 'option' : 'future') === p['kind']));

const mine = (ex: Exchange, p: Params): Order[] => ex.deribit.orders.filter(o => ex.sees(o) && (!p['currency'] || p['currency'] === 'any' || o.instrument.base === p['currency'])
    && (!p['instrument_name'] || o.instrument.symbol === p['instrument_name']) && (!p['label'] || o.clientId === p['label']));

const trades = (ex: Exchange, p: Params): Trade[] => ex.deribit.trades.filter(t => ex.sees(t.order) && (!p['currency'] || t.order.instrument.base === p['currency'])
    && (!p['instrument_name'] || t.order.instrument.symbol === p['instrument_name']) && (!p['order_id'] || idOf(t.order) === p['order_id'])
    && (!p['start_timestamp'] || t.at >= Number(p['start_timestamp'])) && (!p['end_timestamp'] || t.at <= Number(p['end_timestamp'])));

const found = (ex: Exchange, p: Params): Order => {
    const o = ex.deribit.orders.find(x => idOf(x) === p['order_id']);
    if (!o) throw new RpcError(11044, 'not_open_order');
    return o;
};

const coins = ['BTC', 'ETH'];

/** What a perpetual paid in an hour: now one side, now the other. */
const hourly = (at: number): number => (Math.round(at / 3_600_000) % 24 - 10) / 1e6;

const calls: Record<string, (ex: Exchange, p: Params) => unknown> = {
    'public/auth': auth,
    'public/test': () => ({ version: '1.2.26' }),
    'public/get_time': ex => ex.now(),
    'public/status': () => ({ locked: 'false' }),
    'public/get_currencies': () => coins.map(c => ({ currency: c, currency_long: c, coin_type: c, fee_precision: 4, min_confirmations: 1, min_withdrawal_fee: 0.0001, withdrawal_fee: 0.0001, withdrawal_priorities: [] })),
    'public/get_instruments': (ex, p) => contracts(ex, p).map(listing),
    'public/get_instrument': (ex, p) => listing(named(ex, p)),
    'public/ticker': (ex, p) => ticker(ex, named(ex, p)),
    'public/get_order_book': (ex, p) => ticker(ex, named(ex, p)),
    'public/get_index_price': (ex, p) => {
        const price = num(ex.market.coin(String(p['index_name']).split('_')[0]!.toUpperCase()));
        return { index_price: price, estimated_delivery_price: price };
    },
    'public/get_book_summary_by_currency': (ex, p) => contracts(ex, p).map(i => summary(ex, i)),
    'public/get_funding_rate_history': (ex, p) => {
        const hour = 3_600_000;
        const rows = [];
        for (let at = Math.ceil(Number(p['start_timestamp']) / hour) * hour; at <= Math.min(Number(p['end_timestamp']), ex.now()) && rows.length < 744; at += hour)
            rows.push({ timestamp: at, index_price: num(ex.market.coin('BTC')), prev_index_price: num(ex.market.coin('BTC')), interest_1h: hourly(at), interest_8h: [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, n) => sum + hourly(at - n * hour), 0) });
        return rows;
    },
    'public/get_tradingview_chart_data': (ex, p) => {
        const step = ({ '60': 3_600_000, '1D': 86_400_000 } as Record<string, number>)[p['resolution']] ?? 3_600_000;
        const bars = ex.market.history(named(ex, p).base, Number(p['start_timestamp']), Number(p['end_timestamp']), step);
        return { status: 'ok', ticks: bars.map(b => b.time), open: bars.map(b => num(b.open)), high: bars.map(b => num(b.high)), low: bars.map(b => num(b.low)), close: bars.map(b => num(b.close)), volume: bars.map(b => num(b.volume)), cost: bars.map(() => 0) };
    },
    'private/buy': (ex, p) => place(ex, 'buy', p),
    'private/sell': (ex, p) => place(ex, 'sell', p),
    'private/cancel': (ex, p) => {
        const o = found(ex, p);
        if (!ex.deribit.cancel(o)) throw new RpcError(11044, 'not_open_order');
        return report(o);
    },
    'private/cancel_by_label': (ex, p) => ex.deribit.orders.filter(o => o.clientId === p['label'] && ex.deribit.cancel(o)).length,
    'private/cancel_all': ex => ex.deribit.orders.filter(o => ex.deribit.cancel(o)).length,
    'private/get_order_state': (ex, p) => report(found(ex, p)),
    'private/get_order_state_by_label': (ex, p) => mine(ex, p).map(report),
    'private/get_open_orders': (ex, p) => mine(ex, p).filter(o => o.state === 'open').map(report),
    'private/get_open_orders_by_currency': (ex, p) => mine(ex, p).filter(o => o.state === 'open').map(report),
    'private/get_open_orders_by_instrument': (ex, p) => mine(ex, p).filter(o => o.state === 'open').map(report),
    'private/get_open_orders_by_label': (ex, p) => mine(ex, p).filter(o => o.state === 'open').map(report),
    'private/get_order_history_by_currency': (ex, p) => mine(ex, p).filter(o => o.state !== 'open').map(report),
    'private/get_order_history_by_instrument': (ex, p) => mine(ex, p).filter(o => o.state !== 'open').map(report),
    'private/get_user_trades_by_order': (ex, p) => trades(ex, p).map(userTrade),
    'private/get_user_trades_by_instrument': (ex, p) => ({ trades: trades(ex, p).map(userTrade), has_more: false }),
    'private/get_user_trades_by_instrument_and_time': (ex, p) => ({ trades: trades(ex, p).map(userTrade), has_more: false }),
    'private/get_user_trades_by_currency': (ex, p) => ({ trades: trades(ex, p).map(userTrade), has_more: false }),
    'private/get_account_summary': (ex, p) => account(ex, p['currency']),
    'private/get_account_summaries': ex => ({ id: 1, email: 'desk', summaries: ex.faults.hit('emptyBalances') ? [] : coins.map(c => account(ex, c)) }),
    'private/get_positions': ex => [...ex.deribit.positions.keys()].map(s => position(ex, s)),
    'private/enable_cancel_on_disconnect': () => 'ok',
    'public/set_heartbeat': () => 'ok',
};

function place(ex: Exchange, side: 'buy' | 'sell', p: Params): unknown {
    const i = named(ex, p);
    // Held against the deadline when the matching engine takes it, not before.
    if (p['valid_until'] !== undefined && ex.now() > Number(p['valid_until'])) throw new RpcError(13888, 'timed_out');
    const life = p['time_in_force'] === 'immediate_or_cancel' ? 'IOC' : p['time_in_force'] === 'fill_or_kill' ? 'FOK' : 'GTC';
    const yes = (v: unknown) => v === true || v === 'true';
    try {
        const o = ex.deribit.place(i, {
            clientId: p['label'] ?? '', side, quantity: d(p['amount'] ?? p['contracts'] ?? '0'), ...p['type'] === 'market' ? {} : { price: d(p['price'] ?? '0') }, life,
            postOnly: yes(p['post_only']) && p['reject_post_only'] !== undefined && yes(p['reject_post_only']), reduceOnly: yes(p['reduce_only']),
        }, ex.share());
        return { order: report(o), trades: o.trades.map(userTrade) };
    } catch (e) {
        if (!(e instanceof Refusal)) throw new RpcError(-32602, 'Invalid params');
        const codes = { funds: 10009, tick: 10043, price: 10043, lot: 10004, notional: 10004, postOnly: 11054, reduceOnly: 11030 } as const;
        const words = { funds: 'not_enough_funds', tick: 'price_wrong_tick', price: 'price_wrong_tick', lot: 'invalid_amount', notional: 'invalid_amount', postOnly: 'post_only_reject', reduceOnly: 'other_reject' } as const;
        throw new RpcError(e.why === 'lot' || e.why === 'notional' ? -32602 : codes[e.why], words[e.why], { reason: e.message });
    }
}

const idOf = (o: Order): string => `${o.instrument.base}-${o.id}`;

export const report = (o: Order) => ({
    order_id: idOf(o), order_state: o.state === 'open' ? 'open' : o.state, instrument_name: o.instrument.symbol, direction: o.side, amount: num(o.quantity), contracts: num(o.quantity), filled_amount: num(o.filled),
    average_price: o.filled > 0n ? num(averageOf(o)) : 0, price: num(o.price), order_type: 'limit', label: o.clientId, time_in_force: o.life === 'IOC' ? 'immediate_or_cancel' : 'good_til_cancelled',
    post_only: o.postOnly, reduce_only: o.reduceOnly, creation_timestamp: o.created, last_update_timestamp: o.updated, commission: num(o.trades.reduce((s, t) => s + t.fee, zero)), api: true, is_liquidation: false,
    max_show: num(o.quantity), replaced: false, web: false, profit_loss: 0,
});

const averageOf = (o: Order): D => div(o.value, o.filled);

export const userTrade = (t: Trade) => ({
    trade_id: `${t.order.instrument.base}-T${t.id}`, trade_seq: t.id, timestamp: t.at, state: t.order.state, price: num(t.price), order_id: idOf(t.order), instrument_name: t.order.instrument.symbol, direction: t.order.side,
    amount: num(t.quantity), contracts: num(t.quantity), fee: num(t.fee), fee_currency: t.feeAsset, liquidity: t.maker ? 'M' : 'T', label: t.order.clientId, order_type: 'limit', index_price: 0, mark_price: num(t.price),
    tick_direction: 0, self_trade: false, post_only: t.order.postOnly, reduce_only: t.order.reduceOnly,
});

const listing = (i: Instrument) => ({
    instrument_name: i.symbol, kind: i.kind === 'option' ? 'option' : 'future', ...i.kind === 'option' ? {} : { future_type: 'reversed' }, instrument_type: 'reversed', base_currency: i.base,
    quote_currency: i.kind === 'option' ? i.base : 'USD', counter_currency: 'USD', settlement_currency: i.base, settlement_period: i.kind === 'perpetual' ? 'perpetual' : 'week', price_index: `${i.base.toLowerCase()}_usd`,
    ...i.kind === 'option' ? { option_type: i.right, strike: i.strike } : {}, expiration_timestamp: i.expiry ?? 32_503_708_800_000, creation_timestamp: 1_534_242_287_000, min_trade_amount: num(i.lot), tick_size: num(i.tick),
    tick_size_steps: [], taker_commission: i.kind === 'option' ? 0.0003 : 0.0005, maker_commission: i.kind === 'option' ? 0.0003 : 0, contract_size: i.kind === 'option' ? 1 : num(i.lot), is_active: true, state: 'open', rfq: false,
    block_trade_commission: 0.0003, block_trade_min_trade_amount: 25, block_trade_tick_size: num(i.tick),
});

/** Rows of a book, as numbers. */
export function depth(ex: Exchange, i: Instrument) {
    const { bids, asks } = ex.market.book(i);
    const rows = (side: typeof bids) => side.map(([price, size]) => [num(price), num(size)] as [number, number]);
    return { bids: rows(bids), asks: rows(asks) };
}

export function ticker(ex: Exchange, i: Instrument) {
    const t = ex.market.top(i);
    const index = num(ex.market.coin(i.base));
    const mark = num(t.mid);
    const greeks = i.kind === 'option' ? ex.market.greeks(i) : undefined;
    return {
        instrument_name: i.symbol, timestamp: t.at, state: 'open', best_bid_price: num(t.bid), best_bid_amount: num(t.bidSize), best_ask_price: num(t.ask), best_ask_amount: num(t.askSize), last_price: mark, mark_price: mark,
        index_price: index, underlying_price: index * 1.004, underlying_index: 'index_price', open_interest: 1000, min_price: mark * 0.8, max_price: mark * 1.2, settlement_price: mark, estimated_delivery_price: index,
        stats: { volume: 100, volume_usd: 1e9, price_change: 0, low: mark, high: mark }, interest_rate: 0, ...depth(ex, i), change_id: t.at,
        ...greeks ? { mark_iv: ex.market.volatility * 100, bid_iv: ex.market.volatility * 100 - 0.5, ask_iv: ex.market.volatility * 100 + 0.5, greeks: { delta: greeks.delta, gamma: greeks.gamma, vega: greeks.vega, theta: greeks.theta, rho: greeks.rho } }
            : { current_funding: 0, funding_8h: 0.00001 },
    };
}

function summary(ex: Exchange, i: Instrument) {
    const t = ticker(ex, i);
    return {
        instrument_name: i.symbol, base_currency: i.base, quote_currency: i.quote, bid_price: t.best_bid_price, ask_price: t.best_ask_price, mid_price: t.mark_price, mark_price: t.mark_price, underlying_price: t.underlying_price,
        underlying_index: t.underlying_index, interest_rate: 0, open_interest: 1000, volume: 1, volume_usd: 1e5, creation_timestamp: t.timestamp, last: t.last_price, low: t.last_price, high: t.last_price, price_change: 0,
        ...'mark_iv' in t ? { mark_iv: t.mark_iv } : {},
    };
}

function account(ex: Exchange, coin: string) {
    const balance = ex.deribit.of(coin);
    const exposed = [...ex.deribit.positions].filter(([s]) => ex.market.instruments.get(s)!.base === coin)
        .reduce((sum, [s, p]) => sum + (ex.market.instruments.get(s)!.kind === 'option' ? abs(p.size) : div(abs(p.size), ex.market.coin(coin))), zero);
    const initial = exposed / 10n;
    return {
        currency: coin, balance: num(balance), equity: num(balance), available_funds: num(balance - initial), available_withdrawal_funds: num(balance - initial), initial_margin: num(initial), maintenance_margin: num(initial / 2n),
        margin_balance: num(balance), delta_total: 0, options_gamma: 0, options_vega: 0, options_theta: 0, portfolio_margining_enabled: true, cross_collateral_enabled: false, margin_model: 'segregated_pm', text: str(balance),
    };
}

function position(ex: Exchange, symbol: string) {
    const i = ex.market.instruments.get(symbol)!;
    const p = ex.deribit.positions.get(symbol)!;
    return {
        instrument_name: symbol, kind: i.kind === 'option' ? 'option' : 'future', size: num(p.size), direction: p.size > 0n ? 'buy' : 'sell', average_price: num(p.entry), mark_price: num(ex.market.mid(i)),
        index_price: num(ex.market.coin(i.base)), floating_profit_loss: 0, realized_profit_loss: 0, total_profit_loss: 0, initial_margin: 0, maintenance_margin: 0, leverage: 50, delta: 0, settlement_price: num(p.entry),
    };
}
