// Hyperliquid. The deadline is part of what is signed; the key is an address and the secret that of an agent wallet, which cannot withdraw.
import hyperliquidOfCcxt from '#ccxt/pro/hyperliquid.js';
import { current } from '../attempt';
import type { Ccxt } from '../ccxt';
import type { Dialect } from './dialect';
import { made, usual } from './usual';

export const hyperliquid: Dialect = {
    ...usual,
    venue: 'hyperliquid',
    create(keys) {
        const ex = new hyperliquidOfCcxt({ ...made({}, { builderFee: false, refSet: true, approvedBuilderFee: false }), walletAddress: keys.key, privateKey: keys.secret }) as Ccxt;
        // No fee to a third party is approved and no referral is set on anyone's behalf.
        ex['handleBuilderFeeApproval'] = ex['setRef'] = () => Promise.resolve(true);
        const sign = ex['signL1Action'].bind(ex);
        ex['signL1Action'] = (action: any, nonce: any, vault?: any, expires?: any) => sign(action, nonce, vault, current()?.deadline ?? expires);
        return ex;
    },
    idOf: clientId => '0x' + clientId,
    clientIdIn: info => (info?.cloid ?? info?.order?.cloid ?? info?.order?.order?.cloid)?.replace(/^0x/, '') || undefined,
    place: order => ({ ...usual.place(order), clientOrderId: '0x' + order.clientId }),
    places: (path, method) => method === 'POST' && path === 'exchange',
    stamps: path => path === 'exchange',
    stamp: (_ex, params, deadline) => ({ ...params, expiresAfter: deadline }),
    fault(body, text) {
        const status = body?.response?.data?.statuses?.[0];
        return { text: typeof body?.response === 'string' ? body.response : status?.error ?? body?.status ?? text };
    },
    async find(session, ref) {
        const { ex } = session;
        const symbol = session.market(ref.symbol).symbol;
        const answer = await ex.publicPostInfo({ type: 'orderStatus', user: ex.walletAddress, oid: '0x' + ref.clientId });
        if (answer.status === 'unknownOid') return undefined;
        const order = ex.parseOrder(answer.order);
        return { orders: [order], trades: (await ex.fetchMyTrades(symbol, order.timestamp ?? undefined)).filter((t: any) => t.order === order.id) };
    },
    async cancel(session, ref) {
        await session.ex.cancelOrder(undefined as any, session.market(ref.symbol).symbol, { clientOrderId: '0x' + ref.clientId });
        return true;
    },
    async rights({ ex }) {
        const { role } = await ex.publicPostInfo({ type: 'userRole', user: ex.ethGetAddressFromPrivateKey(ex.privateKey) });
        const agent = role === 'agent';
        return { read: true, trade: true, withdraw: !agent, transfer: !agent, addressBound: false, words: String(role) };
    },
};
