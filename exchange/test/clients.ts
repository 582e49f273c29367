// The real ccxt, pointed at a server of our own.
import ccxt from 'ccxt';
import { start, type Running } from '../src/server.js';
import { usual } from '../src/exchange.js';

export type Client = any;

export async function opened(): Promise<Running> {
    const running = await start(0, { ...usual, walk: false });
    running.exchange.market.tell('BTC', 96000n * 10n ** 18n);
    return running;
}

export async function binanceOf(running: Running, keys = { apiKey: usual.key, secret: usual.secret }): Promise<Client> {
    const x: Client = new (ccxt as any).pro.binance({ ...keys, options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false, warnOnFetchOpenOrdersWithoutSymbol: false } });
    const ws = running.url.replace('http', 'ws');
    Object.assign(x.urls.api, { public: `${running.url}/api/v3`, private: `${running.url}/api/v3`, v1: `${running.url}/api/v1`, sapi: `${running.url}/sapi/v1` });
    x.urls.api.ws = { ...x.urls.api.ws, spot: `${ws}/ws`, 'ws-api': { spot: `${ws}/ws-api/v3` } };
    await x.loadHttpProxyAgent();
    await x.loadMarkets();
    return x;
}

export async function deribitOf(running: Running): Promise<Client> {
    const x: Client = new (ccxt as any).pro.deribit({ apiKey: usual.key, secret: usual.secret });
    x.urls.api = { rest: running.url, ws: `${running.url.replace('http', 'ws')}/ws/api/v2` };
    await x.loadHttpProxyAgent();
    await x.loadMarkets();
    return x;
}

/** The prices of one side of a book of ccxt, as a plain list. */
export const pricesOf = (side: any): number[] => Array.from(side as any[], row => row[0]);
