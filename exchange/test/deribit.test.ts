import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { d, str } from '../src/decimal.js';
import type { Running } from '../src/server.js';
import { deribitOf, opened, pricesOf, type Client } from './clients.js';

let running: Running;
let x: Client;
const swap = 'BTC/USD:BTC';

before(async () => { running = await opened(); x = await deribitOf(running); });
beforeEach(() => running.exchange.faults.on.clear());
after(async () => {
    await x.close();
    assert.ok(running.exchange.deribit.conserved(), 'what was paid in is with the account or with the house');
    await running.close();
});

const later = () => ({ valid_until: Date.now() + 5000 });

test('a label finds its order, open and closed', async () => {
    const o = await x.createOrder(swap, 'limit', 'buy', 100, 90000, { label: 'a1', ...later() });
    assert.equal((await x.privateGetGetOpenOrdersByLabel({ currency: 'BTC', label: 'a1' })).result.length, 1);
    await x.cancelOrder(o.id, swap);
    const { result } = await x.privateGetGetOrderStateByLabel({ currency: 'BTC', label: 'a1' });
    assert.equal(result[0].order_state, 'cancelled');
});

test('a label sent twice makes two orders', async () => {
    for (let i = 0; i < 2; i++) await x.createOrder(swap, 'limit', 'buy', 10, 90000, { label: 'twice', ...later() });
    assert.equal((await x.privateGetGetOpenOrdersByLabel({ currency: 'BTC', label: 'twice' })).result.length, 2);
    await x.privateGetCancelByLabel({ label: 'twice', currency: 'BTC' });
});

test('a deadline that has passed is a definite refusal', async () => {
    await assert.rejects(x.createOrder(swap, 'limit', 'buy', 10, 90000, { label: 'late', valid_until: Date.now() - 1 }), /13888/);
    assert.equal((await x.privateGetGetOrderStateByLabel({ currency: 'BTC', label: 'late' })).result.length, 0);
});

test('post-only that would take, a wrong tick and too little money are refused', async () => {
    await assert.rejects(x.createOrder(swap, 'limit', 'buy', 10, 99000, { label: 'p', post_only: true, reject_post_only: true, ...later() }), /11054/);
    await assert.rejects(x.privateGetBuy({ instrument_name: 'BTC-PERPETUAL', amount: 10, type: 'limit', price: 90000.3, ...later() }), /10043/);
    await assert.rejects(x.createOrder(swap, 'limit', 'buy', 100_000_000, 99000, { label: 'm', ...later() }), /10009/);
});

test('a perpetual bought and sold again leaves its profit in coin and no position', async () => {
    const before = running.exchange.deribit.of('BTC');
    running.exchange.market.spread = 0n;
    await x.createOrder(swap, 'limit', 'buy', 9600, 96000, { label: 'long', ...later() });
    assert.equal(running.exchange.deribit.positions.get('BTC-PERPETUAL')!.size, d('9600'));
    running.exchange.market.tell('BTC', d('100000'));
    await x.createOrder(swap, 'limit', 'sell', 9600, 100000, { label: 'out', reduce_only: true, ...later() });
    // 9600 × (1/96000 − 1/100000) = 0.004; fees 0.0005 × (0.1 + 0.096).
    assert.equal(str(running.exchange.deribit.of('BTC') - before), '0.003902');
    assert.equal((await x.privateGetGetPositions({})).result.length, 0);
    running.exchange.market.spread = d('0.0004');
});

test('options are quoted with their Greeks, bought for coin, and charged for by the coin', async () => {
    const chain = (await x.publicGetGetBookSummaryByCurrency({ currency: 'BTC', kind: 'option' })).result;
    const name = chain.find((c: any) => c.instrument_name.endsWith('-96000-C')).instrument_name;
    const { result: t } = await x.publicGetTicker({ instrument_name: name });
    assert.ok(Number(t.greeks.delta) > 0.4 && Number(t.greeks.delta) < 0.7);
    await x.privateGetBuy({ instrument_name: name, amount: 1, type: 'limit', price: t.best_ask_price, label: 'opt', ...later() });
    assert.equal(running.exchange.deribit.positions.get(name)!.size, d('1'));
    assert.equal(str(running.exchange.deribit.trades.at(-1)!.fee), '0.0003');
});

test('orders and trades are streamed', async () => {
    const [trades, orders] = [x.watchMyTrades(), x.watchOrders()];
    await x.authenticate();
    await new Promise(done => setTimeout(done, 200));
    await x.createOrder(swap, 'limit', 'buy', 10, 101000, { label: 'stream', ...later() });
    assert.equal((await trades)[0].info.label, 'stream');
    assert.equal((await orders)[0].info.label, 'stream');
});

test('a doubtful answer may hide an order', async () => {
    running.exchange.faults.set('errorAfter', { count: 1 });
    await assert.rejects(x.createOrder(swap, 'limit', 'buy', 10, 90000, { label: 'doubt', ...later() }), /13028/);
    assert.equal((await x.privateGetGetOpenOrdersByLabel({ currency: 'BTC', label: 'doubt' })).result.length, 1);
    running.exchange.faults.set('twice', { count: 1 });
    await x.createOrder(swap, 'limit', 'buy', 10, 90000, { label: 'copied', ...later() });
    assert.equal((await x.privateGetGetOpenOrdersByLabel({ currency: 'BTC', label: 'copied' })).result.length, 2);
});

test('the answer to a login says what the key may do', async () => {
    const scope = async () => (await x.publicGetAuth({ grant_type: 'client_credentials', client_id: 'demo-key', client_secret: 'demo-secret' })).result.scope as string;
    assert.match(await scope(), /wallet:none/);
    running.exchange.rights.withdraw = true;
    assert.match(await scope(), /wallet:read_write/);
});

test('a book is told as a snapshot and then by what changed', async () => {
    await x.watchOrderBook(swap);
    running.exchange.market.tell('BTC', d('99000'));
    let streamed = await x.watchOrderBook(swap);
    for (let i = 0; i < 5 && streamed.asks[0][0] < 98900; i++) streamed = await x.watchOrderBook(swap);
    const asked = await x.fetchOrderBook(swap, 100);
    assert.equal(asked.bids.length, 10);
    assert.deepEqual([pricesOf(streamed.bids), pricesOf(streamed.asks)], [pricesOf(asked.bids), pricesOf(asked.asks)]);
    assert.ok(streamed.bids[0][0] > streamed.bids[9][0] && streamed.bids[0][0] < streamed.asks[0][0]);
});

test('a key that was revoked reads nothing and trades nothing', async () => {
    running.exchange.rights.revoked = true;
    try {
        await assert.rejects(x.fetchBalance(), /13009|13004|unauthorized|invalid_credentials/i);
    } finally {
        running.exchange.rights.revoked = false;
    }
    await x.fetchBalance();
});
