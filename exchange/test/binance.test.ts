import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { d, str } from '../src/decimal.js';
import type { Running } from '../src/server.js';
import { binanceOf, opened, pricesOf, type Client } from './clients.js';

let running: Running;
let x: Client;

before(async () => { running = await opened(); x = await binanceOf(running); });
beforeEach(() => running.exchange.faults.on.clear());
after(async () => {
    await x.close();
    assert.ok(running.exchange.binance.conserved(), 'what was paid in is with the account or with the house');
    await running.close();
});

const limit = (side: string, amount: number, price: number, id: string, more = {}) => x.createOrder('BTC/USDT', 'limit', side, amount, price, { newClientOrderId: id, ...more });

test('an order that crosses is filled, its fee taken in what was received', async () => {
    const o = await limit('buy', 0.01, 97000, 'a1');
    assert.equal(o.status, 'closed');
    assert.equal(o.trades.length, 1);
    assert.equal(o.fees[0].currency, 'BTC');
    assert.equal((await x.fetchOrder(undefined, 'BTC/USDT', { origClientOrderId: 'a1' })).filled, 0.01);
    assert.equal((await x.fetchMyTrades('BTC/USDT', undefined, undefined, { orderId: o.id })).length, 1);
});

test('an order that rests is filled when the price comes to it, and a cancelled one is not', async () => {
    const rests = await limit('buy', 0.01, 90000, 'b1');
    const gone = await limit('buy', 0.01, 90000, 'b2');
    await x.cancelOrder(gone.id, 'BTC/USDT');
    running.exchange.market.tell('BTC', d('89000'));
    running.exchange.market.tell('BTC', d('96000'));
    assert.equal((await x.fetchOrder(rests.id, 'BTC/USDT')).status, 'closed');
    assert.equal((await x.fetchOrder(gone.id, 'BTC/USDT')).status, 'canceled');
    await assert.rejects(x.cancelOrder(gone.id, 'BTC/USDT'), /Unknown order sent/);
});

test('an id is refused while its order is open, and taken again after', async () => {
    const first = await limit('buy', 0.001, 50000, 'c1');
    await assert.rejects(limit('buy', 0.001, 50000, 'c1'), /Duplicate order sent/);
    await x.cancelOrder(first.id, 'BTC/USDT');
    const second = await limit('buy', 0.001, 50000, 'c1');
    assert.notEqual(second.id, first.id);
    await x.cancelOrder(second.id, 'BTC/USDT');
});

test('what is too late, too large, off the grid or badly signed is refused', async () => {
    running.exchange.ahead = 20_000;
    await assert.rejects(limit('buy', 0.001, 50000, 'e1'), /recvWindow/);
    running.exchange.ahead = 0;
    await assert.rejects(limit('buy', 500, 95000, 'e2'), /insufficient balance/);
    await assert.rejects(limit('buy', 0.00002, 95000, 'e3'), /NOTIONAL/);
    const bad = await binanceOf(running, { apiKey: 'demo-key', secret: 'wrong' });
    await assert.rejects(bad.fetchBalance(), /Signature/);
    await bad.close();
    await assert.rejects(x.fetchOrder(undefined, 'BTC/USDT', { origClientOrderId: 'e2' }), /does not exist/);
});

test('fills and balances are streamed', async () => {
    const trades = x.watchMyTrades();
    const orders = x.watchOrders();
    await x.authenticate({});
    await limit('buy', 0.002, 97000, 'f1');
    const [trade] = await trades;
    assert.equal(trade.amount, 0.002);
    assert.equal((await orders)[0].clientOrderId, 'f1');
    assert.ok((await x.watchBidsAsks(['BTC/USDT', 'ETH/USDT'])).constructor === Object);
});

test('a lost answer leaves an order, and a lost request leaves none', async () => {
    running.exchange.faults.set('loseResponse', { count: 1 });
    await assert.rejects(limit('buy', 0.001, 50000, '0000000000000000000000000000000a'));
    const kept = await x.fetchOrder(undefined, 'BTC/USDT', { origClientOrderId: '0000000000000000000000000000000a' });
    assert.equal(kept.status, 'open');
    await x.cancelOrder(kept.id, 'BTC/USDT');
    running.exchange.faults.set('loseRequest', { count: 1 });
    await assert.rejects(limit('buy', 0.001, 50000, 'g2'));
    await assert.rejects(x.fetchOrder(undefined, 'BTC/USDT', { origClientOrderId: 'g2' }), /does not exist/);
    running.exchange.faults.set('errorAfter', { count: 1 });
    await assert.rejects(limit('buy', 0.001, 50000, 'g3'), /-1007/);
    await x.cancelOrder((await x.fetchOrder(undefined, 'BTC/USDT', { origClientOrderId: 'g3' })).id, 'BTC/USDT');
});

test('a key that can withdraw says so', async () => {
    assert.equal((await x.sapiGetAccountApiRestrictions({})).enableWithdrawals, false);
    running.exchange.rights.withdraw = true;
    assert.equal((await x.sapiGetAccountApiRestrictions({})).enableWithdrawals, true);
});

test('history comes a page at a time', async () => {
    const bars = await x.fetchOHLCV('BTC/USDT', '1h', Date.now() - 10 * 3_600_000, 5);
    assert.equal(bars.length, 5);
    assert.equal(bars[1][0] - bars[0][0], 3_600_000);
});

test('books are exact', () => {
    const trade = running.exchange.binance.trades[0]!;
    assert.equal(str(trade.fee), '0.00001');
});

test('a book has its best prices first, and its stream ends where a question does', async () => {
    const asked = await x.fetchOrderBook('BTC/USDT', 100);
    assert.equal(asked.bids.length, 10);
    assert.ok(asked.bids[0][0] > asked.bids[9][0] && asked.asks[0][0] < asked.asks[9][0] && asked.bids[0][0] < asked.asks[0][0]);
    running.exchange.market.tell('BTC', d('95000'));
    await x.watchOrderBook('BTC/USDT');
    running.exchange.market.tell('BTC', d('97000'));
    let streamed = await x.watchOrderBook('BTC/USDT');
    for (let i = 0; i < 5 && streamed.asks[0][0] < 96900; i++) streamed = await x.watchOrderBook('BTC/USDT');
    const then = await x.fetchOrderBook('BTC/USDT', 100);
    assert.deepEqual([pricesOf(streamed.bids), pricesOf(streamed.asks)], [pricesOf(then.bids), pricesOf(then.asks)]);
    running.exchange.market.tell('BTC', d('96000'));
});

test('a key that was revoked reads nothing and trades nothing, and prices go on', async () => {
    running.exchange.rights.revoked = true;
    try {
        await assert.rejects(x.fetchBalance(), /-2015/);
        await assert.rejects(limit('buy', 0.01, 90000, 'r1'), /-2015/);
        assert.ok((await x.fetchBidsAsks(['BTC/USDT']))['BTC/USDT'].bid > 0);
    } finally {
        running.exchange.rights.revoked = false;
    }
    assert.ok((await x.fetchBalance()).total['USDT'] > 0);
});
