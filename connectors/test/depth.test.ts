// A book as the protocol has it, from what ccxt has: text in the order of text, and levels that are gone with a size of zero.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookOf, levels, markets } from '../src/depth';
import { fault } from '../src/protocol';

const market = { symbol: 'BTC/USDT', id: 'BTCUSDT' };
const session = (ex: object = {}): any => ({ dialect: { symbolOf: (m: any) => m.id }, clock: { earliest: () => 17 }, market: () => market, ex });

test('the best is first by number, and what has no size is left out', () => {
    const book = bookOf(session(), market, { bids: [['99.5', '1'], ['100', '2'], ['98', '0'], ['9.5', '3']], asks: [['101', '1'], ['100.5', '2'], ['1000', '0.10']], timestamp: 5 }, 17);
    assert.deepEqual(book, { symbol: 'BTCUSDT', bids: [['100', '2'], ['99.5', '1'], ['9.5', '3']], asks: [['100.5', '2'], ['101', '1'], ['1000', '0.1']], at: 5 });
    assert.equal(fault('book.notification', { account: 'desk', book }), null);
});

test('a book without a time is as old as its question, and no longer than the protocol allows', () => {
    const rows = Array.from({ length: 300 }, (_, i) => [String(1000 - i), '1']);
    const book = bookOf(session(), market, { bids: rows, asks: [] }, 17);
    assert.deepEqual([book.at, book.bids.length, book.bids[99]], [17, levels, ['901', '1']]);
});

test('what a venue does not say is null, and a number that cannot be carried exactly is not said', async () => {
    const ask = (ticker: object) => markets(session({ fetchOrderBook: async () => ({ bids: [], asks: [] }), fetchTicker: async () => ticker }), ['BTCUSDT']).then(a => a.markets[0]!);
    const told = await ask({ last: '100.50', quoteVolume: '0.1234567890123456789012345678901', info: { mark_price: '100.4' } });
    assert.deepEqual([told.last, told.mark, told.index, told.dayVolume], ['100.5', '100.4', null, null]);
    assert.equal(fault('markets.result', { markets: [told] }), null);
    await assert.rejects(markets(session({ fetchOrderBook: async () => { throw new Error('gone'); }, fetchTicker: async () => ({}) }), ['BTCUSDT']), /gone/);
});
