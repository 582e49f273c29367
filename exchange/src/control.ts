// For whoever tests: prices, clock, faults, and what the books say. No signature; the server listens on this machine only.
import type { Books } from './books.js';
import { d, str } from './decimal.js';
import type { Exchange, Reply } from './exchange.js';
import { faultNames, type FaultName } from './faults.js';

export function control(ex: Exchange, method: string, path: string, body: string): Reply {
    const p = body === '' ? {} : JSON.parse(body);
    const ok = (result: unknown = {}): Reply => ({ status: 200, body: result });
    switch (`${method} ${path}`) {
        case 'POST /control/price': ex.market.tell(p.coin, d(p.price)); return ok();
        case 'POST /control/spread': ex.market.spread = d(p.spread); return ok();
        case 'POST /control/size': ex.market.size = p.size === undefined ? undefined : d(p.size); return ok();
        case 'POST /control/clock': ex.ahead = Number(p.ahead); return ok();
        case 'POST /control/rights': Object.assign(ex.rights, p); return ok();
        case 'POST /control/fees': ex.binance.fee = d(p.fee ?? '0.001'); ex.binance.feeInReceived = p.inReceived ?? true; [ex.binance2.fee, ex.binance2.feeInReceived] = [ex.binance.fee, ex.binance.feeInReceived]; return ok();
        case 'POST /control/move': ex[p.venue as 'binance' | 'binance2' | 'deribit'].move(p.asset, d(p.amount)); return ok();
        case 'POST /control/fault':
            if (!faultNames.includes(p.name)) return { status: 400, body: { error: `there is no fault '${p.name}'`, faults: faultNames } };
            ex.faults.set(p.name as FaultName, p);
            return ok();
        case 'POST /control/heal': ex.faults.on.clear(); return ok();
        case 'GET /control/books': return ok({ conserved: ex.binance.conserved() && ex.binance2.conserved() && ex.deribit.conserved(), binance: books(ex.binance), binance2: books(ex.binance2), deribit: books(ex.deribit) });
        case 'GET /control/log': return ok(ex.log);
        default: return { status: 404, body: { error: `no ${method} ${path}` } };
    }
}

const books = (b: Books) => ({
    balances: Object.fromEntries([...b.balances].map(([asset, amount]) => [asset, str(amount)])),
    positions: Object.fromEntries([...b.positions].map(([symbol, p]) => [symbol, str(p.size)])),
    orders: b.orders.map(o => ({ id: o.id, clientId: o.clientId, symbol: o.instrument.symbol, side: o.side, quantity: str(o.quantity), price: str(o.price), filled: str(o.filled), state: o.state, created: o.created })),
    trades: b.trades.map(t => ({ id: t.id, order: t.order.id, clientId: t.order.clientId, symbol: t.order.instrument.symbol, side: t.order.side, quantity: str(t.quantity), price: str(t.price), fee: str(t.fee), feeAsset: t.feeAsset, at: t.at })),
});
